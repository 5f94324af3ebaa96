"""Two roles of PostgreSQL: the statements that make them what they should be, and a look at what they are."""

from collections import defaultdict
from typing import NamedTuple

from psycopg2.sql import SQL, Identifier

from clinic.database_rights import INTAKE, NOT_FOR_STAFF, STAFF, WHOLE

# What can be done to single columns, and to whole tables alone.
TO_COLUMNS = ["SELECT", "INSERT", "UPDATE", "REFERENCES"]
TO_TABLES = ["DELETE", "TRUNCATE", "TRIGGER"]

COLUMNS = """
SELECT relname, attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f')
AND attnum > 0 AND NOT attisdropped
"""
HELD = """
SELECT relname, right_to, attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
CROSS JOIN unnest(%s) AS right_to
WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f')
AND attnum > 0 AND NOT attisdropped AND has_column_privilege(pg_class.oid, attnum, right_to)
UNION ALL
SELECT relname, right_to, '' FROM pg_class CROSS JOIN unnest(%s) AS right_to
WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f')
AND has_table_privilege(pg_class.oid, right_to)
"""
# What goes beyond tables, each with its name.
BEYOND = """
SELECT rolsuper AS "everything, as a superuser",
    rolcreaterole AS "make roles",
    rolcreatedb AS "make databases",
    rolreplication AS "copy the whole server",
    rolbypassrls AS "pass over row security",
    EXISTS (SELECT FROM pg_auth_members WHERE member = pg_roles.oid) AS "what another role may",
    has_schema_privilege(current_schema(), 'CREATE') AS "make tables"
FROM pg_roles WHERE rolname = current_user
"""


class Held(NamedTuple):
    """One right: to a column, or to a whole table (no column)."""

    table: str
    right: str
    column: str = ""


def statements(connection, *, owner, staff, intake):
    """Return, in order, what to say to PostgreSQL, as the owner of the tables or a superuser."""
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        there = {table for table, _column in cursor.fetchall()}
        database = connection.settings_dict["NAME"]
        names = {
            "database": Identifier(database),
            "owner": Identifier(owner),
            "staff": Identifier(staff),
            "intake": Identifier(intake),
            "rights": SQL(", ".join(STAFF)),
        }
        templates = [*BEFORE, *_of_staff(there), *_of_intake(there)]
        return [SQL(text).format(**names, **more).as_string(cursor.cursor) for text, more in templates]


BEFORE = [
    (text, {})
    for text in (
        "REVOKE ALL ON DATABASE {database} FROM PUBLIC, {staff}, {intake}",
        "GRANT CONNECT ON DATABASE {database} TO {owner}, {staff}, {intake}",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC, {staff}, {intake}",
        "GRANT USAGE ON SCHEMA public TO {owner}, {staff}, {intake}",
        "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {staff}, {intake}",
        "REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, {staff}, {intake}",
        # What a migration makes from now on.
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public REVOKE ALL ON TABLES FROM {intake}",
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT {rights} ON TABLES TO {staff}",
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT USAGE ON SEQUENCES TO {staff}",
        "GRANT {rights} ON ALL TABLES IN SCHEMA public TO {staff}",
        "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {staff}",
    )
]


def _of_staff(there):
    for table, rights in NOT_FOR_STAFF.items():
        if table in there:
            text = f"REVOKE {', '.join(rights)} ON {{table}} FROM {{staff}}"
            yield text, {"table": Identifier(table)}


def _of_intake(there):
    for table, rights in INTAKE.items():
        for right, columns in rights.items() if table in there else ():
            named = "" if columns is WHOLE else " ({columns})"
            more = {"table": Identifier(table), "columns": SQL(", ").join(map(Identifier, columns or []))}
            yield f"GRANT {right}{named} ON {{table}} TO {{intake}}", more


def beyond_intake(connection) -> list[str]:
    """Return what the present role may do that the process for requests should not, in short phrases."""
    return [*_beyond_tables(connection), *_grouped(_held(connection) - _meant(connection))]


def short_of_intake(connection) -> list[str]:
    """Return what the present role lacks of what the process for requests needs."""
    return _grouped(_meant(connection) - _held(connection))


def _held(connection):
    with connection.cursor() as cursor:
        cursor.execute(HELD, [TO_COLUMNS, TO_TABLES])
        return {Held(*row) for row in cursor.fetchall()}


def _meant(connection):
    columns = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        for table, column in cursor.fetchall():
            columns[table].append(column)
    return {
        Held(table, right, column)
        for table, rights in INTAKE.items()
        for right, named in rights.items()
        for column in (columns[table] if named is WHOLE else named)
        if table in columns
    }


def _beyond_tables(connection):
    with connection.cursor() as cursor:
        cursor.execute(BEYOND)
        found = dict(zip([column.name for column in cursor.description], cursor.fetchone(), strict=True))
    return [what for what, is_so in found.items() if is_so]


def _grouped(held):
    return sorted({f"{each.right} {each.table}" for each in held})
