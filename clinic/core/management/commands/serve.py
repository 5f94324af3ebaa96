"""`manage.py serve`: the production server with the worker beside it, under one Ctrl-C."""

import contextlib
import sys
import time

import django.db
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connections

from clinic.core.older_databases import refuse_older_database
from clinic.core.programs import Program, Programs, gunicorn_command, is_listening


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
        worker = Program([sys.executable, "manage.py", "consults_worker"])
        programs = Programs([self.gunicorn(host, port), worker])
        while programs.are_running():
            if is_listening(host, port):
                self.stdout.write(banner())
                break
            time.sleep(0.1)
        sys.exit(programs.wait())

    def gunicorn(self, host, port):
        """Return the server; a demonstration keeps its access log out of the way."""
        access_log = str(settings.VAR_DIR / "access.log") if settings.DEMO_MODE else "-"
        return Program(gunicorn_command(host, port, access_log))


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
