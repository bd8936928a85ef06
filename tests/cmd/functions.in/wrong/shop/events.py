queue = []


def later(function):
    queue.append(function)
