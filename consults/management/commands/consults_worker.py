"""`manage.py consults_worker`: empties spool and outbox, until it is told to stop."""

import logging
import signal
import threading
import time
from datetime import timedelta

import django.db
from django.core.management.base import BaseCommand

from clinic.core.database_deadline import keep_deadline
from clinic.core.snapshots import refresh_snapshots
from consults import audit, workflow
from consults.models import Heartbeat
from consults.notices.digest import queue_digest
from consults.notices.escalation import queue_escalations
from consults.notices.outbox import send_due

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_HEADS = 600
SECONDS_BETWEEN_PURGES = 3600
SECONDS_BETWEEN_SNAPSHOTS = 60
A_DAY = timedelta(days=1)


class Command(BaseCommand):
    """The worker beside the server."""

    # Nothing is published, compared or removed before the first pass.
    _next_head = _next_purge = _next_snapshots = 0

    help = "Bring spooled requests into the database, send their notices, tell the owner of those that wait."

    def add_arguments(self, parser):
        """Take the pause between two looks, and whether to look only once."""
        parser.add_argument("--pause", type=float, default=2.0, help="seconds between two looks")
        parser.add_argument("--once", action="store_true", help="look once and end")

    def handle(self, *, pause, once, **options):
        """Look, send, rest; a database that is away is waited for."""
        keep_deadline()
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
        django.db.close_old_connections()
        try:
            self._replay()
            self._publish_head()
            queue_escalations()
            queue_digest()
            send_due()
            workflow.forget_networks()
            self._purge()
            self._refresh_snapshots()
            Heartbeat.beat(Heartbeat.Name.WORKER)
        except django.db.Error as error:
            logger.warning("worker: the database is away: %s", type(error).__name__)

    def _publish_head(self):
        """Write down how far the audit goes, now and then."""
        if time.monotonic() < self._next_head:
            return
        self._next_head = time.monotonic() + SECONDS_BETWEEN_HEADS
        try:
            audit.publish_head()
        except (OSError, ValueError) as error:
            logger.critical("worker: the head of the audit can't be written: %s", type(error).__name__)

    def _refresh_snapshots(self):
        """Renew what pages show without a database, where a change didn't reach it."""
        if time.monotonic() < self._next_snapshots:
            return
        self._next_snapshots = time.monotonic() + SECONDS_BETWEEN_SNAPSHOTS
        try:
            refresh_snapshots()
        except OSError as error:
            logger.critical("worker: old facts stay, VAR_DIR can't be written: %s", type(error).__name__)

    def _purge(self):
        """Remove old contents once a day; a number that is unusual waits for a person."""
        if time.monotonic() < self._next_purge:
            return
        self._next_purge = time.monotonic() + SECONDS_BETWEEN_PURGES
        if Heartbeat.silences().get(Heartbeat.Name.PURGE, A_DAY) < A_DAY:
            return
        try:
            workflow.purge_due()
        except workflow.TooMany as unusual:
            logger.critical("worker: the contents of %d requests are due, see consults_purge", unusual.number)
        except audit.AuditProblem:
            logger.critical("worker: old contents stay, since the audit can't be written")
        else:
            Heartbeat.beat(Heartbeat.Name.PURGE)

    def _replay(self):
        """Empty the spool; a folder that can't be read must not hold up the mail."""
        try:
            workflow.replay_spool()
        except OSError as error:
            logger.critical("worker: the spool can't be emptied: %s", type(error).__name__)
