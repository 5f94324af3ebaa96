"""`make bench-pages`: everything in one run, since a shared machine's speed drifts."""

import os
import re
import subprocess
import sys
import tempfile
import urllib.request
from contextlib import ExitStack
from pathlib import Path

from . import load, processes
from .report import ALONE, BARE, BEHIND, HELLO, STATIC, UNCACHED, Row, picture, table
from .servers import free_port, gunicorn, running

SECONDS = float(os.environ.get("SECONDS") or 5)
CLIENTS = (16, 256)
POST = re.compile(r'href="(?:https?://[^/"]+)?(/blog/(?!topics?/|page/|feed)[a-z0-9-]+/)"')
# No file is kept for a query that the site doesn't know.
UNKNOWN = "?of-the-bench=1"
FILE = "of-the-bench.html"


def main():
    """Measure and print; speed is only told, the exit status is about what went wrong."""
    with tempfile.TemporaryDirectory(prefix="clinic-bench-") as folder:
        # Before anything of Django is loaded: the front server asks the settings for its folders.
        environment = environment_in(folder)
        os.environ.update(environment)
        from clinic.demo.local_nginx import program as nginx

        missing = [name for name, found in (("wrk", load.program()), ("nginx", nginx())) if not found]
        if missing:
            print(f"Pages: not run, for want of {' and '.join(missing)} (Debian's packages of these names).")
            return 0
        rows = Bench(Path(folder)).measure()
    print(table(rows))
    if drawing := os.environ.get("PICTURE"):
        Path(drawing).write_text(picture(rows, CLIENTS[0]), encoding="utf-8")
    return 0 if all(row.seen.is_good for row in rows) else 1


def environment_in(folder):
    """Return what the demonstration and the bare Wagtail are told."""
    return {
        "DJANGO_SETTINGS_MODULE": "clinic.settings.demo",
        "VAR_DIR": folder,
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "PLAIN_DATABASE": f"{folder}/plain.sqlite3",
        "TRUSTED_PROXIES": "127.0.0.1",
    }


class Bench:
    """The demonstration, a front server before it, and what both are set beside."""

    def __init__(self, folder):
        self._folder = folder
        self._log = str(folder / "servers.log")
        self._rows = []

    def measure(self):
        """Return all rows."""
        self._prepare()
        with ExitStack() as servers:
            self._serve(servers)
            self._lay_file()
            for clients in CLIENTS:
                for name, url, pids in self._targets():
                    self._row(name, url, pids, clients)
        return self._rows

    def _prepare(self):
        manage("collectstatic", "--noinput", "--verbosity", "0")
        manage("migrate", "--verbosity", "0")
        manage("seed_demo")
        manage("migrate", "--verbosity", "0", settings="bench.pages.plain.settings")

    def _serve(self, servers):
        from clinic.demo.local_nginx import LocalNginx

        site, front, hello, bare = (free_port() for _ in range(4))
        self._site, self._front, self._hello, self._bare = (
            f"http://127.0.0.1:{port}" for port in (site, front, hello, bare)
        )
        nginx = LocalNginx(
            self._folder / "nginx", port=front, application_port=site, plain_port=free_port(), tls=False
        )
        plain = {"DJANGO_SETTINGS_MODULE": "bench.pages.plain.settings"}
        access = str(self._folder / "access.log")

        def start(command, url, environment=None):
            return servers.enter_context(running(command, environment or {}, url, self._log))

        self._pid, cold = start(gunicorn("clinic.wsgi", site, access), self._site + "/blog/")
        worker = servers.enter_context(
            running([sys.executable, "manage.py", "consults_worker"], {}, self._site + "/-/live", self._log)
        )[0]
        self._nginx, _cold = start(nginx.command(), self._front + "/-/live")
        self._hello_pid, _cold = start(gunicorn("bench.pages.hello", hello, access), self._hello)
        self._bare_pid, _cold = start(gunicorn("bench.pages.plain.wsgi", bare, access), self._bare, plain)
        self._post = POST.search(read(self._site + "/blog/").decode())[1]
        memory = processes.megabytes([self._pid, self._nginx, worker])
        print(f"From start to first page {cold:.1f} s; site, worker and nginx hold {memory:.0f} MB.")

    def _lay_file(self):
        """Lay a file of the post's bytes where nginx serves files."""
        (self._folder / "static" / FILE).write_bytes(read(self._site + self._post))

    def _targets(self):
        ours, both = [self._pid], [self._pid, self._nginx]
        post = self._post
        return [
            (STATIC, f"{self._front}/static/{FILE}", [self._nginx]),
            (BEHIND, self._front + post, both),
            ("home behind nginx", self._front + "/", both),
            ("search behind nginx", f"{self._front}/search/?q=ketamine", both),
            ("form GET behind nginx", f"{self._front}/consultation/", both),
            (HELLO, self._hello + "/", [self._hello_pid]),
            (ALONE, self._site + post, ours),
            (UNCACHED, self._site + post + UNKNOWN, ours),
            (BARE, self._bare + "/", [self._bare_pid]),
        ]

    def _row(self, name, url, pids, clients):
        load.ask(url, clients=clients, seconds=1)
        before = processes.milliseconds(pids)
        seen = load.ask(url, clients=clients, seconds=SECONDS)
        used = processes.milliseconds(pids) - before
        self._rows.append(Row(name, clients, seen, used / max(seen.answers, 1)))


def manage(*arguments, settings="clinic.settings.demo"):
    """Run a management command to its end."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": settings}
    command = [sys.executable, "-m", "django", *arguments]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)


def read(url):
    """Return the bytes at an address."""
    with urllib.request.urlopen(url) as answer:  # noqa: S310
        return answer.read()


if __name__ == "__main__":
    sys.exit(main())
