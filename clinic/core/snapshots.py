"""Copies of what the database says, in small files that every process reads without it.

A change of one of the sources refreshes the copy as soon as it is there for everyone. That can fail, or
not happen at all: a full disk, a database that was restored. So the worker compares every copy with the
database and writes anew what differs, and `manage.py refresh_snapshots` does the same by hand.
"""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import django.db
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from modelcluster.fields import ParentalKey
from wagtail.signals import post_page_move

from .file_lock import locked
from .json_files import as_stored, write_json

logger = logging.getLogger(__name__)

_registered = []


@dataclass(frozen=True)
class Snapshot:
    """One copy: ``build`` asks the database, ``load`` makes of the stored value what readers use."""

    name: str
    # The Django setting that names the file.
    setting: str
    build: Callable
    load: Callable

    @property
    def path(self) -> Path:
        """Where the copy lies."""
        return getattr(settings, self.setting)

    def read(self):
        """Return what readers use; None where no copy can be read. Never raises, never queries."""
        try:
            found = self.path.stat()
            return _loaded(self, str(self.path), (found.st_mtime_ns, found.st_size, found.st_ino))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            # None yet, one of an older release, or a torn disk: the page must stand all the same.
            return None

    def write(self, value) -> None:
        """Put a value into the file in one step. Raises OSError when the folder can't be written."""
        write_json(self.path, value)

    def refresh(self) -> bool:
        """Compare the copy with the database, write it anew if they differ, and return whether they did.

        One process at a time: or one that looked earlier could write later.
        """
        with locked(self.path.with_suffix(".lock")):
            value = self.build()
            if self._stored() == as_stored(value):
                return False
            self.write(value)
            return True

    def refresh_soon(self) -> None:
        """Refresh the copy once the present change is there for everyone."""
        transaction.on_commit(self._refresh_or_say)

    def _refresh_or_say(self):
        """The change itself is stored: what goes wrong here must not look as if it were not."""
        try:
            self.refresh()
        except (OSError, django.db.Error) as error:
            logger.critical(
                "the copy of the %s is old and can't be written now (%s); the worker tries again",
                self.name,
                type(error).__name__,
            )

    def _stored(self):
        try:
            return json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None


@lru_cache(maxsize=8)
def _loaded(snapshot, path, stamp):
    """Read a file once for each time it changes; ``stamp`` tells one writing from another."""
    return snapshot.load(json.loads(Path(path).read_text(encoding="utf-8")))


def register_snapshot(snapshot: Snapshot, *, sources: tuple) -> None:
    """Keep a copy fresh: whatever happens to a source, or to a row that belongs to one, refreshes it.

    Another app may name further sources of the same copy.
    """
    if snapshot not in _registered:
        _registered.append(snapshot)

    def refresh(sender, **kwargs):
        snapshot.refresh_soon()

    for model in apps.get_models():
        if issubclass(model, sources) or _belongs_to(model, sources):
            for signal in (post_save, post_delete, post_page_move):
                signal.connect(refresh, sender=model, weak=False, dispatch_uid=f"{snapshot.name} {model}")


def refresh_snapshots() -> list[str]:
    """Compare every copy with the database and return the names of those that were written anew.

    Raises OSError when one can't be written, after having tried them all.
    """
    renewed, problem = [], None
    for snapshot in _registered:
        try:
            if snapshot.refresh():
                renewed.append(snapshot.name)
        except OSError as error:
            problem = error
    if problem:
        raise problem
    return renewed


def _belongs_to(model, sources):
    """Whether rows of ``model`` are edited as parts of a source, such as the hours of a place."""
    return any(
        isinstance(field, ParentalKey) and issubclass(field.related_model, sources)
        for field in model._meta.get_fields()
    )
