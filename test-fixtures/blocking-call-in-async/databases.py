import sqlite3
import smtplib


async def query_bad(path):
    connection = sqlite3.connect(path)  #~ blocking-call-in-async
    connection.execute("select 1")  #~ blocking-call-in-async


async def annotated_bad(connection: sqlite3.Connection):
    connection.commit()  #~ blocking-call-in-async


async def mail_bad(host):
    server = smtplib.SMTP(host)  #~ blocking-call-in-async
    return server
