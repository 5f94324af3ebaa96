"""What is asked of PostgreSQL: to keep what people write out of its log, and a process to its rights."""

from django.conf import settings
from django.core import checks
from django.db import connections

from .database_roles import beyond_intake, short_of_intake

# Also asked by the server at its start.
DATABASE_ROLE = "database_role"
# So many are named; a role with all rights would fill pages.
NAMED = 4

# What each setting may be, and what to set where it is something else. By default the server writes every
# statement that fails into its log, with all values, and the whole row that it refused.
QUIET = {
    "log_min_error_statement": (["log", "fatal", "panic"], "panic"),
    "log_error_verbosity": (["terse"], "terse"),
    "log_statement": (["none", "ddl"], "none"),
    "log_min_duration_statement": (["-1"], "-1"),
    "log_min_duration_sample": (["-1", None], "-1"),
    "log_transaction_sample_rate": (["0", None], "0"),
    "log_parameter_max_length_on_error": (["0", None], "0"),
}


@checks.register(checks.Tags.database)
def check_database_log(databases=None, **kwargs):
    """Name what has to be set. Only a superuser of the server can, so it can't be done here."""
    return [
        problem
        for alias in databases or []
        if connections[alias].vendor == "postgresql"
        for problem in _problems(connections[alias])
    ]


def _problems(connection):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, current_setting(name, true), current_user FROM unnest(%s) AS name", [list(QUIET)]
        )
        found = cursor.fetchall()
    orders = [
        f"ALTER ROLE \"{role}\" SET {name} = '{QUIET[name][1]}';"
        for name, value, role in found
        if value not in QUIET[name][0]
    ]
    if orders:
        yield checks.Warning(
            "PostgreSQL may write rows and statements of the site into its log, which nobody has sealed.",
            hint=f"Let its superuser say: {' '.join(orders)} Then restart the site.",
            id="clinic.W001",
        )


@checks.register(checks.Tags.database)
def check_generation(databases=None, **kwargs):
    """Name the tables whose changes would leave old pages standing."""
    # Models are there only when all checks are.
    from .generation_triggers import missing

    # A warning: an error would stop the very migrate that mends it.
    return [
        checks.Warning(
            f"Changes of {_some(tables)} would not show on the pages that are kept as files.",
            hint="Triggers of the database are missing. Run `manage.py migrate` as the owner of the tables.",
            id="clinic.W003",
        )
        for alias in databases or []
        if (tables := missing(alias))
    ]


@checks.register(checks.Tags.database, DATABASE_ROLE)
def check_role_of_intake(databases=None, **kwargs):
    """Compare what the process that takes requests in may do in the database with what it should."""
    if settings.CONSULTS_ROLE != "intake":
        return []
    return [
        problem
        for alias in databases or []
        if connections[alias].vendor == "postgresql"
        for problem in _problems_of_role(connections[alias])
    ]


def _problems_of_role(connection):
    hint = "Let the owner of the tables run `manage.py database_roles --apply`."
    if beyond := beyond_intake(connection):
        yield checks.Error(
            f"The database lets the process that takes requests in do more than it should: {_some(beyond)}.",
            hint=f"Whoever takes it over could use that. Give it a role of its own. {hint}",
            id="clinic.E001",
        )
    if short := short_of_intake(connection):
        yield checks.Error(
            f"The database keeps the process that takes requests in from what it needs: {_some(short)}.",
            hint=hint,
            id="clinic.E002",
        )


def _some(phrases):
    more = len(phrases) - NAMED
    return ", ".join(phrases[:NAMED]) + (f" and {more} more" if more > 0 else "")
