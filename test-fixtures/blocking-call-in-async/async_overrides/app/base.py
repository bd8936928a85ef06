import time


class Handler:
    def get(self):
        time.sleep(1)

    def post(self):
        time.sleep(1)

    def run(self):
        return self.get()

    def prepare(self):
        return None
