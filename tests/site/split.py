"""The demo as two processes, started by the command behind `make serve-split`, for whoever plays a thief."""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psutil
import psycopg2
import pytest

from clinic.demo.split.users import FILES, INTAKE, SPOOL
from tests.site.demo import demo_environment, free_port

SECONDS_TO_START = 240
SECONDS_TO_END = 60


@dataclass(frozen=True)
class SplitSite:
    """Where both are, what each was told, and how to be one of them."""

    visitors: str
    staff: str
    folder: Path
    environments: dict
    process: subprocess.Popen
    said: Path

    @property
    def var(self):
        """The folder that both processes know."""
        return Path(self.environments["intake"]["VAR_DIR"])

    @property
    def has_own_users(self):
        """Whether each process runs under a system user of its own."""
        return "each under a system user of its own" in self.said.read_text()

    @contextlib.contextmanager
    def database(self, name):
        """A cursor with the rights of a part: owner, staff or intake."""
        with contextlib.closing(psycopg2.connect(self.environments[name]["DATABASE_URL"])) as connection:
            connection.autocommit = True
            yield connection.cursor()

    @contextlib.contextmanager
    def administrator(self):
        """A cursor with all rights over the server, as the tests alone need it."""
        known = json.loads((self.folder / "secrets.json").read_text())
        address = urlsplit(self.environments["owner"]["DATABASE_URL"])
        access = {"host": parse_qs(address.query)["host"][0], "dbname": address.path.strip("/")}
        password = known["passwords"]["administrator"]
        with contextlib.closing(psycopg2.connect(**access, user="postgres", password=password)) as connection:
            connection.autocommit = True
            yield connection.cursor()

    def manage(self, name, *arguments):
        """Run a management command with the environment of a part."""
        command = [sys.executable, "manage.py", *arguments]
        environment = self.environments[name]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def server_of(self, url):
        """The processes that listen at an address."""
        port = url.rpartition(":")[2]
        below = psutil.Process(self.process.pid).children(recursive=True)
        return [each for each in below if any(word.endswith(f":{port}") for word in each.cmdline())]

    def as_intake(self, *command):
        """Run a program as the system user of the process that takes requests in."""
        drop = ["setpriv", f"--reuid={INTAKE}", f"--regid={INTAKE}", f"--groups={FILES},{SPOOL}"]
        return subprocess.run([*drop, *command], capture_output=True, text=True, check=False)


@pytest.fixture(scope="session")
def split_site():
    """Both processes, the worker and their PostgreSQL, started once for all tests that ask for them."""
    # Not a folder of pytest's, which nobody else may enter.
    with tempfile.TemporaryDirectory(prefix="clinic-split-") as name:
        Path(name).chmod(0o755)
        visitors, staff = free_port(), free_port()
        environment = demo_environment(Path(name), visitors, None) | {"WEB_CONCURRENCY": "1"}
        command = [sys.executable, "manage.py", "serve_split", "--no-renditions"]
        command += ["--port", str(visitors), "--staff-port", str(staff)]
        said = Path(name) / "said.log"
        with said.open("wb") as log:
            process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            wait_for_both(process, said)
            folder = Path(name) / "split"
            environments = {part: read(folder / f"{part}.env") for part in ("owner", "staff", "intake")}
            addresses = (f"http://127.0.0.1:{port}" for port in (visitors, staff))
            yield SplitSite(*addresses, folder, environments, process, said)
        finally:
            process.terminate()
            process.wait(SECONDS_TO_END)


def wait_for_both(process, said):
    """Return once the command says that both are served; fail with what it said where it ends."""
    deadline = time.monotonic() + SECONDS_TO_START
    while "Ctrl-C ends all" not in said.read_text():
        if process.poll() is not None or time.monotonic() > deadline:
            pytest.fail(f"The two processes did not start:\n{said.read_text()[-4000:]}")
        time.sleep(0.2)


def read(path):
    """Return the variables of a file of NAME=value lines, with our own PATH."""
    pairs = (line.partition("=") for line in path.read_text().splitlines())
    return {"PATH": os.environ["PATH"], **{name: value for name, _, value in pairs}}


def wait_for(condition, seconds=60):
    """Return once the condition holds; fail where it doesn't."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.2)
