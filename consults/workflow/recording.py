"""Writing down what happened: on the request's timeline, and in the audit, both or neither.

Wagtail's own history hears of it too: who did what kind of thing, and not to whom. Whoever sets up the site
reads that history, so an entry bears no reference. The evidence is the audit.
"""

from wagtail.log_actions import log

from consults import audit
from consults.enums import AuditAction, TimelineAction
from consults.models import TimelineEvent

# What the audit calls each thing that staff do; what isn't here is a change.
AUDITED_AS = {
    TimelineAction.VIEW: AuditAction.VIEW,
    TimelineAction.REVEAL: AuditAction.REVEAL,
    TimelineAction.NOTE: AuditAction.NOTE,
    TimelineAction.PRINT: AuditAction.PRINT,
    TimelineAction.EXPORT: AuditAction.EXPORT,
    TimelineAction.COPY: AuditAction.VIEW,
    TimelineAction.PURGE: AuditAction.PURGE,
    TimelineAction.MAIL_READ: AuditAction.VIEW,
}
# What Wagtail's history shows.
TITLE = "A consultation request"
IN_WAGTAIL_LOG = [
    AuditAction.VIEW,
    AuditAction.REVEAL,
    AuditAction.CHANGE,
    AuditAction.NOTE,
    AuditAction.PRINT,
    AuditAction.EXPORT,
    AuditAction.PURGE,
]


def note(consult, action, *, actor, purpose="", detail="", **event):
    """Note that something happened to a request, and return it. Call it in the transaction of the change.

    ``detail`` is what the audit says of it where the event alone says too little.
    Raises AuditProblem; then the change is not to happen either.
    """
    row = TimelineEvent.objects.create(consult=consult, actor=actor, action=action, **event)
    audited_as = AUDITED_AS.get(action, AuditAction.CHANGE)
    write_wagtail_log(consult, audited_as, actor=actor)
    audit.append(
        audited_as,
        actor=actor,
        references=[consult.reference],
        purpose=purpose,
        detail=detail or _in_words(row),
    )
    return row


def note_together(requests, action, *, actor, purpose, detail):
    """Note that the same happened to many requests: on each timeline, and once in the audit.

    Call it in the transaction in which it happens. Raises AuditProblem; then it is not to happen.
    """
    TimelineEvent.objects.bulk_create(
        TimelineEvent(consult=consult, actor=actor, action=action) for consult in requests
    )
    audit.append(
        AUDITED_AS[action],
        actor=actor,
        references=[consult.reference for consult in requests],
        purpose=purpose,
        detail=detail,
    )


def note_of_site(deeds, *, detail):
    """Note what the site did to many requests by itself: on each timeline, and once in the audit.

    ``deeds`` are pairs of a request and an action that changes it. Call it in the transaction in which it
    happens. Raises AuditProblem; then it is not to happen.
    """
    TimelineEvent.objects.bulk_create(
        TimelineEvent(
            consult=consult,
            actor=None,
            action=action,
            from_status=consult.status,
            to_status=consult.status,
        )
        for consult, action in deeds
    )
    audit.append(
        AuditAction.CHANGE,
        actor=None,
        references=[consult.reference for consult, _action in deeds],
        detail=detail,
    )


def _in_words(event):
    """Return what changed, in codes that are stored in clear anyway."""
    if event.outcome:
        return f"{event.action}: {event.outcome}"
    if event.from_status != event.to_status:
        return f"{event.action}: {event.from_status} > {event.to_status}"
    return str(event.action)


def write_wagtail_log(consult, action, *, actor):
    """Add an audited action on a request to Wagtail's history, in the transaction of the caller."""
    log(instance=consult, action=wagtail_log_name(action), user=actor, title=TITLE)


def wagtail_log_name(action):
    """Return what Wagtail's history calls an action of the audit."""
    return f"consults.{action}"
