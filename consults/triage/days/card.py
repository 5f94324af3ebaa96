"""The hand-over card: what the next shift finds open, by reference and clear columns alone."""

from typing import NamedTuple

from django.db.models import Count, F, Q
from django.urls import reverse

from consults.enums import OPEN_STATUSES, AppointmentState, Priority, Status
from consults.models import Appointment, ConsultRequest
from consults.triage.in_words import moment_as_said
from consults.triage.lists.reasons import plans_for
from consults.triage.lists.site_changes import WhoIsAway

MOST_SHOWN = 25


class Line(NamedTuple):
    """A request on the card: when, why, and who has it."""

    consult: ConsultRequest
    url: str
    when: str
    reasons: list
    holder: str


class Part(NamedTuple):
    """A heading of the card with its first lines."""

    key: str
    title: str
    number: int
    lines: list

    @property
    def more(self):
        """How many it doesn't show."""
        return self.number - len(self.lines)


class Card(NamedTuple):
    """The whole card."""

    parts: list
    # The headings under which nothing stands, as they read within a sentence.
    empty: list
    suspected: int
    look_by: str
    away: list

    @property
    def references(self):
        """The references that stand on it."""
        return list(dict.fromkeys(line.consult.reference for part in self.parts for line in part.lines))


IS_OPEN = Q(status__in=OPEN_STATUSES)
IS_FIRST = ~Q(priority=Priority.NONE)
IS_TO_TELL = Q(to_tell_of__isnull=False)
HAS_APPOINTMENT = Q(appointment_state=AppointmentState.PLANNED)
# The time of a booked request is its appointment's, unless a call back was agreed on as well.
IS_CALL_BACK = (
    IS_OPEN
    & Q(agreed_at__isnull=False)
    & (Q(appointment_state=None) | ~HAS_APPOINTMENT | ~Q(agreed_at=F("appointment_at")))
)


def card_at(now, reader) -> Card:
    """Return the card as it is at an aware moment, for one reader, in a fixed number of queries."""
    # Whatever ended is no part of it, and isn't looked at, but for who is on record and still to be seen.
    ahead = Appointment.objects.planned().filter(starts_at__gt=now).values("consult")
    on_record = Q(status=Status.CONVERTED, purged_at=None, pk__in=ahead)
    people = ConsultRequest.objects.from_people().filter(
        Q(status__in=[*OPEN_STATUSES, Status.QUARANTINE]) | on_record
    )
    people = people.with_handed_at().with_appointment().with_site_changes()
    away = WhoIsAway(reader)
    # Each with what it keeps, and its order: by the time that it says, or by the mark before it.
    wanted = {
        "first": (
            "To be read first",
            IS_FIRST & (IS_OPEN | Q(status=Status.QUARANTINE, purged_at=None)),
            ("-priority", "next_action_at"),
        ),
        "tell": ("To be told, since we are closed at the agreed time", IS_TO_TELL, ("to_tell_of",)),
        "promises": (
            "Agreed to be called back",
            IS_CALL_BACK & (~IS_TO_TELL | ~Q(to_tell_of=F("agreed_at"))),
            ("agreed_at",),
        ),
        "waiting": (
            "Due now, and nobody has it",
            IS_OPEN & ~IS_FIRST & Q(assignee=None, next_action_at__lte=now),
            ("next_action_at",),
        ),
        "booked": (
            "Booked for an appointment ahead",
            HAS_APPOINTMENT
            & Q(appointment_at__gt=now)
            & (~IS_TO_TELL | ~Q(to_tell_of=F("appointment_at"))),
            ("appointment_at",),
        ),
    }  # fmt: skip
    counts = people.aggregate(
        **{key: Count("pk", filter=keeps) for key, (_title, keeps, _order) in wanted.items()}
    )
    parts = [
        Part(
            key, title, counts[key], _lines(people.filter(keeps).order_by(*order, "pk"), order[-1], now, away)
        )
        for key, (title, keeps, order) in wanted.items()
    ]
    empty = [part.title[0].lower() + part.title[1:] for part in parts if not part.number]
    parts = [part for part in parts if part.number]
    suspected = ConsultRequest.objects.from_people().filter(shown_at=None).suspected_counts()
    look_by = suspected["suspected_look_by"]
    return Card(
        parts, empty, suspected["suspected"], moment_as_said(look_by, now) if look_by else "", away.all
    )


def _lines(requests, time, now, away):
    requests = requests.select_related("assignee").defer("envelope")[:MOST_SHOWN]
    return [
        Line(
            consult=consult,
            url=reverse("consult_requests:detail", args=[consult.pk]),
            when=_when(consult, time, now),
            reasons=[str(consult.get_status_display()), *plans_for(consult, now)],
            holder="; ".join(away.of(consult)) or _holder(consult),
        )
        for consult in requests
    ]


def _when(consult, time, now):
    """Return the time that a part goes by; of what comes up, what was agreed."""
    moment = getattr(consult, time)
    if time == "next_action_at":
        moment = consult.agreed_at or moment
    return moment_as_said(moment, now) if moment else ""


def _holder(consult):
    return f"with {consult.assignee}" if consult.assignee else "nobody has it"
