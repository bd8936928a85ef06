import threading


def result(hass, fut):
    if hass.loop_thread_id != threading.get_ident():
        return fut.result()
    return None


def on_main(fut):
    if threading.current_thread() is threading.main_thread() and not fut.done():
        raise RuntimeError("would wait for itself")
    return fut.result(timeout=None)
