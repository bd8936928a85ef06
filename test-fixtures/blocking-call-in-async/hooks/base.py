from abc import ABC, abstractmethod


class Base(ABC):
    def run(self):
        return self.hook()

    @abstractmethod
    def hook(self):
        raise NotImplementedError

    @property
    def size(self):
        return self.measure()

    @abstractmethod
    def measure(self):
        raise NotImplementedError

    async def of_any_subclass_bad(self):
        self.run()  #~ blocking-call-in-async: time.sleep
