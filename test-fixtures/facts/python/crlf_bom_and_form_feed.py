#!/usr/bin/env python
import time

async def grüße(name="é"):
    time.sleep(1)
    return f"""{name}
{time}"""
