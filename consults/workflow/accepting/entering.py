"""Requests that reached the clinic by phone or at the desk, written down by staff."""

from django.db import transaction

from consults import audit
from consults.enums import AuditAction
from consults.permissions import can_change_requests
from consults.workflow.errors import CouldNotKeep, NotAllowed, ReferenceTaken

from .accept import REFERENCES_TO_TRY, Accepted, store
from .submission import Submission


def enter(submission: Submission, *, actor) -> Accepted:
    """Store a request that a member of staff took down; the same one again changes nothing.

    There is no spool here: staff see at once that nothing was stored. Raises NotAllowed,
    CouldNotKeep, AuditProblem, django.db.Error.
    """
    if not can_change_requests(actor):
        raise NotAllowed
    for attempt in range(REFERENCES_TO_TRY):
        try:
            return _enter(submission.sealed(attempt=attempt), actor)
        except ReferenceTaken:
            continue
    raise CouldNotKeep


@transaction.atomic
def _enter(sealed, actor):
    accepted = store(sealed, actor=actor)
    audit.append(AuditAction.CHANGE, actor=actor, references=[accepted.reference], detail="entered")
    return accepted
