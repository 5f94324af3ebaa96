"""`manage.py consults_worker`: empties spool and outbox, until it is told to stop."""

import logging
import signal
import threading

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from consults import workflow
from consults.models import Heartbeat
from consults.notices.outbox import send_due

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """The worker beside the server."""

    help = "Bring spooled requests into the database and send the notices of requests."

    def add_arguments(self, parser):
        """Take the pause between two looks, and whether to look only once."""
        parser.add_argument("--pause", type=float, default=2.0, help="seconds between two looks")
        parser.add_argument("--once", action="store_true", help="look once and end")

    def handle(self, *, pause, once, **options):
        """Look, send, rest; a database that is away is waited for."""
        stop = threading.Event()
        if not once:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: stop.set())
        while not stop.is_set():
            self._look()
            if once:
                break
            stop.wait(pause)

    def _look(self):
        close_old_connections()
        try:
            workflow.replay_spool()
            send_due()
            Heartbeat.beat(Heartbeat.Name.WORKER)
        except DatabaseError as error:
            logger.warning("worker: the database is away: %s", type(error).__name__)
