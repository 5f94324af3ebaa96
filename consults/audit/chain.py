"""Appending to the audit. Each event is sealed with a key over its content and the event before it.

Whoever changes, removes, adds or moves a row without the key breaks the chain from there on. The head that an
event makes goes to the log as soon as it is committed, so that a chain cut at its end is found however soon.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable

import django.db
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from consults.enums import AuditAction
from consults.models import AuditEvent, AuditTail
from consults.sealing.keys import parse_secret

from .heads import log_head

MAX_DETAIL = AuditEvent._meta.get_field("detail").max_length


class AuditProblem(Exception):
    """The audit could not be written; what was to be noted must not be shown."""


def append(
    action: str, *, actor: User | None, references: Iterable[str] = (), purpose: str = "", detail: str = ""
) -> AuditEvent:
    """Note that ``actor`` (None: the site itself) did something, in the transaction of the caller.

    Raises AuditProblem when it can't be written.
    """
    try:
        with transaction.atomic():
            return _append(action, actor, references, purpose, detail)
    except django.db.Error as error:
        raise AuditProblem(type(error).__name__) from None


def hold() -> None:
    """Let nobody else append until the transaction of the caller ends: what isn't there yet won't come."""
    _hold_tail()


def _append(
    action: str, actor: User | None, references: Iterable[str], purpose: str, detail: str
) -> AuditEvent:
    tail = _hold_tail()
    event = AuditEvent(
        seq=tail.seq + 1,
        at=timezone.now(),
        actor=actor,
        actor_name=actor.get_username() if actor else "",
        action=str(action),
        purpose=str(purpose),
        references=" ".join(map(str, references)),
        detail=str(detail)[:MAX_DETAIL],
        previous_mac=tail.mac,
    )
    event.mac = mac_of(event)
    event.save(force_insert=True)
    tail.seq, tail.mac = event.seq, event.mac
    if event.action == AuditAction.PROTECT:
        tail.protect_seq = event.seq
    tail.save(update_fields=["seq", "mac", "protect_seq"])
    # What is rolled back was never published, and a log that fails costs no page.
    transaction.on_commit(lambda: log_head(event.seq, event.mac), robust=True)
    return event


def _hold_tail() -> AuditTail:
    """Return the last link, locked until the transaction ends: nobody else appends meanwhile."""
    tail = AuditTail.objects.select_for_update().first()
    if tail is None:
        AuditTail.objects.get_or_create(pk=1)
        tail = AuditTail.objects.select_for_update().get(pk=1)
    return tail


def is_sound(event: AuditEvent | None) -> bool:
    """Whether an event is there and says what was written, wherever in the chain it stands."""
    return event is not None and hmac.compare_digest(mac_of(event), event.mac)


def mac_of(event: AuditEvent) -> str:
    """Return the keyed hash over everything that an event says and over the event before it."""
    said = [
        event.seq,
        event.at.isoformat(),
        event.actor_id,
        event.actor_name,
        event.action,
        event.purpose,
        event.references,
        event.detail,
        event.previous_mac,
    ]
    key = parse_secret(settings.CONSULTS_AUDIT_KEY)
    return hmac.new(key, json.dumps(said).encode(), hashlib.sha256).hexdigest()
