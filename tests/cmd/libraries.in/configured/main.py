import parcels


async def main():
    parcels.send("a")
