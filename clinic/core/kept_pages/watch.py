"""Looking once a second whether the kept pages still hold: in a thread, never inside a visitor's request.

While the database is away the pages of the last generation hold on: nobody can have changed anything there.
"""

import contextlib
import logging
import threading

import django.db
from django.conf import settings
from django.core.cache import caches

from clinic.core import generation
from clinic.core.facts import FACTS

from . import folders

logger = logging.getLogger(__name__)

SECONDS_BETWEEN = 1.0


class Watch:
    """What one process knows: which folder it may answer from. None: from no one."""

    def __init__(self):
        self.folder = None
        self._number = None

    @property
    def number(self) -> int | None:
        """The generation seen last; None before the first look."""
        return self._number

    def start(self) -> None:
        """Look from now on."""
        threading.Thread(target=self._run, name="kept-pages", daemon=True).start()

    def look(self) -> None:
        """Compare the files with the number in the database. Never raises."""
        # First: a folder that is exchanged after this look is a newer one.
        folder = folders.linked()
        try:
            number = generation.current()
        except django.db.Error:
            self.folder = folder if self._number is None else self._still(folder)
            return
        if number != self._number:
            self._note(number)
        self.folder = folder if folder and folders.number_of(folder) == number else None
        if folder and not self.folder:
            # Where this process may not, the worker does.
            with contextlib.suppress(OSError):
                folders.unlink_other_than(number)

    def _still(self, folder):
        return folder if folder and folders.number_of(folder) == self._number else None

    def _note(self, number):
        """Forget what was remembered of the generation before."""
        for name in ("default", "renditions"):
            caches[name].clear()
        if settings.CONSULTS_ROLE != "intake" and self._number is not None:
            with contextlib.suppress(OSError, django.db.Error):
                FACTS.refresh()
        self._number = number

    def _run(self):
        pause = threading.Event()
        while True:
            django.db.close_old_connections()
            try:
                self.look()
            # Whatever it is: without a look nothing kept may be handed out.
            except Exception as error:
                self.folder = None
                logger.critical("kept pages: not looked at: %s", type(error).__name__)
            pause.wait(SECONDS_BETWEEN)


WATCH = Watch()
