"""Options that make both databases keep every acknowledged request."""

import sqlite3

# SQLite before 3.51.3 can corrupt a database in WAL mode when the log is reset, so the
# rollback journal is used there: slower at the tail, never wrong.
_journal = "WAL" if sqlite3.sqlite_version_info >= (3, 51, 3) else "TRUNCATE"

SQLITE_OPTIONS = {
    # Take the write lock at the start: a deferred transaction that upgrades later fails
    # with "database is locked" instead of waiting for its turn.
    "transaction_mode": "IMMEDIATE",
    # Seconds to wait for the lock; below every proxy's own time limit.
    "timeout": 5,
    "init_command": (
        f"PRAGMA journal_mode={_journal};"
        # FULL: an acknowledged commit survives a power cut.
        "PRAGMA synchronous=FULL;"
        "PRAGMA foreign_keys=ON;"
        # Deleted content is overwritten instead of staying in free pages.
        "PRAGMA secure_delete=ON;"
        # No trusted_schema=OFF: SQLite then refuses the JSON_VALID() in Django's own constraints.
    ),
}

POSTGRESQL_OPTIONS = {
    # Seconds. A database that doesn't answer must turn into a clear message, not a hung patient.
    "connect_timeout": 2,
    # Milliseconds: no statement of ours is slow, and no lock is worth a longer wait.
    "options": "-c statement_timeout=3000 -c lock_timeout=2000",
}


def with_safe_options(database):
    """Return a Django database entry completed with the options of its engine."""
    if database["ENGINE"].endswith("sqlite3"):
        return {**database, "OPTIONS": {**database.get("OPTIONS", {}), **SQLITE_OPTIONS}}
    return {
        **database,
        "OPTIONS": {**POSTGRESQL_OPTIONS, **database.get("OPTIONS", {})},
        # Opening a connection costs more than a page's queries; a stale one is noticed first.
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
