"""`manage.py serve`: the production server with the worker beside it, under one Ctrl-C."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time

import django.db
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connections

from clinic.core.older_databases import refuse_older_database

SECONDS_TO_FINISH = 20
STOPPING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Command(BaseCommand):
    help = "Serve the site with gunicorn and run the worker beside it; both end together."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")

    def handle(self, *, host, port, **options):
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        # The site starts also while the database is away.
        with contextlib.suppress(django.db.Error):
            refuse_older_database()
        connections.close_all()
        programs = Programs([self.gunicorn(host, port), [sys.executable, "manage.py", "consults_worker"]])
        while programs.are_running():
            if is_listening(host, port):
                self.stdout.write(banner())
                break
            time.sleep(0.1)
        sys.exit(programs.wait())

    def gunicorn(self, host, port):
        """Return the server's command line; a demonstration keeps its access log out of the way."""
        access_log = str(settings.VAR_DIR / "access.log") if settings.DEMO_MODE else "-"
        command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
        return [*command, "--bind", f"{host}:{port}", "--access-logfile", access_log, "clinic.wsgi"]


class Programs:
    """Programs that only make sense together: when one ends, or we are told to, all end."""

    def __init__(self, commands):
        self._told_to_stop = False
        for number in STOPPING_SIGNALS:
            signal.signal(number, self._stop)
        # Each in a session of its own: Ctrl-C reaches us alone, and we let them finish in order.
        self._running = [
            subprocess.Popen(command, cwd=settings.BASE_DIR, start_new_session=True)  # noqa: S603
            for command in commands
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


def banner():
    """Return what somebody who just started the site wants to know."""
    lines = ["", f"The site is served at {settings.SITE_URL}/ and ends with Ctrl-C."]
    if settings.DEMO_MODE:
        lines.append(f"Staff sign in at {settings.SITE_URL}/admin/ as:")
        logins = settings.VAR_DIR / "demo-logins.txt"
        lines.append(
            logins.read_text().rstrip() if logins.exists() else "nobody yet: run manage.py seed_demo"
        )
        lines.append(f"Mail is not sent but kept in {settings.EMAIL_FILE_PATH}")
    return "\n".join([*lines, ""])
