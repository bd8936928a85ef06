from functools import lru_cache


class Store:
    def __init__(self, backend):
        self.backend = backend

    def save(self, path):
        with open(path, "w") as file:
            file.write("x")


@lru_cache
def settings():
    return open("settings.toml").read()
