"""Running steps by their clocks, each for itself."""

import logging
import time
from datetime import timedelta

import django.db
from django.db import connection

from consults.models import Heartbeat

logger = logging.getLogger(__name__)

# How long a step that failed is left alone: its own pause within these bounds.
SHORTEST_REST, LONGEST_REST = timedelta(seconds=10), timedelta(hours=1)


class Rounds:
    """Goes through steps again and again and does what is due by the database's clock."""

    def __init__(self, steps):
        self._steps = steps
        self._are_expected = False
        # Until when a step that failed is left alone, by the clock of this process.
        self._rests_until = {}

    def go(self):
        """Go through once. Raises django.db.Error while the database is away."""
        if not self._are_expected:
            Heartbeat.expect([(step.name, step.label, step.every) for step in self._steps])
            self._are_expected = True
        silences = Heartbeat.silences()
        worked = [step.name for step in self._steps if self._is_due(step, silences) and self._works(step)]
        # At once for all: a round is one write more, not one for each step.
        Heartbeat.beat(Heartbeat.Name.WORKER, *worked)

    def _is_due(self, step, silences):
        if time.monotonic() < self._rests_until.get(step.name, 0):
            return False
        # A sign from the future, after the database's clock was set back, says nothing.
        return not timedelta() <= silences.get(step.name, step.every) < step.every

    def _works(self, step):
        try:
            step.run()
        # Whatever it is, a mistake of ours included: the other steps go on.
        except Exception as error:
            # The name of its class alone: its text may repeat an address.
            logger.critical("worker: step %s failed: %s", step.name, type(error).__name__)
            rest = min(max(step.every, SHORTEST_REST), LONGEST_REST)
            self._rests_until[step.name] = time.monotonic() + rest.total_seconds()
            if isinstance(error, django.db.Error):
                _ask_database()
            return False
        return True


def _ask_database():
    """Raise django.db.Error where not the step was at fault: then every other one would fail too."""
    django.db.close_old_connections()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
