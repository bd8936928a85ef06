class Connection:
    async def use(self):
        try:
            await self.send()
        except OSError:
            await self.reconnect()
            raise
        finally:
            await self.close()
            with CancelScope(shield=True):
                await self.flush()

    async def __aexit__(self, kind, error, trace):
        await self.close()
