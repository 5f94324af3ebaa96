"""Databases that can be broken and healed: a SQLite file, and a PostgreSQL server of its own."""

import contextlib
import os
import signal
import sqlite3
import tempfile
from pathlib import Path

import psutil

from clinic.demo.split.postgresql import patiently, start_server


class SqliteFile:
    """A file in the site's folder."""

    name = "SQLite"

    def __init__(self, folder):
        self._path = folder / "db.sqlite3"
        self.url = f"sqlite:///{self._path}"

    def close(self):
        """Nothing runs, so nothing ends."""

    @contextlib.contextmanager
    def locked(self):
        """Hold the write lock, as a long transaction would."""
        with contextlib.closing(sqlite3.connect(self._path, isolation_level=None, timeout=60)) as holder:
            holder.execute("BEGIN EXCLUSIVE")
            yield
            holder.execute("ROLLBACK")

    @contextlib.contextmanager
    def read_only(self):
        """Let no transaction begin to write: its journal can't be made where a folder stands.

        Taking away the right to write would stop nobody who runs as root, as containers do.
        """
        journal = Path(f"{self._path}-journal")
        while True:
            # The journal of a transaction that is under way belongs to it.
            with contextlib.suppress(FileExistsError):
                journal.unlink(missing_ok=True) if _is_empty(journal) else None
                journal.mkdir()
                break
        yield
        journal.rmdir()

    @contextlib.contextmanager
    def gone(self):
        """Take the file away and bring it back in place of the empty one that was made meanwhile."""
        aside = self._path.with_suffix(".aside")
        self._path.rename(aside)
        yield
        aside.replace(self._path)

    # What these are on the other kind of database.
    away, missing = locked, gone


class PostgresServer:
    """A server in a folder of its own, since it is stopped, killed and frozen."""

    name = "PostgreSQL"

    def __init__(self, folder):
        self._folder = tempfile.TemporaryDirectory(prefix="clinic-fault-")
        self._server = start_server(Path(self._folder.name) / "data")
        self.url = self._server.get_uri().replace("postgresql://", "postgres://")

    def close(self):
        """Stop the server and remove its data."""
        self._server.cleanup()
        self._folder.cleanup()

    @contextlib.contextmanager
    def stopped(self):
        """Stop it at once, without a word to its clients (an immediate shutdown), and start it again."""
        master = psutil.Process(self._server.get_pid())
        master.send_signal(signal.SIGQUIT)
        master.wait(30)
        yield
        patiently(self._server.ensure_postgres_running)

    @contextlib.contextmanager
    def frozen(self):
        """Let every process of it stand still: connections stay open and nobody answers."""
        master = psutil.Process(self._server.get_pid())
        # The one that makes new ones first.
        processes = [master, *master.children()]
        for process in processes:
            _signal(process, signal.SIGSTOP)
        yield
        for process in processes:
            _signal(process, signal.SIGCONT)

    away = missing = stopped


def _signal(process, number):
    with contextlib.suppress(psutil.NoSuchProcess):
        os.kill(process.pid, number)


def _is_empty(path):
    return path.is_file() and path.stat().st_size == 0
