"""The site under trial: the production server with several processes, and the worker beside it."""

import contextlib
import random
import subprocess
import sys
import threading
import time

import psutil

from tests.site.demo import demo_environment, free_port, manage, wait_until_ready

PROCESSES = 3


class Site:
    """A migrated, empty site in a folder of its own."""

    def __init__(self, folder, database, **environment):
        self.folder = folder
        self.database = database
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self._port = port
        self.environment = {
            **demo_environment(folder, port, database.url),
            "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
            # So many requests come that short indexes would soon look like repeats.
            "CONSULTS_INDEX_BITS": "24",
            "WEB_CONCURRENCY": str(PROCESSES),
            "FAULT_SMTP_PORT": str(free_port()),
            **environment,
        }
        self.kills = 0

    def prepare(self):
        """Collect the static files and make the tables."""
        manage("collectstatic", "--noinput", "--verbosity", "0", environment=self.environment)
        manage("migrate", "--verbosity", "0", environment=self.environment)

    @property
    def spool(self):
        """The folder of sealed requests that wait for the database."""
        return self.folder / "spool"

    @contextlib.contextmanager
    def running(self, **environment):
        """Serve, with these variables changed, until the block ends."""
        variables = {**self.environment, **environment}
        log = (self.folder / "serve.log").open("ab")
        gunicorn = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
        commands = [
            [*gunicorn, "--bind", f"127.0.0.1:{self._port}", "clinic.wsgi"],
            [sys.executable, "manage.py", "consults_worker", "--pause", "0.5"],
        ]
        programs = [subprocess.Popen(c, env=variables, stdout=log, stderr=log) for c in commands]
        try:
            wait_until_ready(f"{self.url}/-/ready", programs[0], log.name)
            self._master = psutil.Process(programs[0].pid)
            yield
        finally:
            for program in programs:
                program.terminate()
            for program in programs:
                program.wait(30)
            log.close()

    @contextlib.contextmanager
    def losing_a_process_each_second(self):
        """Kill one of the server's processes, without warning, once a second."""
        over = threading.Event()

        def kill():
            while not over.wait(1):
                with contextlib.suppress(psutil.NoSuchProcess, IndexError):
                    random.choice(self._master.children()).kill()  # noqa: S311
                    self.kills += 1

        thread = threading.Thread(target=kill)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def without_spool(self):
        """Take the folder of the spool away for a while."""
        return folder_taken_away(self.spool)

    def wait_for_empty_spool(self, seconds=30):
        """Return whether the worker brought everything in within the time it has."""
        deadline = time.monotonic() + seconds
        while list(self.spool.glob("*.seal*")) and time.monotonic() < deadline:
            time.sleep(0.2)
        return not list(self.spool.glob("*.seal*"))

    def count_spooled(self):
        """Return how often the server's log says that a request went into the spool."""
        return (self.folder / "serve.log").read_text().count("the database did not take a request")


@contextlib.contextmanager
def folder_taken_away(folder):
    """Put a file where a folder belongs, and bring the folder back."""
    aside = folder.with_suffix(".aside")
    with contextlib.suppress(FileNotFoundError):
        folder.rename(aside)
    folder.touch()
    yield
    folder.unlink()
    with contextlib.suppress(FileNotFoundError):
        aside.rename(folder)
