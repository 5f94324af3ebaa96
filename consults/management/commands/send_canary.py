"""`manage.py send_canary`: sends a test request all the way and removes it, or says what is broken."""

import time
from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.db.models import Q
from django.db.models.functions import Now

from consults import workflow
from consults.enums import TimelineAction
from consults.management.canary_visit import VisitFailed, send_test_request
from consults.models import ConsultRequest, OutboxMessage

SECONDS_BETWEEN_LOOKS = 0.5
# Such as one that reached the database through the spool after its command had ended.
LEFT_BEHIND = timedelta(minutes=15)

ROW_MISSING = "The request was acknowledged, but it is not in the database: look at the spool and the worker."
NOT_A_TEST = (
    "The site took the test for a person's request: CONSULTS_TOKEN_KEY differs between the processes. "
    "Close request {} as a test."
)
EVENT_MISSING = "The request is in the database, but its timeline doesn't say that it was received."
NOT_QUEUED = "The request is in the database, but no notice was queued for it."
NOT_SENT = "The notice was not sent: the worker is stopped or the mail server is away{}."
DATABASE_AWAY = "The database could not be asked: {}."


class Command(BaseCommand):
    """The site's test of itself. A timer runs it; its silence shows in the admin."""

    help = "Send a test request through the real form, wait for its row and its notice, and remove it."
    requires_system_checks = []

    def add_arguments(self, parser):
        """Take where to send it and how long to wait."""
        parser.add_argument("--url", default=settings.SITE_URL, help="the site's address (SITE_URL)")
        parser.add_argument("--timeout", type=float, default=90.0, help="seconds to wait for the notice")

    def handle(self, *, url, timeout, **options):
        """Go the whole way; a failure is one line and a status other than 0."""
        try:
            reference = send_test_request(url)
            try:
                self._check(reference, deadline=time.monotonic() + timeout)
            finally:
                remove_tests(reference)
            workflow.note_canary_passed()
        except VisitFailed as failure:
            raise CommandError(str(failure)) from None
        except DatabaseError as error:
            raise CommandError(DATABASE_AWAY.format(type(error).__name__)) from None
        self.stdout.write("The test request went all the way and was removed.")

    def _check(self, reference, deadline):
        consult = self._wait_for(lambda: _request(reference), deadline)
        if consult is None:
            raise CommandError(ROW_MISSING)
        if not consult.is_canary:
            raise CommandError(NOT_A_TEST.format(reference))
        if not consult.timeline.filter(action=TimelineAction.SUBMIT).exists():
            raise CommandError(EVENT_MISSING)
        notice = _notices(reference).first()
        if notice is None:
            raise CommandError(NOT_QUEUED)
        if not self._wait_for(_notices(reference).filter(sent_at__isnull=False).exists, deadline):
            notice.refresh_from_db()
            raise CommandError(NOT_SENT.format(f" ({notice.last_error})" if notice.last_error else ""))

    def _wait_for(self, look, deadline):
        """Return what ``look`` finds, looking until the deadline and at least once."""
        while not (found := look()) and time.monotonic() < deadline:
            time.sleep(SECONDS_BETWEEN_LOOKS)
        return found


def remove_tests(reference):
    """Remove a test request, and what earlier ones left behind when they failed."""
    is_over = Q(reference=reference) | Q(created_at__lte=Now() - LEFT_BEHIND)
    for consult in ConsultRequest.objects.filter(is_over, is_canary=True).defer("envelope"):
        workflow.remove_canary(consult)


def _request(reference):
    return ConsultRequest.objects.filter(reference=reference).defer("envelope").first()


def _notices(reference):
    return OutboxMessage.objects.filter(reference=reference, recipient=OutboxMessage.Recipient.CANARY)
