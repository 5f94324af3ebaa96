"""The site that is measured: migrated, empty, and served as `manage.py serve` does, without the worker."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request

SECONDS_TO_START = 60


class Site:
    """A site in a folder of its own."""

    def __init__(self, folder, database_url):
        self._folder = folder
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            self._address = f"127.0.0.1:{listener.getsockname()[1]}"
        self.url = f"http://{self._address}"
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "DATABASE_URL": database_url,
            "VAR_DIR": str(folder),
            "SITE_URL": self.url,
            # Each client stands for a person elsewhere, behind a front server on this machine.
            "TRUSTED_PROXIES": "127.0.0.1",
            # So many requests come that short indexes would soon look like repeats.
            "CONSULTS_INDEX_BITS": "24",
        }

    def prepare(self):
        """Collect the static files and make the tables."""
        self.run("manage.py", "collectstatic", "--noinput", "--verbosity", "0")
        self.run("manage.py", "migrate", "--run-syncdb", "--verbosity", "0")

    def tell(self, what):
        """Return what only the site itself knows; see ``inside``."""
        return json.loads(self.run("-m", "bench.inside", what))

    @contextlib.contextmanager
    def running(self):
        """Serve until the block ends."""
        command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
        command += ["--bind", self._address, "--access-logfile", str(self._folder / "access.log")]
        with (self._folder / "serve.log").open("wb") as log:
            server = subprocess.Popen([*command, "clinic.wsgi"], env=self.environment, stdout=log, stderr=log)
            try:
                self._wait_for(server)
                yield
            finally:
                server.terminate()
                server.wait(30)

    def run(self, *arguments):
        """Run a program in the site's environment and return what it printed."""
        command = [sys.executable, *arguments]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{arguments} failed:\n{done.stderr[-4000:]}")
        return done.stdout

    def _wait_for(self, server):
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline and server.poll() is None:
            with contextlib.suppress(OSError), urllib.request.urlopen(f"{self.url}/-/ready"):  # noqa: S310
                return
            time.sleep(0.2)
        raise RuntimeError(f"The site did not start:\n{(self._folder / 'serve.log').read_text()[-4000:]}")
