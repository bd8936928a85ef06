from __future__ import annotations

from pathlib import Path


class Base:
    def __init__(self, root: str | Path):
        self.root = Path(root)


class Store(Base):
    @property
    def index(self):
        return self.root / "index.json"

    async def reset(self):
        if self.index.exists():
            self.index.unlink()
