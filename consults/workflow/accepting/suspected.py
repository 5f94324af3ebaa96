"""Suspected spam as work: by when somebody looks at it, and that it was put before somebody."""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.utils import timezone

from clinic.core.facts import read_facts
from clinic.core.opening_hours import after_opening_minutes
from consults.models import ConsultRequest
from consults.permissions import can_change_requests
from consults.workflow.errors import NotAllowed

# Opening minutes after it came: a person among it waits no longer than that.
LOOK_WITHIN = 60


def look_by(sealed):
    """Return by when somebody looks at what looks like spam: a moment at which the clinic is open."""
    hours = read_facts().hours_of(sealed.columns.location)
    return after_opening_minutes(hours, sealed.received_at, LOOK_WITHIN)


def note_shown(keys: Iterable[int], *, actor: User) -> None:
    """Note that suspected requests stood on a page before somebody who may decide about them; once for each.

    Call it in the transaction that audits the page. Only what was shown is ever removed. Raises NotAllowed.
    """
    if not can_change_requests(actor):
        raise NotAllowed
    # Looking is no change: nobody's page becomes old by it.
    ConsultRequest.objects.quarantined().filter(pk__in=keys, shown_at=None).update(shown_at=timezone.now())
