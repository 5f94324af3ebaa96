"""Whether the database refuses changes: triggers that were off and on again leave an event."""

from django.db import connection, transaction

from consults.enums import AuditAction
from consults.models import AuditEvent, AuditTail
from consults.models.protection import missing_triggers, protect, protected_tables, state_of_triggers

from .chain import append, is_sound

# How the detail of such an event begins: the rest may be cut.
STATE = "triggers {}: "
# How the first look finds them.
ALL_THERE = "all there"


@transaction.atomic
def renew_protection() -> list[str]:
    """Make the triggers anew, note it, return which were missing. Raises AuditProblem, django.db.Error."""
    missing = missing_triggers(connection)
    protect(connection, protected_tables(connection))
    what = f"made anew, missing were {', '.join(missing)}" if missing else "made anew, none was missing"
    append(AuditAction.PROTECT, actor=None, detail=detail_of_change(what))
    return missing


def unnoted_change() -> str:
    """Return in words how the triggers changed since the last event about them; empty where they did not."""
    # Whoever clears the short way gains nothing: then it is looked for.
    return _change_since(_last_by_the_short_way() or _last_in_the_audit())


def change_since_last_event() -> tuple[int, str]:
    """Return the number of the last sound event about the triggers (0: none) and how they changed since."""
    last = _last_in_the_audit()
    return (last.seq, _change_since(last)) if last else (0, "")


def detail_of_change(what: str) -> str:
    """Return what the event about a change says, so that the next change is told from it."""
    return STATE.format(state_of_triggers(connection)) + what


def _change_since(event: AuditEvent | None) -> str:
    if event and event.detail.startswith(STATE.format(state_of_triggers(connection))):
        return ""
    if missing := missing_triggers(connection):
        return f"missing are {', '.join(missing)}"
    return "all there, taken off or made anew since the last look" if event else ALL_THERE


def _last_in_the_audit() -> AuditEvent | None:
    events = AuditEvent.objects.filter(action=AuditAction.PROTECT).order_by("-seq")
    return next(filter(is_sound, events.iterator(chunk_size=100)), None)


def _last_by_the_short_way() -> AuditEvent | None:
    seq = AuditTail.objects.values_list("protect_seq", flat=True).first()
    event = AuditEvent.objects.filter(seq=seq, action=AuditAction.PROTECT).first() if seq else None
    return event if is_sound(event) else None
