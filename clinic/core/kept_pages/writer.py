"""Writing kept pages: the worker's part. One generation after another, each whole or not at all."""

import gzip
import importlib.util
import logging
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.core.cache import caches
from django.template.loader import render_to_string

from clinic.core import generation
from clinic.core.context_processors import clinic_facts
from clinic.core.facts import FACTS

from . import folders
from .addresses import kept_addresses
from .rendering import render

logger = logging.getLogger(__name__)

# The worker has other duties: it goes on with the rest in its next round.
SECONDS_AT_ONCE = 5.0
# What is over by a day's end, such as a week of other hours, goes from the pages by then.
LONGEST_SECONDS = 24 * 60 * 60
# Shown by the front server where the application doesn't answer; not one of a generation, it always holds.
UNAVAILABLE = "unavailable.html"


@dataclass
class Writing:
    """A folder that is being filled: for which generation, what waits, and how many bytes it has."""

    number: int
    folder: Path
    waiting: list
    size: int = 0


@dataclass
class Writer:
    """Keeps the files up with the generation, a while at each call."""

    writing: Writing | None = None
    # Which folder this process finished. One of before it started may come from an older release.
    finished: Path | None = None
    finished_at: float = 0

    def go_on(self) -> None:
        """Do what is due for some seconds. Raises django.db.Error, or OSError on a full disk."""
        number = generation.current()
        folders.unlink_other_than(number)
        if self.finished and self._holds(number):
            return
        if self.writing is None or self.writing.number != number:
            self._begin(number)
        self._write_some()
        # Of another generation by now: nobody will see it.
        if not self.writing.waiting and generation.current() == number:
            self._finish()

    def _holds(self, number):
        """Whether the last writing is of this generation; then its link is renewed, if it is gone."""
        is_old = time.monotonic() - self.finished_at > LONGEST_SECONDS
        if is_old or folders.number_of(self.finished) != number or not self.finished.is_dir():
            return False
        if folders.linked() != self.finished:
            folders.link(self.finished)
        return True

    def _begin(self, number):
        _forget_what_is_remembered()
        self.writing = None
        folders.sweep()
        FACTS.refresh()
        addresses = kept_addresses()
        _write(folders.home() / UNAVAILABLE, _unavailable())
        self.writing = Writing(number, folders.new_folder(number), addresses)

    def _write_some(self):
        writing, until = self.writing, time.monotonic() + SECONDS_AT_ONCE
        while writing.waiting and time.monotonic() < until:
            if writing.size > settings.KEPT_PAGES_MAX_BYTES:
                logger.warning("kept pages: %d are not kept, the folder is full", len(writing.waiting))
                writing.waiting.clear()
                return
            self._write_page(writing.waiting[0])
            writing.waiting.pop(0)

    def _write_page(self, address):
        path = folders.file_of(self.writing.folder, address)
        content = render(address) if path else None
        if content is None:
            return
        self.writing.size += _write(path, content)

    def _finish(self):
        folders.link(self.writing.folder)
        self.finished, self.finished_at = self.writing.folder, time.monotonic()
        self.writing = None
        folders.sweep()


def _forget_what_is_remembered():
    """What this process remembers of sites and renditions may be of before the change."""
    for name in ("default", "renditions"):
        caches[name].clear()


def _unavailable():
    return render_to_string("503.html", {**clinic_facts(None), "for_keeping": True}).encode()


def _write(path, content):
    """Put a page beside its packed forms, each in one step; return how many bytes they are."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for parent in path.parents:
        if parent == folders.home():
            break
        parent.chmod(0o755)
    forms = {"": content, ".gz": gzip.compress(content, mtime=0)}
    if importlib.util.find_spec("brotli"):
        import brotli

        forms[".br"] = brotli.compress(content)
    return sum(_put(path.with_name(path.name + ending), form) for ending, form in forms.items())


def _put(path, content):
    with NamedTemporaryFile(dir=path.parent, prefix=".new", delete=False) as file:
        draft = Path(file.name)
        try:
            file.write(content)
            file.flush()
            draft.chmod(0o644)
            draft.replace(path)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
    return len(content)


_writer = Writer()


def keep_pages() -> None:
    """Keep the files of the public pages up with what the database says; the worker's step."""
    _writer.go_on()
