"""The servers that are measured, each on a port of its own."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request

SECONDS_TO_START = 60


def free_port():
    """Return a port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def gunicorn(application, port, log, *options):
    """Return the command line of the production server for an application."""
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
    # Not replaced while they are measured: the start of a new one would fall into a row.
    return [
        *command,
        "--max-requests",
        "0",
        "--bind",
        f"127.0.0.1:{port}",
        "--access-logfile",
        log,
        *options,
        application,
    ]


@contextlib.contextmanager
def running(command, environment, ready, log):
    """Run a server until the block ends; yield its number and how many seconds its first answer took.

    ``ready`` is the address of that answer; None where somebody else waits.
    """
    begin = time.monotonic()
    with open(log, "ab") as kept:  # noqa: PTH123
        process = subprocess.Popen(command, env={**os.environ, **environment}, stdout=kept, stderr=kept)
        try:
            if ready:
                wait_for(ready, process, log)
            yield process.pid, time.monotonic() - begin
        finally:
            process.terminate()
            process.wait(30)


def wait_for(url, process, log):
    """Wait for the first answer."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(url):  # noqa: S310
            return
        time.sleep(0.05)
    raise RuntimeError(f"{url} did not answer; see {log}.")
