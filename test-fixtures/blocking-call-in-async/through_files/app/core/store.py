from app.core import tokens


class Store:
    def load(self, key):
        return tokens.refresh_token() + key

    def name(self):
        return "store"
