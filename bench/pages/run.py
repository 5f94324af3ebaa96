"""The part of `make bench` about pages: rows beside a static file, the server's hello and a bare Wagtail."""

import os
import re
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from urllib.request import Request, urlopen

from bench.aims import at_most, not_run, told
from bench.outcome import Outcome

from . import load, processes
from .fresh import Freshness
from .hello import keep
from .lighthouse import aims_of_lighthouse
from .report import (
    ALONE,
    BARE,
    BEHIND,
    HELLO,
    SAME,
    STATIC,
    UNCACHED,
    WORDPRESS,
    Row,
    aims,
    picture,
    table,
    wrong,
)
from .servers import free_port, gunicorn, running
from .wordpress import WordPress

SECONDS = float(os.environ.get("SECONDS") or 3)
ROUNDS = 3
FEW, MANY = 16, 256
POST = re.compile(r'href="(?:https?://[^/"]+)?(/blog/(?!topics?/|page/|feed)[a-z0-9-]+/)"')
# No file is kept for a query that the site doesn't know.
UNKNOWN = "?of-the-bench=1"
FILE = "of-the-bench.html"
# Everything has started, and nothing is asked for.
SECONDS_OF_REST = 5
SECONDS_TO_WRITE = 60
MOST_MEGABYTES = 300


def run():
    """Measure and tell, or say what is missing."""
    from django.conf import settings

    from clinic.demo.local_nginx import program as nginx

    outcome = Outcome()
    missing = [name for name, found in (("wrk", load.program()), ("nginx", nginx())) if not found]
    if missing:
        outcome.aims.append(not_run("pages", f"for want of {' and '.join(missing)} (Debian's packages)"))
        return outcome
    bench = Bench(settings.VAR_DIR)
    try:
        bench.measure(outcome)
    except Exception:
        print(bench.log.read_text(errors="replace")[-4000:], file=sys.stderr)
        raise
    outcome.say(table(bench.rows))
    outcome.aims = [*aims(bench.rows), *outcome.aims]
    outcome.is_good = not list(wrong(bench.rows))
    if drawing := os.environ.get("PICTURE"):
        Path(drawing).write_text(picture(bench.rows, FEW), encoding="utf-8")
    return outcome


class Bench:
    """The demonstration, a front server before it, and what both are set beside."""

    def __init__(self, folder):
        self._folder = folder
        self.log = folder / "servers.log"
        self.rows = []
        self._ports = {name: free_port() for name in ("site", "front", "hello", "bare", "plain")}
        self._host = f"localhost:{self._ports['front']}"
        self._environment = {
            "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
            "PLAIN_DATABASE": f"{folder}/plain.sqlite3",
            "TRUSTED_PROXIES": "127.0.0.1",
            "SITE_URL": f"http://{self._host}",
        }

    def measure(self, outcome):
        """Fill the rows, and add what is seen on the way."""
        self._prepare()
        with ExitStack() as servers:
            self._serve(servers, outcome)
            targets = self._targets(servers)
            for round_number in range(ROUNDS):
                for name, url, pids, clients, host in targets:
                    self._row(round_number, name, url, pids, clients, host)
            outcome.aims += aims_of_lighthouse(self._url("front"), self._folder)
            freshness = Freshness(self._folder, self._url("front"), self._manage)
            outcome.aims += freshness.aims()

    def _prepare(self):
        self._manage("collectstatic", "--noinput", "--verbosity", "0")
        self._manage("migrate", "--verbosity", "0")
        self._manage("seed_demo")
        self._manage("migrate", "--verbosity", "0", settings="bench.pages.plain.settings")

    def _serve(self, servers, outcome):
        from clinic.demo.local_nginx import LocalNginx

        def start(command, ready, settings="clinic.settings.demo"):
            environment = {**self._environment, "DJANGO_SETTINGS_MODULE": settings}
            return servers.enter_context(running(command, environment, ready, str(self.log)))

        access = str(self._folder / "access.log")
        nginx = LocalNginx(
            self._folder / "nginx",
            port=self._ports["front"],
            application_port=self._ports["site"],
            plain_port=self._ports["plain"],
            tls=False,
        )
        site, cold = start(gunicorn("clinic.wsgi", self._ports["site"], access), self._url("site") + "/blog/")
        worker, _ = start([sys.executable, "manage.py", "consults_worker"], self._url("site") + "/-/live")
        front, _ = start(nginx.command(), self._url("front") + "/-/live")
        self._post = POST.search(read(self._url("front") + "/blog/").decode())[1]
        self._wait_for_files()
        time.sleep(SECONDS_OF_REST)
        idle = processes.megabytes([site, worker, front])
        outcome.aims.append(at_most("idle: site, worker and nginx together", idle, MOST_MEGABYTES, " MB"))
        outcome.aims.append(told("start of the server to its first page", f"{cold:.1f} s"))
        keep(self._folder, *self._answer())
        hello, _ = start(gunicorn("bench.pages.hello", self._ports["hello"], access), self._url("hello"))
        bare, _ = start(
            gunicorn("bench.pages.plain.wsgi", self._ports["bare"], access),
            self._url("bare"),
            "bench.pages.plain.settings",
        )
        self._pids = {"site": site, "front": front, "hello": hello, "bare": bare}

    def _answer(self):
        """Return head and content of the post, as the application answers from its file."""
        request = Request(self._url("site") + self._post, headers={"Host": self._host})  # noqa: S310
        with urlopen(request) as answer:  # noqa: S310
            own = ("server", "date", "connection")
            headers = [pair for pair in answer.headers.items() if pair[0].lower() not in own]
            return headers, answer.read()

    def _wait_for_files(self):
        kept = self._folder / "kept" / "current" / self._post.strip("/") / "index.html"
        deadline = time.monotonic() + SECONDS_TO_WRITE
        while not kept.exists():
            if time.monotonic() > deadline:
                raise RuntimeError("The worker wrote no files.")
            time.sleep(0.1)
        # Lain where nginx serves files, with the same bytes.
        (self._folder / "static" / FILE).write_bytes(kept.read_bytes())

    def _targets(self, servers):
        front, alone, both = self._url("front"), self._url("site"), ("site", "front")
        post, host = self._post, self._host
        rows = [
            (STATIC, f"{front}/static/{FILE}", ["front"], (FEW, MANY), host),
            (BEHIND, front + post, both, (FEW, MANY), host),
            (HELLO, self._url("hello") + "/", ["hello"], (FEW, MANY), None),
            (SAME, self._url("hello") + "/page", ["hello"], (FEW, MANY), None),
            (ALONE, alone + post, ["site"], (FEW, MANY), host),
            # A longer queue before what is slow says nothing but its length.
            (UNCACHED, alone + post + UNKNOWN, ["site"], (FEW,), host),
            ("home alone, uncached", f"{alone}/{UNKNOWN}", ["site"], (FEW,), host),
            ("search alone", f"{alone}/search/?query=ketamine", ["site"], (FEW,), host),
            ("form GET behind nginx", f"{front}/consultation/", both, (FEW,), host),
            (BARE, self._url("bare") + "/", ["bare"], (FEW,), None),
        ]
        wordpress = WordPress.found(self._folder / "wordpress")
        if wordpress:
            url, pids = servers.enter_context(wordpress.running())
            self._pids.update(pids)
            rows.append((WORDPRESS, url, list(pids), (FEW,), None))
        return [
            (name, url, [self._pids[each] for each in pids], number, said)
            for number in (FEW, MANY)
            for name, url, pids, clients, said in rows
            if number in clients
        ]

    def _row(self, round_number, name, url, pids, clients, host):
        if round_number == 0:
            self.rows.append(Row(name, clients))
            load.ask(url, clients=clients, seconds=1, host=host)
        row = next(row for row in self.rows if (row.name, row.clients) == (name, clients))
        before = processes.milliseconds(pids)
        seen = load.ask(url, clients=clients, seconds=SECONDS, host=host)
        row.rounds.append(seen)
        row.processor.append((processes.milliseconds(pids) - before) / max(seen.answers, 1))

    def _url(self, name):
        host = "localhost" if name == "front" else "127.0.0.1"
        return f"http://{host}:{self._ports[name]}"

    def _manage(self, *arguments, settings="clinic.settings.demo"):
        """Run a management command or module to its end, and return what it printed."""
        environment = {**os.environ, **self._environment, "DJANGO_SETTINGS_MODULE": settings}
        module = ["-m", "django"] if not arguments[0].startswith("bench.") else ["-m"]
        command = [sys.executable, *module, *arguments]
        with self.log.open("ab") as log:
            return subprocess.run(
                command, env=environment, check=True, stdout=subprocess.PIPE, stderr=log, text=True
            ).stdout


def read(url):
    """Return the bytes at an address."""
    with urlopen(url) as answer:  # noqa: S310
        return answer.read()
