from .helpers import *
from .limited import *
