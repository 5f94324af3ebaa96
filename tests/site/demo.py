"""A whole demo site, made and started by the commands a newcomer uses, for the tests to walk through."""

import contextlib
import os
import re
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.postgresql import fresh_database
from tests.site.http import fetch

SECONDS_TO_START = 60
# A reference as patients see it.
PUBLIC_REFERENCE = re.compile(r"\b[A-Z]{2}\d-[A-Z]{2}\d-[A-Z]{2}\d[A-Z]\b")


@dataclass(frozen=True)
class DemoSite:
    """Where the running demo is and what it writes."""

    url: str
    folder: Path
    environment: dict
    logins: dict

    @property
    def mail_folder(self):
        return self.folder / "mail"

    def manage(self, *arguments):
        """Run a management command in the demo's environment and return what it printed."""
        return manage(*arguments, environment=self.environment)


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory):
    """The demo, built once for all tests that walk through it."""
    folder = tmp_path_factory.mktemp("demo")
    with fresh_database() as database_url:
        port = free_port()
        environment = demo_environment(folder, port, database_url)
        manage("collectstatic", "--noinput", "--verbosity", "0", environment=environment)
        manage("migrate", "--verbosity", "0", environment=environment)
        manage("seed_demo", environment=environment)
        with served(port, environment):
            logins = read_logins(folder / "demo-logins.txt")
            yield DemoSite(f"http://localhost:{port}", folder, environment, logins)


def demo_environment(folder, port, database_url):
    """Return the environment of a newcomer, free of what the test settings put into ours."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("CONSULTS_", "SECRET_KEY", "DATABASE_URL"))
    }
    temporary = folder / "tmp"
    temporary.mkdir(exist_ok=True)
    return {
        **inherited,
        # What a process puts aside lands where leaks are looked for.
        "TMPDIR": str(temporary),
        **({"DATABASE_URL": database_url} if database_url else {}),
        "DJANGO_SETTINGS_MODULE": "clinic.settings.demo",
        "VAR_DIR": str(folder),
        "SITE_URL": f"http://localhost:{port}",
    }


def manage(*arguments, environment):
    """Run a management command to its end; what it said shows when it fails."""
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, (
        f"{' '.join(arguments)} failed:\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
    )
    return done.stdout


@contextlib.contextmanager
def served(port, environment):
    """Run the server and the worker; their output lands beside the data, where leaks are looked for."""
    command = [sys.executable, "manage.py", "serve", "--port", str(port)]
    with (Path(environment["VAR_DIR"]) / "serve.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            wait_until_ready(f"http://127.0.0.1:{port}/-/ready", process, log.name)
            yield
        finally:
            process.terminate()
            process.wait(30)


def wait_until_ready(address, process, log):
    """Return as soon as the site answers; fail with its log where it doesn't."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError):
            if fetch(address).status == 200:
                return
        time.sleep(0.2)
    pytest.fail(f"The demo did not start:\n{Path(log).read_text()[-4000:]}")


def free_port():
    """Return a port nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def read_logins(path):
    """Return the demo's users and passwords as the banner shows them: ``{user: password}``."""
    return dict(re.findall(r"^\s*(\S+)\s+(\S+)", path.read_text(), re.MULTILINE))
