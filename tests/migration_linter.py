"""Whether the release before can live with each migration: `python -m tests.migration_linter`.

A kept linter reads their SQL as PostgreSQL gets it. That of SQLite says little, since there Django makes a
table anew for almost every column. pyproject.toml says which migrations are left out.
"""

import os

import django
from django.core.management import call_command

from tests.postgresql import postgresql_server


def lint():
    """Print what the release before could not live with; the exit status is 0 where there is nothing."""
    django.setup()
    # By its class: as an installed app it would stand in the way of `makemigrations`.
    from django_migration_linter.management.commands.lintmigrations import Command

    # No cache: it would lie in the home folder.
    call_command(Command(), no_cache=True, quiet=["ok", "ignore", "warning"])


if __name__ == "__main__":
    with postgresql_server() as url:
        os.environ.update(DJANGO_SETTINGS_MODULE="clinic.settings.test", DATABASE_URL=url)
        lint()
