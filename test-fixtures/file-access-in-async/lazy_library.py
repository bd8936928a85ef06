"""A library whose package imports its names when they are asked for."""

from pathlib import Path

from pydantic import BaseModel, TypeAdapter


class Settings(BaseModel):
    page: Path


async def copied_bad(settings: Settings):
    return settings.model_copy().page.read_text()  #~ file-access-in-async: pathlib.Path.read_text


async def dumped_ok(settings: Settings):
    return TypeAdapter(Settings).dump_json(settings)
