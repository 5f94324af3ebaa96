"""The order by the clock: what is marked, what was agreed for now, who can be called, the longest due."""

from datetime import timedelta

from django.db.models import Case, F, IntegerField, Q, Value, When

from clinic.core.facts import read_facts
from clinic.core.time_zones import TIME_ZONE_CHOICES
from consults.enums import ContactWay, Priority
from consults.models.requests import by_anyone_of_thread, is_agreed_call
from consults.workflow.transitions.windows import window_at

# While the clinic is closed, a call that was agreed for this time is to be made for so long.
AGREED_STAYS = timedelta(hours=1)


def is_for_now(now):
    """Return the condition for what of the requests that are due is for now.

    All of them while the clinic is open; otherwise what is marked, and a call that was agreed for this time.
    It may be another one of the same person that is.
    """
    if read_facts().is_open_at(now):
        return Q(pk__isnull=False)
    agreed = is_agreed_call(now) & Q(agreed_at__gt=now - AGREED_STAYS)
    due = Q(next_action_at__lte=now)
    return by_anyone_of_thread(due & (Q(priority__gt=Priority.NONE) | agreed))


def is_to_be_written(now):
    """Return the condition for who asked for a text or an e-mail, but not marked or agreed ones."""
    written = Q(way__in=[ContactWay.TEXT, ContactWay.EMAIL], thread_priority=Priority.NONE)
    return written & ~by_anyone_of_thread(is_agreed_call(now))


def by_urgency(requests, now):
    """Order requests that are due at an aware moment, in the database: first the calls for now, then the
    texts and e-mails for now, then what waits for the clinic to open.

    A call that was agreed comes before every wish: the person named that very time.
    The window of each time zone is reckoned once; the bits of a request say whether it suits.
    """
    windows = [(zone, window_at(now, zone)) for zone, _label in TIME_ZONE_CHOICES]
    window = Case(
        *[When(time_zone=zone, then=Value(int(bit))) for zone, bit in windows if bit is not None],
        default=Value(0),
        output_field=IntegerField(),
    )
    suits = Case(
        When(window=0, then=Value(0)),
        When(best_times=0, then=Value(1)),
        When(wished__gt=0, then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    agreed = Case(When(by_anyone_of_thread(is_agreed_call(now)), then=Value(1)), default=Value(0))
    for_now = Case(When(is_for_now(now), then=Value(1)), default=Value(0))
    written = Case(When(is_to_be_written(now), then=F("for_now")), default=Value(0))
    requests = requests.annotate(
        for_now=for_now, agreed=agreed, window=window, wished=F("best_times").bitand(F("window"))
    )
    return requests.annotate(suits=suits, written=written).order_by(
        "-for_now", "written", "-thread_priority", "-agreed", "-suits", "comes_up_at", "attempts", "pk"
    )
