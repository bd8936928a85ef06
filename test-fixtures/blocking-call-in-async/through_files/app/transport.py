import requests


def post(path):
    return requests.post("https://example.org" + path).text
