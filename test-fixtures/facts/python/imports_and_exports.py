from __future__ import annotations

import a.b.c, d as e
from typing import TYPE_CHECKING
from . import sibling
from ..pkg.mod import (
    name as other,
    last,
)
from .stars import *

if TYPE_CHECKING:
    from .types import Config

    def typed(): ...
else:
    Config = object

try:
    import orjson as json
except ImportError:
    import json

    def loads(text):
        import tomllib
        from .late import parse, dump as save

        return json.loads(text), tomllib, parse, save

__all__ = ["loads", "other"]
__all__ += ["last"]
__all__.extend(("json",))
