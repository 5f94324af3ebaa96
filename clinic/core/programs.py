"""Programs that run beside each other, under one Ctrl-C."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass

from django.conf import settings

SECONDS_TO_FINISH = 20
STOPPING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
NOT_SAID = -1


@dataclass(frozen=True)
class Program:
    """A command line, its environment (None: ours) and the rights that its files don't get (-1: ours)."""

    command: list
    environment: dict | None = None
    umask: int = NOT_SAID


class Programs:
    """Programs that only make sense together: when one ends, or we are told to, all end."""

    def __init__(self, programs):
        self._told_to_stop = False
        for number in STOPPING_SIGNALS:
            signal.signal(number, self._stop)
        # Each in a session of its own: Ctrl-C reaches us alone, and we let them finish in order.
        self._running = [
            subprocess.Popen(  # noqa: S603
                program.command,
                env=program.environment,
                umask=program.umask,
                cwd=settings.BASE_DIR,
                start_new_session=True,
            )
            for program in programs
        ]

    def are_running(self):
        """Tell whether none has ended and nobody wants them to."""
        return not self._told_to_stop and all(program.poll() is None for program in self._running)

    def wait(self):
        """Wait for the end of one, end the others, and return the exit status of the whole."""
        while self.are_running():
            time.sleep(0.2)
        first_to_end = next((p.returncode for p in self._running if p.returncode is not None), None)
        self._end_all()
        # A program that ends by itself, even in peace, leaves the site without one of its halves.
        return 0 if self._told_to_stop else first_to_end or 1

    def _stop(self, number, frame):
        self._told_to_stop = True

    def _end_all(self):
        for program in self._running:
            program.terminate()
        for program in self._running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                program.wait(SECONDS_TO_FINISH)
            kill_what_is_left_of(program)


def kill_what_is_left_of(program):
    """End the program's session: a server that was killed leaves workers, and they hold the port."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(program.pid, signal.SIGKILL)
    program.wait()


def is_listening(host, port):
    """Tell whether a server answers there."""
    with socket.socket() as client:
        return client.connect_ex((host, port)) == 0


def gunicorn_command(host, port, access_log):
    """Return the command line of the production server; an access log "-" goes to its output."""
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
    return [*command, "--bind", f"{host}:{port}", "--access-logfile", access_log, "clinic.wsgi"]
