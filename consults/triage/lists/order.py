"""The order by the clock: what is marked, what was agreed for now, who can be called, the longest due."""

from django.db.models import Case, F, IntegerField, Value, When

from clinic.core.time_zones import TIME_ZONE_CHOICES
from consults.models.requests import is_agreed_call
from consults.workflow.transitions.windows import window_at


def by_urgency(requests, now):
    """Order requests that are due at an aware moment, in the database.

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
    agreed = Case(When(is_agreed_call(now), then=Value(1)), default=Value(0))
    requests = requests.annotate(agreed=agreed, window=window, wished=F("best_times").bitand(F("window")))
    return requests.annotate(suits=suits).order_by(
        "-priority", "-agreed", "-suits", "next_action_at", "attempts", "pk"
    )
