"""Triggers that start a new generation: on every table that can show in public, and on its columns that can.

Signals would miss ``.update()``, moves in the tree and whatever is written by hand. A draft, its autosaving
and the locks of editors change columns that no visitor sees, so they start nothing.

The names of the triggers hold a hash of what they do: a missing and an outdated one are found by name. Every
migration takes them off first, since a column can't be dropped under them, and puts them on again at its end.
"""

import hashlib
from dataclasses import dataclass

from django.apps import apps
from django.db import connections
from modelcluster.fields import ParentalKey
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.settings.registry import registry as settings_registry
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Comment,
    Page,
    PageViewRestriction,
    Site,
)
from wagtail.snippets.models import get_snippet_models

from .generation import counting
from .models import Generation

PREFIX = "generation_"
FUNCTION = "start_generation"
# What editors do among themselves; and a page's place is its path, whatever number of children it has.
UNSEEN = {
    "draft_title",
    "latest_revision",
    "latest_revision_created_at",
    "has_unpublished_changes",
    "go_live_at",
    "expire_at",
    "locked",
    "locked_at",
    "locked_by",
    "owner",
    "numchild",
}


@dataclass(frozen=True)
class Trigger:
    """What starts a generation: an event on a table, under a condition of the row (none: always)."""

    table: str
    event: str
    condition: str = ""

    @property
    def name(self):
        """Another one as soon as it does something else."""
        told = f"{self.table} {self.event} {self.condition}"
        return PREFIX + hashlib.sha256(told.encode()).hexdigest()[:20]


def put_on(using="default") -> bool:
    """Make what is missing, remove what is outdated, and return whether there is a number to count up.

    Raises django.db.Error.
    """
    connection = connections[using]
    found, wanted = _found(connection), {trigger.name: trigger for trigger in _wanted(connection)}
    outdated = {name: table for name, table in found.items() if name not in wanted}
    with connection.cursor() as cursor:
        for statement in _dropping(connection, outdated):
            cursor.execute(statement)
        if connection.vendor == "postgresql" and wanted:
            cursor.execute(_function())
        for name in wanted.keys() - found.keys():
            cursor.execute(_making(connection, wanted[name]))
    return bool(wanted)


def take_off(using="default") -> None:
    """Remove them all. Raises django.db.Error."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for statement in _dropping(connection, _found(connection)):
            cursor.execute(statement)


def missing(using="default") -> list[str]:
    """Return the tables whose changes would not start a generation. Raises django.db.Error."""
    connection = connections[using]
    found = _found(connection)
    return sorted({trigger.table for trigger in _wanted(connection) if trigger.name not in found})


def public_models() -> set:
    """Return the models whose rows can show in public, but what has one function alone that changes it."""
    pages = {model for model in apps.get_models() if issubclass(model, Page)}
    kept_for_some = {Collection, CollectionViewRestriction, PageViewRestriction}
    files = {get_image_model(), get_document_model()}
    mains = pages | kept_for_some | files | {Site, Redirect}
    mains |= set(get_snippet_models()) | set(settings_registry)
    return mains | _parts_of(mains) - {Comment}


def _parts_of(mains):
    """Return what is edited as part of these, such as the hours of a place, and their choices of several."""
    parts = {model for model in apps.get_models() if _belongs_to(model, mains)}
    chosen = {field.remote_field.through for model in mains for field in model._meta.local_many_to_many}
    # Tags of pictures are for editors.
    return parts | {through for through in chosen if through._meta.auto_created}


def _belongs_to(model, mains):
    fields = model._meta.local_fields
    return any(isinstance(field, ParentalKey) and field.related_model in mains for field in fields)


def _wanted(connection):
    columns = _columns(connection)
    if Generation._meta.db_table not in columns:
        return []
    models = [model for model in public_models() if model._meta.managed and model._meta.db_table in columns]
    wanted = [trigger for model in models for trigger in _of(model, columns[model._meta.db_table])]
    renditions = get_image_model().get_rendition_model()._meta.db_table
    # A new one shows with the page that asked for it; a file that is gone is missing on pages.
    return wanted + ([Trigger(renditions, "DELETE")] if renditions in columns else [])


def _of(model, there):
    table = model._meta.db_table
    seen = [
        field.column
        for field in model._meta.local_concrete_fields
        if field.name not in UNSEEN and field.column in there
    ]
    differs = [f'OLD."{column}" IS DISTINCT FROM NEW."{column}"' for column in seen]
    changed = f"({' OR '.join(differs)})"
    if model is Page:
        yield Trigger(table, "INSERT", "NEW.live")
        yield Trigger(table, "DELETE", "OLD.live")
        yield Trigger(table, "UPDATE", f"(OLD.live OR NEW.live) AND {changed}")
        return
    yield Trigger(table, "UPDATE", changed)
    # A page's own table gains and loses its rows with the one of all pages.
    if not issubclass(model, Page):
        yield Trigger(table, "INSERT")
        yield Trigger(table, "DELETE")


def _making(connection, trigger):
    when = f"WHEN ({trigger.condition}) " if trigger.condition else ""
    head = f'CREATE TRIGGER {trigger.name} AFTER {trigger.event} ON "{trigger.table}" FOR EACH ROW {when}'
    if connection.vendor == "postgresql":
        return f"{head}EXECUTE FUNCTION {FUNCTION}()"
    # An older SQLite knows the longer words for it not yet.
    return f"{head.replace('IS DISTINCT FROM', 'IS NOT')}BEGIN {counting('sqlite')}; END"


def _function():
    """Count once a transaction: others see the number only when all of it is there."""
    return f"""
        CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF current_setting('clinic.generation_of', true) IS DISTINCT FROM txid_current()::text THEN
                PERFORM set_config('clinic.generation_of', txid_current()::text, true);
                {counting("postgresql")};
            END IF;
            RETURN NULL;
        END $$"""


def _dropping(connection, triggers):
    for name, table in triggers.items():
        yield (
            f'DROP TRIGGER {name} ON "{table}"'
            if connection.vendor == "postgresql"
            else f"DROP TRIGGER {name}"
        )


def _found(connection):
    """Return names and tables of our triggers that are there and not switched off."""
    with connection.cursor() as cursor:
        cursor.execute(FOUND[connection.vendor], [f"{PREFIX}%"])
        return dict(cursor.fetchall())


def _columns(connection):
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS[connection.vendor])
        columns = {}
        for table, column in cursor.fetchall():
            columns.setdefault(table, set()).add(column)
        return columns


FOUND = {
    "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s",
    "postgresql": (
        "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
        "WHERE tgname LIKE %s AND tgenabled IN ('O', 'A') AND pg_table_is_visible(tgrelid)"
    ),
}
COLUMNS = {
    "sqlite": (
        "SELECT tables.name, columns.name FROM sqlite_master AS tables, "
        "pragma_table_info(tables.name) AS columns WHERE tables.type = 'table'"
    ),
    "postgresql": (
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()"
    ),
}
