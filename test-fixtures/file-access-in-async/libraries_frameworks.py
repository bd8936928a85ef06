import io

import aiofiles
import joblib
import yaml
from PIL import Image


async def image_bad(path):
    with Image.open(path) as image:
        image.save(path)  #~ file-access-in-async: save


async def image_of_memory_ok(data):
    out = io.BytesIO()
    Image.open(io.BytesIO(data)).save(out, "PNG")


async def model_bad(path):
    return joblib.load(path)  #~ file-access-in-async: joblib.load


async def model_ok(path):
    async with aiofiles.open(path, "rb") as file:
        return await file.read()


async def settings_bad():
    return yaml.safe_load(open("settings.yaml"))  #~ file-access-in-async: reads a file
    #~^ file-access-in-async: open
