import threading


class Locked:
    def __init__(self):
        self.lock = threading.Lock()
