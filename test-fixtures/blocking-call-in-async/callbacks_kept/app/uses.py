from app.classes import Several
from app.makers import nothing


async def made_elsewhere_bad(several: Several):
    several.run()  #~ blocking-call-in-async: time.sleep


async def made_here_ok():
    Several(nothing).run()
