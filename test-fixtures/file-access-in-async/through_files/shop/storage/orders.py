from .base import Base


class Orders(Base):
    @property
    def index(self):
        return self.root / "index.json"

    def latest(self):
        return self.read("latest")
