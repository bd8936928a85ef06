import requests


def fetch(path):
    return requests.get("https://example.org" + path)
