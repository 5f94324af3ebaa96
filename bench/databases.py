"""The databases to measure on; both wait for the disk, as in production."""

import contextlib

from tests.postgresql import postgresql_server


@contextlib.contextmanager
def sqlite_file(folder):
    """Yield the address of a file in this folder."""
    yield f"sqlite:///{folder / 'db.sqlite3'}"


@contextlib.contextmanager
def own_postgresql(folder):
    """Yield the address of a server of its own."""
    with postgresql_server(durable=True) as url:
        yield url


DATABASES = {"SQLite": sqlite_file, "PostgreSQL": own_postgresql}
