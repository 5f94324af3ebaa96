"""Requests in any number, sealed as real ones are, each with an appointment. Two hundred are open."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone

from consults.enums import AppointmentState, ClosedReason, DeskRole, Status, TimelineAction
from consults.models import Appointment, ConsultRequest, DeskGrant, TimelineEvent
from consults.workflow import Columns, Submission

OPEN = 200
BATCH = 1000
# As many appointments are in each week, however many there are in all.
A_WEEK = 40


def fill(first, last):
    """Store the requests with these numbers, the last one excluded."""
    for begin in range(first, last, BATCH):
        rows = [_row(number) for number in range(begin, min(begin + BATCH, last))]
        ConsultRequest.objects.bulk_create(rows)
        _add_appointments(begin, ConsultRequest.objects.filter(reference__in=[row.reference for row in rows]))


def _add_appointments(first, requests):
    """Add an appointment to each request: some in this week, the others in the weeks before."""
    booked = [
        TimelineEvent(consult=consult, action=TimelineAction.BOOK)
        for consult in requests.order_by("-created_at", "pk").defer("envelope")
    ]
    TimelineEvent.objects.bulk_create(booked)
    user = front_desk()
    Appointment.objects.bulk_create(
        Appointment(
            consult=event.consult,
            starts_at=_time_of(number),
            with_whom=user,
            state=AppointmentState.CAME,
            made_in=event,
            ended_in=event,
        )
        for number, event in enumerate(booked, start=first)
    )


def _time_of(number):
    """Return when an appointment is: eight hours on each of five days of its week."""
    today = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0)
    weeks, place = divmod(number, A_WEEK)
    days, hours = divmod(place, A_WEEK // 5)
    return today + timedelta(days=days - today.weekday(), hours=hours, weeks=-weeks)


def phone_of(number):
    """Return the phone number of a request, in E.164."""
    return f"+1555{number:07}"


def name_of(number):
    """Return the name of somebody, in letters alone, as people are called."""
    return f"Person {''.join('abcdefghij'[int(digit)] for digit in str(number))}"


def front_desk():
    """Return somebody who may answer requests."""
    user, _ = get_user_model().objects.get_or_create(username="bench", defaults={"is_active": True})
    DeskGrant.objects.get_or_create(user=user, role=DeskRole.FRONT_DESK)
    user.groups.add(Group.objects.get(name="Front desk"))
    return user


def _row(number):
    contents = {
        "name": name_of(number),
        "phone": phone_of(number),
        "phone_e164": phone_of(number),
        "email": f"person.{number}@example.org",
    }
    columns = Columns(best_times=0, time_zone="America/Denver")
    is_open, created = number < OPEN, timezone.now() - timedelta(minutes=5 * number)
    sealed = Submission(f"bench {number}", contents, columns, received_at=created).sealed()
    return ConsultRequest(
        reference=sealed.reference,
        idempotency_key=sealed.idempotency_key,
        envelope=sealed.envelope,
        key_id=sealed.key_id,
        mark=sealed.mark,
        status=Status.NEW if is_open else Status.CLOSED,
        closed_reason="" if is_open else ClosedReason.NO_CONTACT,
        next_action_at=created if is_open else None,
        closed_at=None if is_open else created,
        seen_at=created,
        created_at=created,
        time_zone="America/Denver",
        **sealed.indexes,
    )
