"""One fault: load, breakage, healing, and the comparison afterwards."""

import contextlib
import socket
import threading
import time

from .checker import Result, check
from .clients import Load


def run(site, fault, breakage, *, seconds, kills=True, broken_for=None):
    """Break something in the middle of ``seconds`` of load and return what came of it.

    ``breakage`` is a context manager that breaks on entering and heals on leaving; it lasts for
    ``broken_for`` seconds, half of the load where none are given.
    """
    result = Result(site.database.name, fault)
    load = Load(site.url, f"Trial {time.monotonic_ns()}")
    kills_before, spooled_before = site.kills, site.count_spooled()
    with site.losing_a_process_each_second() if kills else contextlib.nullcontext(), load.running():
        broken_for = broken_for or seconds / 2
        time.sleep((seconds - broken_for) / 2)
        with breakage:
            time.sleep(broken_for)
        time.sleep((seconds - broken_for) / 2)
    if not site.wait_for_empty_spool():
        result.complaints.append("the spool is not empty 30 s later")
    check(result, load, site)
    result.kills = site.kills - kills_before
    result.spooled = site.count_spooled() - spooled_before
    return result


@contextlib.contextmanager
def both(*breakages):
    """Several things broken at once."""
    with contextlib.ExitStack() as stack:
        for breakage in breakages:
            stack.enter_context(breakage)
        yield


@contextlib.contextmanager
def slow_relay(port):
    """A mail relay that accepts and then says nothing worth waiting for, one byte a second."""
    over = threading.Event()

    def drip(connection):
        with contextlib.suppress(OSError), connection:
            while not over.wait(1):
                connection.send(b"2")

    def accept(listener):
        with contextlib.suppress(OSError):
            while True:
                connection, _address = listener.accept()
                threading.Thread(target=drip, args=(connection,), daemon=True).start()

    with socket.create_server(("127.0.0.1", port)) as listener:
        threading.Thread(target=accept, args=(listener,), daemon=True).start()
        yield
        over.set()
