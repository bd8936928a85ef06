import subprocess
import time

import requests as http

SESSION = http.Session()


def helper(url):
    return SESSION.get(url, timeout=(3.05, 27)).json()


class Api:
    session: http.Session

    def __init__(self, session: http.Session | None = None):
        self.session: http.Session = session or http.Session()

    def read(self, url):
        with self.session.get(url) as response:
            return response.text

    async def refresh(self):
        data = helper("https://example.org")
        time.sleep(0.1)
        subprocess.run(["ls", "-l"], check=True)
        return self.read(f"{data['url']}/x")
