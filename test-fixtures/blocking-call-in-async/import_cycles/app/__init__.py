from .a import start
from .b import finish
