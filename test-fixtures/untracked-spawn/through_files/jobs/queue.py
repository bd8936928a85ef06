from .spawning import background


class Queue:
    async def drain(self):
        pass

    def start(self):
        return background(self.drain())
