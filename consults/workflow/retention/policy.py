"""How long contents are kept. Open requests and those on hold are never due."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from consults.enums import CLOSED_STATUSES, AppointmentState, Status
from consults.models import Appointment, ConsultRequest

# From the moment somebody was shown suspected spam: time to decide about it, weekends and all.
TIME_TO_DECIDE = timedelta(days=7)
# The hashes of two days differ, so an older one can't be compared with anything anyway.
NETWORKS_KEPT = timedelta(days=2)
# Of these appointments the days count, whether or not somebody said already that the person came.
SEEN = [AppointmentState.PLANNED, AppointmentState.CAME]


def due_contents(now):
    """Return the requests whose contents are to be removed at an aware moment, the oldest first."""
    kept = ConsultRequest.objects.with_contents().filter(on_hold=False)
    return kept.filter(_ended(now) | _suspected(now)).order_by("created_at", "pk")


def _ended(now):
    """Return the condition for what ended: by how it ended, and at the latest a year after it came.

    Whoever is to be seen, or was, counts as ended with that appointment, and keeps the contents until then.
    """
    condition = Q(status__in=CLOSED_STATUSES, created_at__lte=now - _days(settings.CONSULTS_KEEP_MOST_DAYS))
    condition &= ~_seen_after(now)
    for status, days in _days_kept().items():
        before = now - _days(days)
        condition |= Q(status=status, closed_at__lte=before) & ~_seen_after(before)
    return condition


def _days_kept():
    return {
        Status.SPAM: settings.CONSULTS_KEEP_SPAM_DAYS,
        Status.CLOSED: settings.CONSULTS_KEEP_CLOSED_DAYS,
        Status.CONVERTED: settings.CONSULTS_KEEP_CONVERTED_DAYS,
    }


def _seen_after(moment):
    """Return the condition for whoever is to be seen after a moment, or came to an appointment after it."""
    seen = Appointment.objects.filter(state__in=SEEN, consult=OuterRef("pk"), starts_at__gt=moment)
    return Q(Exists(seen))


def _suspected(now):
    """Return the condition for suspected spam: old enough, and this very one shown a while ago."""
    return Q(
        status=Status.QUARANTINE,
        created_at__lte=now - _days(settings.CONSULTS_KEEP_SPAM_DAYS),
        shown_at__lte=now - TIME_TO_DECIDE,
    )


def contents_go_at(consult: ConsultRequest) -> datetime | None:
    """Return from when on the contents of a request are removed; None while nobody can say.

    Open ones and those on hold stay, and so does what looks like spam until it was put before somebody.
    """
    if consult.on_hold or consult.purged_at:
        return None
    if consult.status == Status.QUARANTINE:
        kept = consult.created_at + _days(settings.CONSULTS_KEEP_SPAM_DAYS)
        return max(kept, consult.shown_at + TIME_TO_DECIDE) if consult.shown_at else None
    if consult.status not in CLOSED_STATUSES:
        return None
    ended_at = consult.closed_at or consult.created_at
    at_the_latest = consult.created_at + _days(settings.CONSULTS_KEEP_MOST_DAYS)
    # Not asked for anew: whoever shows many brings them along.
    seen_at = max(
        (each.starts_at for each in consult.appointments.all() if each.state in SEEN), default=ended_at
    )
    goes_at = min(max(ended_at, seen_at) + _days(_days_kept()[Status(consult.status)]), at_the_latest)
    return max(goes_at, seen_at)


def _days(number):
    return timedelta(days=number)


def forget_networks() -> int:
    """Remove the networks of requests that came long ago; return of how many."""
    return ConsultRequest.objects.forget_networks(before=timezone.now() - NETWORKS_KEPT)
