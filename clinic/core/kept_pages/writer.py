"""Writing kept pages: the worker's part. One generation after another, what is read most first."""

import logging
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from clinic.core import generation, static_files
from clinic.core.context_processors import clinic_facts
from clinic.core.facts import FACTS

from . import folders
from .addresses import kept_addresses
from .packing import size_of, write_page
from .rendering import render, same_headers
from .visits import most_visited_first
from .watch import forget_what_is_remembered, what_holds

logger = logging.getLogger(__name__)

# The worker has other duties: it goes on with the rest in its next round.
SECONDS_AT_ONCE = 5.0
# Shown by the front server where the application doesn't answer; not one of a generation, it always holds.
UNAVAILABLE = "unavailable.html"


class CannotKeep(Exception):
    """No page can be kept as the site is now; the log says why."""


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

    def go_on(self, *, may_begin=True) -> None:
        """Do what is due for some seconds. Raises django.db.Error, OSError on a full disk, or CannotKeep.

        Without `may_begin` old files are taken away and a folder that is begun is filled, but none is begun.
        """
        number = generation.current()
        folders.unlink_other_than(number)
        if self._holds(number):
            return
        if not self._may_go_on(number):
            if not may_begin:
                return
            number = self._begin(number)
        if folders.linked() is None:
            _link(self.writing.folder)
        if self._write_some(number):
            self._finish()

    def _may_go_on(self, number):
        """Whether what is being written is of this generation, of what holds by the clock, and there."""
        writing = self.writing
        if writing is None or writing.number != number or not writing.folder.is_dir():
            return False
        return folders.about(writing.folder).holding == what_holds()

    def _holds(self, number):
        """Whether the last writing is of this generation and what holds by the clock; then its link is
        renewed, if it is gone.
        """
        folder = self.finished
        if folder is None or folders.number_of(folder) != number or not (folder / folders.FINISHED).exists():
            return False
        if folders.about(folder).holding != what_holds():
            return False
        if folders.linked() != folder:
            _link(folder)
        return True

    def _begin(self, number):
        """Make the next folder; it holds at once, unless an older one of this generation does."""
        used = [self.finished, self.writing and self.writing.folder]
        self.writing = None
        if any(folder and folders.number_of(folder) == number for folder in used):
            # A day or a notice is over, a notice begins, or somebody took the files away: never two contents
            # under one number.
            generation.start_new()
            number = generation.current()
            folders.unlink_other_than(number)
        folders.sweep()
        forget_what_is_remembered()
        FACTS.refresh()
        addresses = most_visited_first(kept_addresses())
        folders.make_home()
        folders.put(folders.home() / UNAVAILABLE, _unavailable())
        about = folders.About(what_holds(), frozenset(addresses), _shared_headers())
        self.writing = Writing(number, folders.new_folder(number, about), addresses)
        return number

    def _write_some(self, number):
        """Write pages for a while; return whether all are there."""
        writing, until = self.writing, time.monotonic() + SECONDS_AT_ONCE
        while writing.waiting and time.monotonic() < until:
            if generation.current() != number:
                # Nobody will see it.
                return False
            if writing.size > settings.KEPT_PAGES_MAX_BYTES:
                logger.warning("kept pages: %d are not kept, the folder is full", len(writing.waiting))
                writing.waiting.clear()
                break
            writing.size += _write_page(writing.folder, writing.waiting[0])
            writing.waiting.pop(0)
        return not writing.waiting

    def _finish(self):
        folder = self.writing.folder
        folders.put(folder / folders.FINISHED, b"")
        if folders.linked() != folder:
            _link(folder)
        self.finished, self.writing = folder, None
        folders.sweep()


def _write_page(folder, address):
    """Write one page, and return how many bytes it has; none where it can't be kept."""
    if not folders.may_be_kept(address):
        return 0
    if path := folders.written(folder, address):
        # A visitor asked for it first.
        return size_of(path)
    page = render(address)
    if page is None or not same_headers(page.headers, folders.about(folder).headers):
        return 0
    return write_page(folder, address, page)


def _link(folder):
    """Let a folder hold, unless something changed meanwhile; whoever takes it away asks for the same lock."""
    with folders.lock():
        if generation.current() == folders.number_of(folder):
            folders.link(folder)


def _shared_headers():
    """Return the headers of kept pages, from the one page that is always there."""
    page = render(reverse("get_help_now"))
    if page is None or not static_files.are_there():
        logger.critical("kept pages: none is written: the static files are missing, or Get help now fails")
        raise CannotKeep
    return page.headers


def _unavailable():
    return render_to_string("503.html", {**clinic_facts(None), "for_keeping": True}).encode()


_writer = Writer()


def keep_pages(*, may_begin: bool) -> None:
    """Keep the files of the public pages up with what the database says; see Writer.go_on."""
    _writer.go_on(may_begin=may_begin)
