"""What Wagtail's own history shows of requests: who did what kind of thing, and not to whom.

Whoever sets up the site reads that history too, so an entry bears no reference. The evidence is the audit.
"""

from wagtail.log_actions import log

from consults.enums import AuditAction

TITLE = "A consultation request"
MIRRORED = [
    AuditAction.VIEW,
    AuditAction.REVEAL,
    AuditAction.CHANGE,
    AuditAction.NOTE,
    AuditAction.PRINT,
    AuditAction.EXPORT,
    AuditAction.PURGE,
]


def mirror(consult, action, *, actor):
    """Add an audited action on a request to Wagtail's history, in the transaction of the caller."""
    log(instance=consult, action=history_name(action), user=actor, title=TITLE)


def history_name(action):
    """Return what Wagtail's history calls an action of the audit."""
    return f"consults.{action}"
