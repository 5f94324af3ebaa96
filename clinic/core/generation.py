"""The generation: one number for what the public sees at present.

Any change that can show in public starts a new one, whoever makes it and however: the database itself counts,
by the triggers of ``generation_triggers``. Whoever keeps something made of public content reads the number
before its first query, and throws away what it kept as soon as there is another one.
"""

from django.db import connection

# Not from the package: pages, which are models too, ask here.
from .models.generation import Generation

# Never a number twice: also where a restored copy of the database counts on from an older one, and where a
# clock was set back.
NEXT = {
    "sqlite": "max({table}.number + 1, CAST(strftime('%s', 'now') AS INTEGER))",
    "postgresql": "greatest({table}.number + 1, extract(epoch from clock_timestamp())::bigint)",
}


def current() -> int:
    """Return the number; 0 before the first change. One query. Raises django.db.Error."""
    return Generation.objects.values_list("number", flat=True).first() or 0


def start_new() -> None:
    """Start another generation, for a change that the database can't see, such as that of a template."""
    with connection.cursor() as cursor:
        cursor.execute(counting(connection.vendor).replace("%", "%%"), [])


def counting(vendor) -> str:
    """Return the statement that counts up; it makes the row where there is none."""
    table = Generation._meta.db_table
    following = NEXT[vendor].format(table=table)
    # Both names are ours.
    start = f"INSERT INTO {table} (id, number) VALUES (1, 1)"  # noqa: S608
    return f"{start} ON CONFLICT (id) DO UPDATE SET number = {following}"
