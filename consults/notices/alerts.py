"""The mail on what happened to an account, or to what every page says: who did what, as the audit has it."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.text import capfirst

from consults import guarded_facts, workflow
from consults.account_events import ACCOUNT
from consults.enums import AuditAction
from consults.models import AuditEvent, GuardedFacts, OutboxMessage
from consults.models.guarded_facts import PUBLIC, label_of

from .addresses import event_of

# The word for these says nothing that a mail could be headed with.
TOLD_BY_DETAIL = [AuditAction.CHANGE, AuditAction.VERIFY]


def alert_context(message):
    """Return what the templates may say. Raises NoLongerWanted where the event is no more."""
    event = _event(message.reference)
    return {
        "what": _what(event),
        "who": event.actor_name or "nobody who was signed in",
        "at": event.at,
        "detail": "" if event.action in TOLD_BY_DETAIL else event.detail,
        "changes": _public_changes(event),
        "account": _account(event),
        "to_holder": message.recipient == OutboxMessage.Recipient.HOLDER,
        "link": settings.STAFF_URL + reverse("wagtailadmin_home"),
    }


def address_of_holder(reference):
    """Return the address of the person whose account an event is about. Raises NoLongerWanted without one."""
    account = _account(_event(reference))
    if account is None or not account.email:
        raise workflow.NoLongerWanted
    return account.email


def _event(reference):
    event = AuditEvent.objects.filter(seq=event_of(reference)).first()
    if event is None:
        raise workflow.NoLongerWanted
    return event


def _what(event):
    if event.action not in TOLD_BY_DETAIL:
        return event.get_action_display()
    # Who comes first: the details begin with what they did.
    return f"{event.actor_name} {event.detail}" if event.actor_name else capfirst(event.detail)


def _account(event):
    keys = [name.removeprefix(ACCOUNT) for name in event.references.split() if name.startswith(ACCOUNT)]
    return get_user_model().objects.filter(pk__in=keys[:1]).first()


def _public_changes(event):
    """Return label, old and new value of what every page says, where the event changed some of it."""
    after = GuardedFacts.objects.filter(event=event.seq).first()
    before = guarded_facts.version_or_none(after.version - 1) if after else None
    if before is None:
        return []
    changed = guarded_facts.changed_names(before, after)
    return [(label_of(n), getattr(before, n), getattr(after, n)) for n in PUBLIC if n in changed]
