"""`manage.py consults_worker`: does all that is periodic, until it is told to stop."""

import logging
import signal
import threading

import django.db
from django.core.management.base import BaseCommand

from clinic.core.database_deadline import keep_deadline
from consults.management.rounds import Rounds
from consults.management.steps import STEPS

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """The worker beside the server."""

    help = "Send mail, bring in spooled requests, publish pages on time, and do whatever else is periodic."

    def add_arguments(self, parser):
        """Take the pause between two looks, and whether to look only once."""
        parser.add_argument("--pause", type=float, default=2.0, help="seconds between two looks")
        parser.add_argument("--once", action="store_true", help="look once and end")

    def handle(self, *, pause, once, **options):
        """Look, work, rest; a database that is away is waited for."""
        keep_deadline()
        stop = threading.Event()
        if not once:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: stop.set())
        rounds = Rounds(STEPS)
        while not stop.is_set():
            self._look(rounds)
            if once:
                break
            stop.wait(pause)

    def _look(self, rounds):
        django.db.close_old_connections()
        try:
            rounds.go()
        except django.db.Error as error:
            logger.warning("worker: the database is away: %s", type(error).__name__)
