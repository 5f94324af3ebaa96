"""Databases from before the first release, whose migrations are no longer there."""

from django.core.management.base import CommandError
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

# Every one of them had it; no other ever will.
MARK = ("core", "0002_editors")
REFUSAL = (
    "This database was made before release 0.1.0 and can't be brought up to it. "
    "The demo: `make demo-reset` makes a new one. Any other site: name an empty database in DATABASE_URL."
)


def refuse_older_database(using="default", **kwargs) -> None:
    """Stop before Django takes its tables for the new ones. Raises CommandError, django.db.Error."""
    if MARK in MigrationRecorder(connections[using]).applied_migrations():
        raise CommandError(REFUSAL)
