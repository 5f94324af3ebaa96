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
# What was agreed on stands under its own heading; of an appointment that is over, whether they came is due.
IS_FREE = Q(agreed_at=None) | Q(status=Status.BOOKED)


class Wanted(NamedTuple):
    """What belongs under a heading, in which order: by the time that it says, or by the mark before it."""

    title: str
    keeps: Q
    order: tuple

    @property
    def time(self):
        """The column that holds the time it goes by."""
        return self.order[-1]


def wanted_at(now) -> dict[str, Wanted]:
    """Return, by key, what belongs under each heading of the card at an aware moment."""
    return {
        "first": Wanted(
            "To be read first",
            IS_FIRST & (IS_OPEN | Q(status=Status.QUARANTINE, purged_at=None)),
            ("-priority", "next_action_at"),
        ),
        "tell": Wanted("To be told, since we are closed at the agreed time", IS_TO_TELL, ("to_tell_of",)),
        "promises": Wanted(
            "Agreed to be called back",
            IS_CALL_BACK & (~IS_TO_TELL | ~Q(to_tell_of=F("agreed_at"))),
            ("agreed_at",),
        ),
        "waiting": Wanted(
            "Due now",
            IS_OPEN & ~IS_FIRST & IS_FREE & Q(next_action_at__lte=now),
            ("next_action_at",),
        ),
        "booked": Wanted(
            "Booked for an appointment ahead",
            HAS_APPOINTMENT
            & Q(appointment_at__gt=now)
            & (~IS_TO_TELL | ~Q(to_tell_of=F("appointment_at"))),
            ("appointment_at",),
        ),
    }  # fmt: skip


def card_at(now, reader) -> Card:
    """Return the card as it is at an aware moment, for one reader, in a fixed number of queries."""
    away = WhoIsAway(reader)
    parts = _parts(now, away)
    suspected = ConsultRequest.objects.from_people().filter(shown_at=None).suspected_counts()
    look_by = suspected["suspected_look_by"]
    return Card(
        parts=[part for part in parts if part.number],
        empty=[part.title[0].lower() + part.title[1:] for part in parts if not part.number],
        suspected=suspected["suspected"],
        look_by=moment_as_said(look_by, now) if look_by else "",
        away=away.all,
    )


def _concerned(now):
    """Return what may stand on a card at all. Most of what ended is no part of it, and isn't looked at."""
    requests = ConsultRequest.objects
    ahead = Appointment.objects.planned().filter(starts_at__gt=now)
    # On record, and still to be seen.
    on_record = Q(status=Status.CONVERTED, purged_at=None, pk__in=ahead.values("consult"))
    # Each by its key, so that the database begins with the few there are of it.
    is_open = Q(pk__in=requests.open().values("pk"))
    is_suspected = Q(pk__in=requests.quarantined().values("pk"))
    people = requests.from_people().filter(is_open | is_suspected | on_record)
    return people.with_handed_at().with_appointment().with_site_changes()


def _parts(now, away):
    """Return every part of the card, also those under which nothing stands."""
    people, wanted = _concerned(now), wanted_at(now)
    counts = people.aggregate(**{key: Count("pk", filter=part.keeps) for key, part in wanted.items()})
    return [
        Part(
            key,
            part.title,
            counts[key],
            _lines(people.filter(part.keeps).order_by(*part.order, "pk"), part.time, now, away),
        )
        for key, part in wanted.items()
    ]


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
