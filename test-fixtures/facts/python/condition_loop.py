def once(condition, items):
    with condition:
        if not items:
            condition.wait()
        return items.pop()


def guarded(self):
    with self.condition:
        while not self.items:
            self.condition.wait(timeout=1.0)
        return self.items.pop()
