from app.transport import post


def refresh_token():
    return post("/token")


class Token:
    @property
    def value(self):
        return refresh_token()
