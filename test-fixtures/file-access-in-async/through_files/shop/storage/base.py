from pathlib import Path


class Base:
    def __init__(self, root: str | Path):
        self.root = Path(root)

    def read(self, name):
        return self._file(name).read_text()

    def _file(self, name):
        return self.root / name
