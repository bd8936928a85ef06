from app.models import Base, Model, Overridden


async def inherited_bad(model: Model):
    return model.text  #~ blocking-call-in-async: requests.get


async def set_bad(model: Model):
    model.text = "y"  #~ blocking-call-in-async: requests.post


async def cached_is_likely_there_ok(model: Model):
    return model.kept, model.also_kept


async def abstract_property_bad(model: Base):
    return model.source  #~ blocking-call-in-async: requests.get


async def own_name_ok(model: Model):
    return model.name


async def static_bad():
    Model.ping()  #~ blocking-call-in-async: requests.get


async def static_of_an_instance_bad(model: Model):
    model.ping()  #~ blocking-call-in-async: requests.get


async def class_method_bad():
    Model.connect()  #~ blocking-call-in-async: requests.get


async def what_a_class_method_gives_bad():
    model = Overridden.connect()
    model.method()  #~ blocking-call-in-async: requests.get


async def overridden_ok():
    model = Overridden.connect()
    return model.text


async def method_not_called_ok(model: Model):
    return model.method


class Holder:
    def __init__(self, kind: type[Model]):
        self.kind = kind

    async def class_in_a_field_bad(self):
        self.kind.ping()  #~ blocking-call-in-async: requests.get

    async def made_from_a_field_bad(self):
        self.kind().method()  #~ blocking-call-in-async: requests.get

    async def type_of_self_bad(self):
        type(self).wait()  #~ blocking-call-in-async: requests.get

    @staticmethod
    def wait():
        requests_of().method()


def requests_of() -> Model:
    raise NotImplementedError
