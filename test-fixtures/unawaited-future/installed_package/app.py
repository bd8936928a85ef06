import parcels
import lorry
import depot
import parcels.transport.wire as wire
from helper import shipped
from parcels import Client, retrying, send
from spaced.inner.compiled import pack


async def functions_bad():
    send("a")  #~ unawaited-future: `parcels.send` is never awaited
    parcels.send("a")  #~ unawaited-future: `parcels.send` is never awaited
    retrying("a")  #~ unawaited-future
    lorry.load("a")  #~ unawaited-future: `lorry.load` is never awaited
    depot.stored()  #~ unawaited-future
    pack("a")  #~ unawaited-future: `spaced.inner.compiled.pack` is never awaited


async def methods_bad(client: Client):
    client.fetch("a")  #~ unawaited-future: `parcels.Client.fetch` is never awaited
    client.close()  #~ unawaited-future: `parcels._client.Base.close`
    client.wire.flush()  #~ unawaited-future
    Client.connect("here").fetch("b")  #~ unawaited-future


async def of_a_module_bad(one: wire.Wire, two: parcels.transport.Wire):
    one.flush()  #~ unawaited-future
    two.flush()  #~ unawaited-future


class Own(Client):
    async def again_bad(self):
        self.close()  #~ unawaited-future


async def all_awaited_ok(client: Client):
    await send("a")
    await client.fetch("a")
    await client.wire.flush()
    await lorry.load("a")


async def replaced_by_a_decorator_ok(client: Client):
    client.replaced()


async def of_the_project_ok():
    shipped()
