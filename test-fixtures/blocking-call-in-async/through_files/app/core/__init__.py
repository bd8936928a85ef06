from .store import Store
from .tokens import refresh_token as refresh

__all__ = ["Store", "refresh"]
