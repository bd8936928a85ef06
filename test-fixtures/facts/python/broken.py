import a


def half_typed(self, x:
    return x


class Whole:
    async def method(self):
        await self.step(
        return 1


    def after(self):
        return self.value


for = 3
print "old"
exec "code" in scope


async def last():
    await a.run()
