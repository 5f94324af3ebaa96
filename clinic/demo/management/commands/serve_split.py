"""`manage.py serve_split`: the demonstration as two processes, each with keys, role and user of its own."""

import contextlib
import signal
import subprocess
import sys
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from clinic.core.programs import Program, Programs, gunicorn_command, is_listening
from clinic.demo.split.postgresql import ROLES, own_server
from clinic.demo.split.secrets import environment_of, kept_secrets
from clinic.demo.split.users import own_users

HOST = "127.0.0.1"
# What staff's processes write is theirs, but for what its own code gives away.
UMASK = 0o077
# Which role of the process and which password of the database each part has.
PARTS = {"owner": ("staff", "owner"), "staff": ("staff", "staff"), "intake": ("intake", "intake")}


class Command(BaseCommand):
    """To try out what docs/operators.md says of two processes, and for the tests of docs/crypto.md."""

    help = "Serve the demonstration as two processes on a PostgreSQL of its own; all end together."
    requires_system_checks = []

    def add_arguments(self, parser):
        """Take the ports, and whether pictures may come later."""
        parser.add_argument("--port", type=int, default=8000, help="of the site; staff have the next one")
        parser.add_argument("--staff-port", type=int, help="another one for staff")
        parser.add_argument("--no-renditions", action="store_true", help="leave pictures to the worker")

    def handle(self, *, port, staff_port, no_renditions, **options):
        """Start everything in order, and end it in the opposite one."""
        # Whoever ends us during the preparations ends the database too.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
        ports = (port, staff_port or port + 1)
        if taken := [str(each) for each in ports if is_listening(HOST, each)]:
            raise CommandError(f"Port {' and '.join(taken)} is taken: choose another PORT.")
        folder = settings.VAR_DIR / "split"
        folder.mkdir(parents=True, exist_ok=True)
        known = kept_secrets(folder / "secrets.json")
        try:
            with own_server(folder / "postgresql", known["passwords"]) as database_url:
                site = Site(folder, ports, known, database_url)
                site.prepare(renditions=not no_renditions)
                sys.exit(self._serve(site, ports))
        except ImportError:
            raise CommandError("PostgreSQL comes with requirements.txt: `make serve-split`.") from None

    def _serve(self, site, ports):
        programs = Programs(site.programs())
        while programs.are_running():
            if all(is_listening(HOST, port) for port in ports):
                self.stdout.write(site.banner())
                self.stdout.flush()
                break
            time.sleep(0.1)
        return programs.wait()


class Site:
    """The one site that both serve."""

    def __init__(self, folder, ports, known, database_url):
        self._ports = ports
        self._addresses = [f"http://{HOST}:{port}" for port in ports]
        self._folder, self._logs = folder / "site", folder / "intake"
        self._environments = {
            name: environment_of(
                role,
                known,
                part=part,
                database_url=database_url,
                site=self._folder,
                addresses=self._addresses,
            )
            for name, (role, part) in PARTS.items()
        }
        # As the site meets them; only whoever started it can read these.
        for name, environment in self._environments.items():
            path = folder / f"{name}.env"
            path.touch(0o600)
            path.write_text("".join(f"{key}={value}\n" for key, value in environment.items()))
        self._users = own_users(folder)
        self._users.make_folders(self._folder, self._logs)

    def prepare(self, *, renditions):
        """Bring tables, rights, files and samples up to date."""
        names = [f"--{part}={role}" for part, role in ROLES.items()]
        self._manage("owner", "migrate", "--verbosity", "0")
        self._manage("owner", "database_roles", *names, "--apply")
        self._manage("staff", "collectstatic", "--noinput", "--verbosity", "0")
        self._manage("staff", "seed_demo", *([] if renditions else ["--no-renditions"]))

    def programs(self):
        """Return the two servers and the worker."""
        intake, staff = (
            gunicorn_command(HOST, port, str(folder / "access.log"))
            for port, folder in zip(self._ports, (self._logs, self._folder), strict=True)
        )
        worker = [sys.executable, "manage.py", "consults_worker"]
        commands = (("intake", intake), ("staff", staff), ("staff", worker))
        return [self._program(name, command) for name, command in commands]

    def banner(self):
        """Return what somebody who just started it wants to know."""
        visitors, staff = self._addresses
        own = self._users.why_not or "each under a system user of its own"
        logins = (self._folder / "demo-logins.txt").read_text().rstrip()
        return "\n".join(
            [
                "",
                f"The site is served at {visitors}/ by a process that can read no request.",
                f"Staff sign in at {staff}/admin/ as:",
                logins,
                f"Two processes with their own keys and roles in PostgreSQL; {own}. Ctrl-C ends all.",
                "",
            ]
        )

    def _manage(self, name, *arguments):
        program = self._program(name, [sys.executable, "manage.py", *arguments])
        with contextlib.suppress(subprocess.CalledProcessError):
            subprocess.run(  # noqa: S603
                program.command, env=program.environment, umask=UMASK, cwd=settings.BASE_DIR, check=True
            )
            return
        raise CommandError(f"{arguments[0]} failed; see above.")

    def _program(self, name, command):
        role, _part = PARTS[name]
        return Program(self._users.command(role, command), self._environments[name], umask=UMASK)
