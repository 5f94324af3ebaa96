"""Empty databases that are migrated once, and copied by the processes of the suite that need one."""

import contextlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from tests.postgresql import run_sql


@contextlib.contextmanager
def migrated_databases(postgresql_url):
    """Make one of each kind, and yield the variables that name them, for SQLite and for PostgreSQL.

    Raises subprocess.CalledProcessError where one can't be migrated.
    """
    name = f"clinic_migrated_{os.getpid()}"
    with tempfile.TemporaryDirectory(prefix="clinic-migrated-") as folder:
        file = Path(folder) / "migrated.sqlite3"
        run_sql(postgresql_url, f"CREATE DATABASE {name}")
        try:
            _migrate(f"sqlite:///{file}", urlsplit(postgresql_url)._replace(path=f"/{name}").geturl())
            yield {"MIGRATED_SQLITE": str(file)}, {"MIGRATED_POSTGRESQL": name}
        finally:
            run_sql(postgresql_url, f"DROP DATABASE {name} WITH (FORCE)")


def _migrate(*urls):
    command = [sys.executable, "manage.py", "migrate", "--skip-checks", "--verbosity", "0"]
    settings = {**os.environ, "DJANGO_SETTINGS_MODULE": "clinic.settings.test"}
    programs = [subprocess.Popen(command, env={**settings, "DATABASE_URL": url}) for url in urls]
    for program in programs:
        if status := program.wait():
            raise subprocess.CalledProcessError(status, command)
