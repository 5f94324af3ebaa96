"""Whether PostgreSQL keeps what patients and staff write out of its own log."""

from django.core import checks
from django.db import connections

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
