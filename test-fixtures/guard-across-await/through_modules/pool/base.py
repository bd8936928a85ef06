from .locks import Locked


class Pool(Locked):
    async def connect(self):
        pass
