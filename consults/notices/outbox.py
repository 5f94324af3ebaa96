"""Sending what lies in the outbox: at least once, with patience, and never in a request's way."""

import logging
import random
import time
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException

import django.db

from consults import workflow
from consults.models import OutboxMessage

from .addresses import SHARED, addresses_of
from .bundles import take
from .mail import RecipientRemoved, compose

logger = logging.getLogger(__name__)

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
BATCH = 50
# A slow mail server must not keep the worker from the spool and from giving its sign of life (seconds).
LONGEST_PASS = 15
# From here on an answer of the mail server means: this won't do, not: later.
REFUSED = 500


def send_due() -> int:
    """Send what is due and return how many mails went out. Raises django.db.Error."""
    until = time.monotonic() + LONGEST_PASS
    _fan_out()
    sent = 0
    for message in list(OutboxMessage.objects.due()[:BATCH]):
        if time.monotonic() > until:
            break
        if rows := take(message):
            sent += _attempt(rows)
    return sent


def _fan_out():
    """Make one row for each address of what is due; a mail to nobody stays and says so when it is tried."""
    OutboxMessage.objects.rename_crisis()
    undivided = OutboxMessage.objects.due().filter(address_hash="", recipient__in=SHARED)
    for message in list(undivided[:BATCH]):
        if hashes := list(addresses_of(message)):
            OutboxMessage.objects.fan_out(message, hashes)


def _attempt(rows):
    """Try once to send the mail of these rows. They are written after the attempt, never around it."""
    try:
        compose(*rows).send()
    except django.db.Error:
        raise
    except workflow.NoLongerWanted:
        for row in rows:
            OutboxMessage.objects.bury(row)
        return False
    except RecipientRemoved:
        for row in rows:
            OutboxMessage.objects.drop_removed(row)
        return False
    # Whatever it is, a mistake of ours included: one row never holds up the others.
    except Exception as error:
        _postpone(rows, error)
        return False
    OutboxMessage.objects.mark_sent(*rows)
    return True


def _postpone(rows, error):
    # The name of its class alone: its text may repeat an address.
    name, attempts = type(error).__name__, max(row.attempts for row in rows)
    OutboxMessage.objects.postpone(
        *rows, wait=wait_before(attempts), error=name[:80], is_refused=_is_refusal(error)
    )
    logger.warning("outbox: attempt %d of notice %s failed: %s", attempts, rows[0].pk, name)


def _is_refusal(error):
    """Whether the mail server said that trying again won't help: a wrong password, an unknown address."""
    if isinstance(error, SMTPRecipientsRefused):
        return any(code >= REFUSED for code, _text in error.recipients.values())
    return isinstance(error, SMTPResponseException) and error.smtp_code >= REFUSED


def wait_before(attempts: int) -> timedelta:
    """Return the pause after so many attempts: doubling, at most an hour, spread by a fifth."""
    pause = min(FIRST_WAIT * 2 ** min(attempts, 10), LONGEST_WAIT)
    return pause * random.uniform(1, 1.2)  # noqa: S311
