"""Looking whether the kept pages still hold, and taking them away where they don't.

Once a second in a thread, never inside a visitor's request; and by whoever has changed something, before it
says so. While the database is away the pages of the last generation hold on: nobody can have changed them.
"""

import contextlib
import logging
import threading

import django.db
from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from clinic.core import generation
from clinic.core.facts import FACTS, read_facts

from . import folders, visits

logger = logging.getLogger(__name__)

SECONDS_BETWEEN = 1.0


class Watch:
    """What one process knows: which folder it may answer from. None: from no one."""

    def __init__(self):
        self.folder = None
        self._number = None
        self._looking = threading.Lock()

    @property
    def number(self) -> int | None:
        """The generation seen last; None before the first look."""
        return self._number

    def start(self) -> None:
        """Look now, and from now on: so the first visitor gets a page, also where the database is away."""
        self._look_once()
        threading.Thread(target=self._run, name="kept-pages", daemon=True).start()

    def folder_now(self):
        """Return the folder to answer from; None once another process has taken the link to it away."""
        folder = self.folder
        if folder is None or folders.linked_name() == folder.name:
            return folder
        # It saw a change that this one has not seen yet.
        self.folder = None
        forget_what_is_remembered()
        return None

    def look(self) -> bool:
        """Compare the files with the number in the database; return whether it could be read."""
        with self._looking:
            # First: a folder that is exchanged after this look is a newer one.
            folder = folders.linked()
            try:
                number = generation.current()
            except django.db.Error:
                # A later number than this process knows was right when the worker linked it.
                holds = folder is not None and folders.number_of(folder) >= (self._number or 0)
                self.folder = folder if holds else None
                return False
            holds = folder is not None and folders.number_of(folder) == number and _still_holds(folder)
            if folder and not holds:
                _unlink(number if folders.number_of(folder) != number else None)
            # Before anything of this generation is made or handed out.
            self._note(number)
            self.folder = folder if holds else None
            return True

    def _note(self, number):
        """Forget what was remembered of the generation before."""
        if number == self._number:
            return
        forget_what_is_remembered()
        self._number = number
        if settings.CONSULTS_ROLE != "intake":
            with contextlib.suppress(OSError, django.db.Error):
                FACTS.refresh()

    def _run(self):
        pause = threading.Event()
        while True:
            pause.wait(SECONDS_BETWEEN)
            self._look_once()

    def _look_once(self):
        django.db.close_old_connections()
        try:
            self.look()
            visits.store()
        # Whatever it is: without a look nothing kept may be handed out.
        except Exception as error:
            self.folder = None
            logger.critical("kept pages: not looked at: %s", type(error).__name__)


def forget_what_is_remembered() -> None:
    """What this process remembers of sites and renditions may be of before a change."""
    for name in ("default", "renditions"):
        caches[name].clear()


def withdraw_old() -> bool:
    """Take the files away if something public has changed; return whether that could be found out.

    For whoever changed something, before saying so. Where there never were files, nothing is asked.
    """
    return WATCH.look() if folders.home().is_dir() else True


def withdraw_after_command() -> None:
    """The same for a command; some of them know no database."""
    with contextlib.suppress(ImproperlyConfigured):
        withdraw_old()


def withdraw_all() -> None:
    """Take the files away, where nobody can say whether they are old."""
    _unlink(None)


def _unlink(number):
    """Take away what shows another generation. Where this process may not, the worker does."""
    try:
        folders.unlink_other_than(number)
    except OSError as error:
        if settings.CONSULTS_ROLE != "intake":
            logger.critical("kept pages: old ones can't be taken away: %s", type(error).__name__)


def _still_holds(folder):
    """With a day something may end that a page says, such as a fee; a notice does so at its minute."""
    about = folders.about(folder)
    return about is not None and about.holding == what_holds()


def what_holds() -> str:
    """Return what pages say by the clock: the day, and the notice above them. No query."""
    notice = read_facts().notice
    return f"{timezone.localdate().isoformat()} {notice.key if notice else ''}".rstrip()


WATCH = Watch()
