import time


async def f():
	# unsnarl: allow(blocking-call-in-async, reason = "mended later")
	time.sleep(1)