from app.client import Cache, Client, make_client

client = Client("http://example.org")
made = make_client()
cache = Cache()
declared: Client
clients: dict[str, Client] = {}
late: "Client | None" = None
_current = None


def current():
    global _current
    if _current is None:
        _current = Client("x")
    return _current


class Settings:
    client = Client("x")
    cache = Cache()


settings = Settings()
