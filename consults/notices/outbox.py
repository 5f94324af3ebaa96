"""Sending what lies in the outbox: at least once, with patience, and never in a request's way."""

import logging
import random
from datetime import timedelta
from smtplib import SMTPException

from django.utils import timezone

from consults.models import OutboxMessage

from .mail import compose

logger = logging.getLogger(__name__)

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
# After this a person has to look; the mail server has had two days.
GIVE_UP_AFTER = timedelta(hours=48)
BATCH = 50


def send_due() -> int:
    """Send what is due and return how many mails went out."""
    now = timezone.now()
    sent = 0
    for message in OutboxMessage.objects.due(now)[:BATCH]:
        if OutboxMessage.objects.lease(message, timezone.now()):
            message.refresh_from_db()
            sent += _attempt(message)
    return sent


def _attempt(message):
    """Try once. The row is written after the attempt, never around it."""
    try:
        compose(message).send()
    except (SMTPException, OSError) as error:
        _postpone(message, type(error).__name__)
        return False
    message.sent_at = timezone.now()
    message.lease_until = None
    message.save(update_fields=["sent_at", "lease_until"])
    return True


def _postpone(message, error):
    now = timezone.now()
    message.last_error = error
    message.lease_until = None
    message.next_attempt_at = now + wait_before(message.attempts)
    if now - message.created_at >= GIVE_UP_AFTER:
        message.dead_at = now
    message.save(update_fields=["last_error", "lease_until", "next_attempt_at", "dead_at"])
    logger.warning("outbox: attempt %d of notice %s failed: %s", message.attempts, message.pk, error)


def wait_before(attempts: int) -> timedelta:
    """Return the pause after so many attempts: doubling, at most an hour, spread by a fifth."""
    pause = min(FIRST_WAIT * 2 ** min(attempts, 10), LONGEST_WAIT)
    return pause * random.uniform(1, 1.2)  # noqa: S311
