"""Which index holds now: the file of the present generation, or the best there is, and never a failure.

The worker writes the file. Where it lags behind on a small site, or there is no file at all, the process
that is asked writes it; one at a time, the others wait a moment. Where nothing can be written the process
keeps an index in memory.
"""

import contextlib
import fcntl
import logging
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from clinic.core import generation

from .building import SECONDS_AT_ONCE, Building, build_in_memory
from .index import Index

logger = logging.getLogger(__name__)

# Built while somebody waits only where that takes no longer than a slow page.
SMALL_SITE = 400
SECONDS_TO_WAIT = 2.0


class Keeper:
    """What one process knows of the index."""

    def __init__(self):
        self._lock = threading.Lock()
        self._opened: Index | None = None
        self._stamp: tuple = ()
        self._in_memory: Index | None = None

    def best(self, number: int) -> Index | None:
        """Return the index of a generation, or an older one that is worth asking; None where there is none.

        Raises django.db.Error.
        """
        index = self.ready()
        if index and index.generation == number:
            return index
        if index and index.size > SMALL_SITE and index is not self._in_memory:
            # The worker is at it.
            return index
        return self._built(number, index)

    def ready(self) -> Index | None:
        """Return the newest index there is, without making one. Never raises."""
        found = [index for index in (self._from_file(), self._in_memory) if index]
        return max(found, key=lambda index: index.generation, default=None)

    def forget(self) -> None:
        """Forget what is open; tests begin anew."""
        self._opened = self._in_memory = None
        self._stamp = ()

    def broken(self) -> None:
        """Throw a file away that could be opened and not be read."""
        logger.warning("search: the index can't be read and is made anew")
        with contextlib.suppress(OSError):
            path().unlink(missing_ok=True)
        self.forget()

    def _from_file(self):
        with self._lock:
            try:
                found = path().stat()
                stamp = (str(path()), found.st_mtime_ns, found.st_size, found.st_ino)
                if stamp != self._stamp:
                    self._opened, self._stamp = None, stamp
                    self._opened = Index.open(path())
            except OSError:
                self._opened, self._stamp = None, ()
            except (sqlite3.Error, ValueError):
                # Not looked at again before it is another file.
                self._opened = None
            return self._opened

    def _built(self, number, older):
        try:
            with _only_one() as is_ours:
                if not is_ours:
                    return self.ready() or older
                index = self.ready()
                # Another process was sooner. A number may also be lower, where a database was restored.
                if index and (index.generation == number or index is not older):
                    return index
                _build_now()
                self._in_memory = None
                return self.ready() or older
        except (OSError, sqlite3.Error) as error:
            logger.warning(
                "search: no index can be written (%s), one is kept in memory", type(error).__name__
            )
            return self._built_in_memory(number)

    def _built_in_memory(self, number):
        with self._lock:
            if self._in_memory is None or self._in_memory.generation != number:
                self._in_memory = build_in_memory()
            return self._in_memory


def path() -> Path:
    """Return where the file lies."""
    return settings.SEARCH_DIR / "index.sqlite3"


def _build_now():
    building = Building(path())
    # Once more where something was published in between; after that the next visitor's turn is soon enough.
    if building.go_on(float("inf")) and not path().exists():
        Building(path()).go_on(float("inf"))


@contextlib.contextmanager
def _only_one() -> Iterator[bool]:
    """Let one process at a time build; say whether it is ours to do so. Raises OSError."""
    settings.SEARCH_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.SEARCH_DIR / "lock").open("w") as file:
        yield _locked(file)


def _locked(file):
    until = time.monotonic() + SECONDS_TO_WAIT
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            if time.monotonic() > until:
                return False
            time.sleep(0.05)


KEEPER = Keeper()


class Upkeep:
    """The worker's part: the file of one generation after another, a while at each call."""

    def __init__(self):
        self._building: Building | None = None

    def go_on(self, seconds: float = SECONDS_AT_ONCE) -> None:
        """Do what is due. Raises django.db.Error, and OSError or sqlite3.Error on a full disk."""
        number = generation.current()
        if self._building and self._building.number != number:
            self._building.discard()
            self._building = None
        if self._building is None:
            index = KEEPER.ready()
            if index and index.generation == number and path().exists():
                return
            _sweep()
            self._building = Building(path())
        try:
            is_done = self._building.go_on(seconds)
        except BaseException:
            self._building = None
            raise
        if is_done:
            self._building = None


def _sweep():
    """Remove what a process that died left half written."""
    for draft in settings.SEARCH_DIR.glob(".new*"):
        with contextlib.suppress(OSError):
            if time.time() - draft.stat().st_mtime > 60:
                draft.unlink(missing_ok=True)


_upkeep = Upkeep()


def keep_index() -> None:
    """Keep the index up with what the database says; the worker's step."""
    _upkeep.go_on()
