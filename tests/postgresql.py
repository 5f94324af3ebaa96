"""A real PostgreSQL for the tests, from a wheel, in a folder that goes with it."""

import contextlib
import os
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2

from clinic.demo.split.postgresql import start_server


@contextlib.contextmanager
def postgresql_server(*, durable=False):
    """Start a server that listens on a socket only and yield its DATABASE_URL."""
    with tempfile.TemporaryDirectory(prefix="clinic-pg-") as folder:
        server = start_server(Path(folder) / "data")
        try:
            if not durable:
                forget_durability(server)
            yield server.get_uri().replace("postgresql://", "postgres://")
        finally:
            server.cleanup()


def forget_durability(server):
    """Let the server skip the waiting for the disk: no test data needs to survive a power cut."""
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        server.psql(f"ALTER SYSTEM SET {setting} = off")
    server.psql("SELECT pg_reload_conf()")


@contextlib.contextmanager
def fresh_database():
    """Yield the DATABASE_URL of an empty database of its own on the server in force, if it is one."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield None
        return
    name = f"clinic_demo_{os.getpid()}"
    migrated = os.environ.get("MIGRATED_POSTGRESQL")
    run_sql(url, f"CREATE DATABASE {name}" + (f" TEMPLATE {migrated}" if migrated else ""))
    try:
        yield urlsplit(url)._replace(path=f"/{name}").geturl()
    finally:
        run_sql(url, f"DROP DATABASE {name} WITH (FORCE)")


def run_sql(url, statement):
    """Run one statement outside a transaction."""
    with contextlib.closing(psycopg2.connect(url)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
