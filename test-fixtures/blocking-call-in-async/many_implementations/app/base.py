from abc import ABC, abstractmethod


class Config(ABC):
    @abstractmethod
    def headers(self):
        pass

    @abstractmethod
    def transform(self, response):
        pass

    @abstractmethod
    def name(self) -> str: ...

    def validate(self):
        raise NotImplementedError

    def on_end(self):
        pass

    async def transform_async(self, response):
        return self.transform(response)  #~ blocking-call-in-async: time.sleep

    async def transform_elsewhere(self, response):
        return self.headers()

    async def awaited(self):
        return await self.send()

    def send(self):
        raise NotImplementedError
