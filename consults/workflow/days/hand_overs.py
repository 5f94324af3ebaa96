"""One shift hands over to the next: a sealed sentence, who wrote it, who read it and took over."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from consults import audit
from consults.enums import AuditAction
from consults.models import HandOver
from consults.permissions import can_change_requests, can_read_requests
from consults.sealing.envelope import EnvelopeProblem
from consults.sealing.hand_overs import open_hand_over, seal_hand_over
from consults.sealing.keys import KeyProblem, parse_sealing_key, parse_sealing_keys
from consults.workflow.errors import InvalidTransition, NotAllowed

logger = logging.getLogger(__name__)

# In characters.
LONGEST_HAND_OVER = 500
# So many stand before the next shift at once: those that were written first. The others come after them.
MOST_WAITING = 20
# So many earlier ones stand below them.
EARLIER = 10


@dataclass(frozen=True)
class OpenedHandOver:
    """A hand-over in clear; ``text`` is None where it doesn't open."""

    pk: str
    text: str | None
    author: str
    written_at: datetime
    taken_by: str
    taken_at: datetime | None


@dataclass(frozen=True)
class HandedOver:
    """What waits for the next shift, the oldest first, and what came before it, the newest first."""

    waiting: Sequence[OpenedHandOver]
    earlier: Sequence[OpenedHandOver]
    # Whether more wait than are shown at once.
    has_more: bool


@transaction.atomic
def hand_over(*, actor: User, text: str) -> HandOver:
    """Leave a sentence to the next shift; the same one twice is there once.

    Raises NotAllowed, AuditProblem, KeyProblem.
    """
    if not can_change_requests(actor):
        raise NotAllowed
    newest = HandOver.objects.newest_first().first()
    # A second tap, not a second sentence.
    if newest and (newest.written_by, newest.taken_at) == (actor, None) and _text_of(newest) == text:
        return newest
    written = HandOver(written_by=actor)
    public_key = parse_sealing_key(settings.CONSULTS_SEALING_PUBLIC_KEY)
    written.sealed = seal_hand_over(text, row=str(written.pk), public_key=public_key)
    written.save(force_insert=True)
    audit.append(AuditAction.NOTE, actor=actor, detail="left a message for the next shift")
    return written


@transaction.atomic
def take_over(keys: Iterable[UUID], *, actor: User) -> list[str]:
    """Note that somebody read these hand-overs and goes on from there; return who had written them.

    Of each the first one who says so stands. What isn't among them, a newer one for instance, waits on.
    Raises NotAllowed, InvalidTransition (none of them waits any more), AuditProblem.
    """
    if not can_change_requests(actor):
        raise NotAllowed
    read, now = HandOver.objects.filter(pk__in=keys), timezone.now()
    if not read.filter(taken_at=None).update(taken_by=actor, taken_at=now):
        raise InvalidTransition
    taken = read.filter(taken_by=actor, taken_at=now).newest_first()
    authors = list(dict.fromkeys(handed.written_by.get_username() for handed in reversed(taken)))
    audit.append(AuditAction.CHANGE, actor=actor, detail=f"read and took over from {', '.join(authors)}")
    return authors


@transaction.atomic
def read_hand_overs(*, actor: User, references: Iterable[str]) -> HandedOver:
    """Open what was handed over lately, and note it with the references of its card.

    Raises NotAllowed, AuditProblem.
    """
    if not can_read_requests(actor):
        raise NotAllowed
    # One more than is shown says that there are more.
    waiting = list(HandOver.objects.waiting()[: MOST_WAITING + 1])
    waits = HandOver.objects.waiting().order_by().values("pk")
    earlier = HandOver.objects.exclude(pk__in=waits).newest_first()[:EARLIER]
    handed = HandedOver(
        waiting=[_opened(row) for row in waiting[:MOST_WAITING]],
        earlier=[_opened(row) for row in earlier],
        has_more=len(waiting) > MOST_WAITING,
    )
    number = len(handed.waiting) + len(handed.earlier)
    detail = f"hand-over, and {number} sealed" if number else "hand-over"
    audit.append(AuditAction.LIST, actor=actor, references=references, detail=detail)
    return handed


def forget_hand_overs() -> int:
    """Remove hand-overs whose time is over, the newest among them; return how many.

    A sentence may hold a name, and after so long it helps nobody. That there was one stays in the audit.
    """
    before = timezone.now() - timedelta(days=settings.CONSULTS_KEEP_HAND_OVERS_DAYS)
    removed, _by_model = HandOver.objects.filter(written_at__lte=before).delete()
    return removed


def _opened(row):
    return OpenedHandOver(
        pk=str(row.pk),
        text=_text_of(row),
        author=row.written_by.get_username(),
        written_at=row.written_at,
        taken_by=row.taken_by.get_username() if row.taken_by else "",
        taken_at=row.taken_at,
    )


def _text_of(row):
    try:
        keys = parse_sealing_keys(settings.CONSULTS_SEALING_PRIVATE_KEYS)
        return open_hand_over(row.sealed, row=str(row.pk), private_keys=keys)
    # A damaged one must not keep the card back, which says so.
    except (EnvelopeProblem, KeyProblem) as problem:
        logger.warning("hand-over: %s does not open: %s", row.pk, type(problem).__name__)
        return None
