import abc
import functools
from functools import cached_property

import requests


class Base(abc.ABC):
    @property
    @abc.abstractmethod
    def source(self): ...

    @property
    def text(self):
        return requests.get("x").text

    @text.setter
    def text(self, value):
        requests.post("x", value)

    @cached_property
    def kept(self):
        return requests.get("x")

    @functools.cached_property
    def also_kept(self):
        return requests.get("x")

    @property
    def name(self):
        return "x"

    @staticmethod
    def ping():
        return requests.get("x")

    @classmethod
    def connect(cls):
        cls.ping()
        return cls()

    def method(self):
        return requests.get("x")


class Model(Base):
    @property
    def source(self):
        return requests.get("x")

    @property
    def name(self):
        return super().name


class Overridden(Model):
    @property
    def text(self):
        return ""

    @classmethod
    def connect(cls):
        return cls()
