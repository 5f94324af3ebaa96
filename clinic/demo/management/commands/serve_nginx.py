"""`manage.py serve_nginx`: the demonstration's data under production settings, behind a local nginx."""

import os
import sys
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from clinic.core.programs import Program, Programs, gunicorn_command, is_listening
from clinic.demo.local_nginx import LocalNginx, program

HOST = "127.0.0.1"


class Command(BaseCommand):
    """To see what visitors of a real site meet: TLS, limits, headers, files without the application."""

    help = "Serve with production settings behind nginx (PORT with TLS, +1 the application, +2 without TLS)."
    requires_system_checks = []

    def add_arguments(self, parser):
        """Take the first of three ports."""
        parser.add_argument("--port", type=int, default=8443, help="where nginx listens, with TLS")

    def handle(self, *, port, **options):
        """Start all three, and end them together."""
        if program() is None:
            raise CommandError("nginx is not installed; on Debian: apt install nginx-light")
        ports = (port, port + 1, port + 2)
        if taken := [str(each) for each in ports if is_listening(HOST, each)]:
            raise CommandError(f"Port {' and '.join(taken)} is taken: choose another PORT.")
        connections.close_all()
        environment = production_environment(port)
        front = LocalNginx(
            settings.VAR_DIR / "nginx", port=port, application_port=port + 1, plain_port=port + 2
        )
        programs = Programs(
            [
                Program(gunicorn_command(HOST, port + 1, str(settings.VAR_DIR / "access.log")), environment),
                Program([sys.executable, "manage.py", "consults_worker"], environment),
                Program(front.command()),
            ]
        )
        while programs.are_running():
            if all(is_listening(HOST, each) for each in ports):
                self.stdout.write(banner(port))
                self.stdout.flush()
                break
            time.sleep(0.1)
        sys.exit(programs.wait())


def production_environment(port):
    """Return ours, with what a real site has to say; the secrets are the demonstration's."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "clinic.settings.production",
        "VAR_DIR": str(settings.VAR_DIR),
        "ALLOWED_HOSTS": "localhost",
        "SITE_URL": f"https://localhost:{port}",
        "EMAIL_URL": f"filemail:///{settings.EMAIL_FILE_PATH}",
        "DEFAULT_FROM_EMAIL": settings.DEFAULT_FROM_EMAIL,
        "CONSULTS_NOTICE_RECIPIENTS": ",".join(settings.CONSULTS_NOTICE_RECIPIENTS),
        "TRUSTED_PROXIES": HOST,
    }


def banner(port):
    """Return what somebody who just started it wants to know."""
    site = f"https://localhost:{port}"
    return "\n".join(
        [
            "",
            f"The site is served at {site}/ by nginx, with production settings; Ctrl-C ends it.",
            "The certificate is made here: a browser asks whether to trust it.",
            f"Staff sign in at {site}/admin/ with the demonstration's logins, and a second factor.",
            f"Mail is not sent but kept in {settings.EMAIL_FILE_PATH}",
            "",
        ]
    )
