def place():
    """The same name as in another package."""
    return 2
