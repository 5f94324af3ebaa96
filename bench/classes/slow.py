"""Senders who take their time: a form that comes a byte at a time."""

import contextlib
import socket
import threading

PAUSE = 0.5
HEAD = (
    b"POST /consultation/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 20000\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\nn"
)


@contextlib.contextmanager
def slow_senders(port, number):
    """Let so many send until the block ends."""
    stop = threading.Event()
    sockets = [socket.create_connection(("127.0.0.1", port)) for _ in range(number)]
    thread = threading.Thread(target=_dribble, args=(sockets, stop))
    for each in sockets:
        each.sendall(HEAD)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
        for each in sockets:
            each.close()


def _dribble(sockets, stop):
    while not stop.wait(PAUSE):
        for each in sockets:
            # Who was thrown out sends no more.
            with contextlib.suppress(OSError):
                each.sendall(b"a")
