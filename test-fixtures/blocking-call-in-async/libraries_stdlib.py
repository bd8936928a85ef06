import asyncio
import ftplib
import getpass
import http.client
import imaplib
import poplib
import sched
import smtplib
import socketserver
import urllib.request
import webbrowser
import xmlrpc.client
from multiprocessing import Process
from urllib.robotparser import RobotFileParser


async def file_transfer_bad(host):
    with ftplib.FTP_TLS(host) as server:  #~ blocking-call-in-async: ftplib.FTP_TLS
        server.login()  #~ blocking-call-in-async: login
        for name, facts in server.mlsd():  #~ blocking-call-in-async: mlsd
            print(name, facts)


async def file_transfer_not_yet_connected_ok():
    return ftplib.FTP()


async def mailbox_bad(host):
    box = imaplib.IMAP4_SSL(host)  #~ blocking-call-in-async: imaplib
    return box.search(None, "ALL")  #~ blocking-call-in-async: search


async def older_mailbox_bad(host):
    box = poplib.POP3(host)  #~ blocking-call-in-async: poplib.POP3
    return box.stat()  #~ blocking-call-in-async: stat


async def mail_bad(message):
    with smtplib.SMTP() as server:  #~ blocking-call-in-async: smtplib.SMTP
        server.connect("localhost")  #~ blocking-call-in-async: connect
        server.send_message(message)  #~ blocking-call-in-async: send_message


async def page_bad(url):
    with urllib.request.urlopen(url) as response:  #~ blocking-call-in-async: urllib.request.urlopen
        return response.read()  #~ blocking-call-in-async: read


async def opener_bad(url):
    return urllib.request.build_opener().open(url)  #~ blocking-call-in-async: open


async def robots_bad(url):
    RobotFileParser(url).read()  #~ blocking-call-in-async: read


async def connection_bad(host):
    connection = http.client.HTTPSConnection(host)
    connection.request("GET", "/")  #~ blocking-call-in-async: request
    for line in connection.getresponse():  #~ blocking-call-in-async: getresponse
        print(line)


async def procedure_bad(url):
    server = xmlrpc.client.ServerProxy(url)
    return server.add(1, 2)  #~ blocking-call-in-async: waits for the network


async def server_bad(handler):
    with socketserver.TCPServer(("", 80), handler) as server:
        server.serve_forever()  #~ blocking-call-in-async: serve_forever


async def password_bad():
    return getpass.getpass()  #~ blocking-call-in-async: getpass.getpass


async def browser_bad(url):
    webbrowser.open(url)  #~ blocking-call-in-async: webbrowser.open


async def schedule_bad():
    plan = sched.scheduler()
    plan.run()  #~ blocking-call-in-async: sleeps until its events are due
    plan.run(blocking=False)


async def offloaded_ok(url):
    return await asyncio.to_thread(urllib.request.urlopen, url)


async def process_bad(work):
    Process(target=work).start()  #~ blocking-call-in-async: starts a process
