"""The copy by e-mail, asked for on the page after the form: one for each request, to the address it holds.

Whoever asks names neither address nor words. While the database is away, or the request still lies in the
spool, the wish waits there as an empty file that bears the reference.
"""

import logging
from datetime import UTC, datetime, timedelta

import django.db
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from consults.enums import CopyState, Status
from consults.models import ConsultRequest, OutboxMessage
from consults.spam.counting import may_be_sent_a_copy
from consults.spool import files
from consults.workflow.errors import CouldNotKeep

logger = logging.getLogger(__name__)

OFFERED_FOR = timedelta(days=1)
# Of these nobody will get in touch any more, and of these a person looks first.
ENDED = [Status.CONVERTED, Status.CLOSED]
SILENT = [Status.QUARANTINE, Status.SPAM]
# No more of the row than the database lets the process that takes requests in see.
COLUMNS = ("reference", "wants_copy", "status", "created_at", "email_index", "network")


class NotThere(Exception):
    """No such request is in the database, or not yet."""


def ask_for_copy(reference: str) -> CopyState:
    """Note that somebody wants the copy, and return how it stands; asked again, it is the same one.

    Raises CouldNotKeep where neither the database nor the spool takes the wish.
    """
    try:
        return _ask(reference, at=timezone.now())
    except (django.db.Error, NotThere) as error:
        logger.warning("intake: a wish for a copy waits in the spool: %s", type(error).__name__)
    try:
        files.keep_wish(settings.CONSULTS_SPOOL_DIR, reference)
    except files.SpoolProblem as problem:
        logger.critical("intake: the spool did not take a wish for a copy either: %s", problem)
        raise CouldNotKeep from None
    return CopyState.ASKED


def grant_wishes() -> int:
    """Take the wishes out of the spool whose requests are in the database; return how many were asked for.

    One whose request never comes is forgotten when nobody may ask any more. Raises django.db.Error.
    """
    granted = 0
    for path in files.wishes(settings.CONSULTS_SPOOL_DIR):
        at = datetime.fromtimestamp(files.modified(path), tz=UTC)
        try:
            granted += _ask(path.stem, at=at) == CopyState.ASKED
        except NotThere:
            if timezone.now() - at < OFFERED_FOR:
                continue
        files.discard(path)
    return granted


@transaction.atomic
def _ask(reference, *, at):
    """Note the wish in the row of the request; whoever asks at the same time waits, and finds it noted."""
    requests = ConsultRequest.objects.filter(reference=reference)
    consult = requests.only(*COLUMNS).first()
    if consult is None:
        raise NotThere
    if consult.wants_copy:
        return CopyState.ASKED
    if consult.email_index is None:
        return CopyState.NO_ADDRESS
    if at - consult.created_at > OFFERED_FOR or consult.status in ENDED:
        return CopyState.TOO_LATE
    if not may_be_sent_a_copy(
        email_index=consult.email_index, network=consult.network, since=consult.created_at
    ):
        return CopyState.TOO_MANY
    # What looks like spam sends no mail; a person who moves it into the queue sends the copy too.
    if requests.filter(wants_copy=False).update(wants_copy=True) and consult.status not in SILENT:
        kinds = OutboxMessage.Template, OutboxMessage.Recipient
        OutboxMessage.objects.create(
            template=kinds[0].PATIENT_COPY, recipient=kinds[1].PATIENT, reference=reference
        )
    return CopyState.ASKED
