"""A module of the project: the installed one of that name is another."""


def shipped():
    return 0
