from pathlib import Path

DATA = Path("/var/lib/shop")
