from helper import settle


async def handle():
    return "😀漢", settle()
