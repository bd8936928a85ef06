import threading


def captured(names):
    for name in names:
        threading.Thread(target=lambda: print(name)).start()


def bound_early(names):
    for name in names:
        threading.Thread(target=lambda name=name: print(name)).start()


def counted():
    count = 0

    def increment():
        nonlocal count
        count += 1
        return count

    return [threading.Thread(target=increment) for _ in range(4)]
