"""A machine of the site: server, worker, front server and files; the database is all that it shares."""

import contextlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.site.demo import demo_environment, free_port, manage, wait_until_ready
from tests.site.front_server import EXAMPLE_NAMES, example, front_server


@dataclass
class Node:
    """One machine. All have the same name for visitors, whatever port they listen on."""

    folder: Path
    database_url: str
    media: Path
    port: int = field(default_factory=free_port)
    front: int = 0
    _programs: list = field(default_factory=list)

    @property
    def environment(self):
        return {
            **demo_environment(self.folder, self.port, self.database_url),
            "SITE_URL": "http://localhost",
            "MEDIA_ROOT": str(self.media),
            "WEB_CONCURRENCY": "2",
        }

    @property
    def kept(self):
        return self.folder / "kept"

    def linked(self):
        """Return the generation whose files hold here; 0 for none."""
        with contextlib.suppress(OSError):
            return int((self.kept / "current").readlink().name.partition("-")[0])
        return 0

    def finished(self):
        """Return the same, once all its files are there."""
        return self.linked() if (self.kept / "current" / ".finished").exists() else 0

    def prepare(self, like=None):
        """Make folders, secrets and static files, or take those of another machine."""
        self.folder.mkdir(exist_ok=True)
        if like is None:
            migrated = os.environ.get("MIGRATED_SQLITE")
            if migrated and self.database_url.startswith("sqlite"):
                shutil.copy(migrated, self.folder / "db.sqlite3")
            manage("migrate", "--skip-checks", "--verbosity", "0", environment=self.environment)
            manage("collectstatic", "--noinput", "--verbosity", "0", environment=self.environment)
            return
        shutil.copy(like.folder / "secrets.env", self.folder)
        (self.folder / "static").symlink_to(like.folder / "static")

    @contextlib.contextmanager
    def running(self):
        """Serve with everything, until the block ends."""
        self.folder.joinpath("nginx").mkdir(exist_ok=True)
        text = example(EXAMPLE_NAMES[0])
        with front_server(
            text, self.folder / "nginx", self.kept, application=self.port, host="localhost"
        ) as self.front:
            self.start()
            try:
                yield self
            finally:
                self.kill()

    def start(self):
        """Start server and worker."""
        gunicorn = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
        commands = [
            [*gunicorn, "--bind", f"127.0.0.1:{self.port}", "clinic.wsgi"],
            [sys.executable, "manage.py", "consults_worker", "--pause", "0.5"],
        ]
        log = (self.folder / "serve.log").open("ab")
        self._programs = [
            # Each with its children in a group, so that none is left when it is killed.
            subprocess.Popen(c, env=self.environment, stdout=log, stderr=log, start_new_session=True)
            for c in commands
        ]
        log.close()
        wait_until_ready(f"http://127.0.0.1:{self.port}/-/ready", self._programs[0], log.name)

    def kill(self):
        """End server and worker without a word, as a power cut would."""
        for program in self._programs:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(program.pid, 9)
            program.wait(30)
        self._programs = []
