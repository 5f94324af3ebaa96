"""Adding a request and what belongs to it in as few round trips as the database allows.

PostgreSQL takes all rows in one statement, which is done whole or not at all; SQLite, which nobody has to
travel to, one statement after another in the transaction of the caller.
"""

from collections.abc import Sequence
from itertools import groupby

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model
from django.db.models.expressions import DatabaseDefault

from consults.models import ConsultRequest, TimelineEvent

# The key of the request that is added in the same statement.
NEW_KEY = "(SELECT id FROM made)"


def insert_request(consult: ConsultRequest, event: TimelineEvent, others: Sequence[Model]) -> None:
    """Insert a request, the first event of its timeline, and rows of other tables that name no key.

    The request gets its key; of what the database makes up for the others nothing is read back.
    Raises django.db.Error.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    groups = [[event], *(list(same) for _model, same in groupby(others, key=type))]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(*_one_statement(connection, consult, groups))
            consult.pk = cursor.fetchone()[0]
        else:
            cursor.execute(*_inserting(connection, [consult]))
            consult.pk = event.consult_id = cursor.lastrowid
            for rows in groups:
                cursor.execute(*_inserting(connection, rows))
    consult._state.adding = False


def _one_statement(connection, consult, groups):
    request, values = _inserting(connection, [consult])
    parts = [f"made AS ({request} RETURNING id)"]
    for number, rows in enumerate(groups):
        statement, more = _inserting(connection, rows)
        parts.append(f"part_{number} AS ({statement})")
        values += more
    return f"WITH {', '.join(parts)} SELECT id FROM made", values  # noqa: S608


def _inserting(connection, rows):
    """Return the statement that inserts rows of one table, and its values.

    What the database makes up is left to it. The names are ours; whatever somebody typed is a value.
    """
    fields = _given(rows[0])
    values, places = [], []
    for row in rows:
        places.append(f"({', '.join(_place(field, row) for field in fields)})")
        values += [
            field.get_db_prep_save(field.pre_save(row, add=True), connection)
            for field in fields
            if _place(field, row) != NEW_KEY
        ]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    return f'INSERT INTO "{rows[0]._meta.db_table}" ({columns}) VALUES {", ".join(places)}', values  # noqa: S608


def _given(row):
    """Return the fields that the row has a value for, or is to name the new request in."""
    return [
        field
        for field in row._meta.local_concrete_fields
        if not isinstance(value := getattr(row, field.attname), DatabaseDefault)
        and not (field.primary_key and value is None)
    ]


def _place(field, row):
    is_new = field.name == "consult" and getattr(row, field.attname) is None
    return NEW_KEY if is_new else "%s"
