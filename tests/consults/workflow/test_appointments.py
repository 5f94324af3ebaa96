"""Appointments: made, moved, off, kept or missed, each with its next step, and no earlier time lost."""

import threading
from collections import Counter
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from clinic.core.facts import Location, default_facts, write_facts
from clinic.core.opening_hours import Period, Schedule
from consults import audit, workflow
from consults.enums import AppointmentState, Manner, Outcome, Purpose, Status
from consults.models import Appointment, AuditEvent, ConsultRequest
from consults.workflow.retention import purging
from consults.workflow.transitions.planned import take_back
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory, with_only

pytestmark = pytest.mark.django_db
DENVER, NEW_YORK = ZoneInfo("America/Denver"), ZoneInfo("America/New_York")
WEEKDAYS = {day: (Period(time(9), time(17)),) for day in range(5)}


def at(*parts):
    """A moment of November 2026 by Denver's clocks: day, hour, minute."""
    return datetime(2026, 11, *parts, tzinfo=DENVER)


# A Tuesday.
NOW, TIME, LATER = at(24, 10), at(26, 14), at(27, 11)


@pytest.fixture
def desk():
    return UserFactory(group="Front desk")


@pytest.fixture(autouse=True)
def open_on_weekdays():
    write_facts(replace(default_facts(), hours=Schedule(zone="America/Denver", week=WEEKDAYS)))


@pytest.fixture(autouse=True)
def tuesday():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def do(verb, consult, desk, **values):
    return verb(consult, actor=desk, version=consult.version, **values)


def booked(desk, starts_at=TIME, **changes):
    consult = make_consult(**changes)
    do(workflow.record_outcome, consult, desk, outcome=Outcome.BOOKED, again_at=starts_at)
    return consult


def agreed(appointment, **changes):
    """Return all that is agreed, with these changes."""
    stands = {
        name: getattr(appointment, name)
        for name in ("starts_at", "minutes", "location", "with_whom", "manner")
    }
    return {**stands, **changes}


def stored():
    """Return whatever an appointment could touch."""
    return (
        list(ConsultRequest.objects.order_by("pk").values()),
        list(Appointment.objects.order_by("pk").values()),
        AuditEvent.objects.count(),
    )


# --- made -------------------------------------------------------------------------------------------


def test_booked_with_a_time_makes_an_appointment(desk):
    consult = booked(desk)
    [made] = consult.appointments.all()
    assert (made.starts_at, made.minutes, made.manner, made.state) == (TIME, 60, Manner.IN_PERSON, "planned")
    assert (made.location, made.with_whom) == (consult.location, None)
    assert (made.made_in.actor, made.made_in.at, made.made_in.outcome) == (desk, NOW, "booked")
    assert (consult.agreed_at, consult.next_action_at) == (TIME, TIME)


def test_booked_without_a_time_makes_none(desk):
    consult = booked(desk, None)
    assert consult.status == Status.BOOKED
    assert not consult.appointments.exists()


@pytest.mark.parametrize("outcome", [o for o in Outcome if o not in (Outcome.BOOKED, Outcome.CLINICIAN)])
def test_no_other_outcome_makes_one(desk, outcome):
    allowed = {"way": "text", "texting": "yes"} if outcome == Outcome.TEXTED else {"voicemail": "yes"}
    consult = make_consult(**allowed)
    again = TIME if outcome == Outcome.CALL_BACK else None
    do(workflow.record_outcome, consult, desk, outcome=outcome, again_at=again)
    assert not Appointment.objects.exists()


def test_the_appointment_takes_the_place_of_the_request(desk):
    hours = Schedule(zone="America/Denver", week=WEEKDAYS)
    places = [Location("north", "North", hours), Location("south", "South", hours)]
    write_facts(replace(default_facts(), hours=hours, locations=places))
    consult = make_consult(location="south")
    do(workflow.record_outcome, consult, desk, outcome=Outcome.BOOKED, again_at=TIME)
    assert consult.appointments.get().location == consult.location == "south"


def test_a_time_can_be_given_later(desk):
    consult, robin = booked(desk, None), UserFactory(group="Clinician")
    do(
        workflow.make_appointment,
        consult,
        desk,
        starts_at=LATER,
        minutes=90,
        with_whom=robin,
        manner=Manner.VIDEO,
    )
    [made] = consult.appointments.all()
    assert (made.starts_at, made.minutes, made.with_whom, made.manner) == (LATER, 90, robin, "video")
    assert (consult.agreed_at, consult.next_action_at) == (LATER, LATER)
    assert audit.verify() == []


@pytest.mark.parametrize(
    "values",
    [
        {"starts_at": NOW},
        {"starts_at": NOW - timedelta(days=1)},
        {"starts_at": NOW + timedelta(days=61)},
        {"starts_at": TIME, "minutes": 0},
        {"starts_at": TIME, "minutes": 481},
        {"starts_at": TIME, "manner": "by post"},
    ],
)
def test_what_can_not_be_is_refused_and_changes_nothing(desk, values):
    consult = booked(desk, None)
    before = stored()
    with pytest.raises(workflow.InvalidTransition):
        do(workflow.make_appointment, consult, desk, **values)
    assert stored() == before


def test_it_is_with_somebody_who_may_see_requests(desk):
    consult = booked(desk, None)
    with pytest.raises(workflow.InvalidTransition):
        do(workflow.make_appointment, consult, desk, starts_at=TIME, with_whom=UserFactory(group="Editors"))


def test_there_is_one_at_a_time(desk):
    consult = booked(desk)
    with pytest.raises(workflow.InvalidTransition):
        do(workflow.make_appointment, consult, desk, starts_at=LATER)
    [planned] = consult.appointments.all()
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.create(consult=consult, starts_at=LATER, made_in=planned.made_in)


def test_only_what_is_booked_gets_a_time(desk):
    with pytest.raises(workflow.InvalidTransition):
        do(workflow.make_appointment, make_consult(claimed_by=desk), desk, starts_at=TIME)


@pytest.mark.parametrize(
    "verb",
    [workflow.cancel_appointment, workflow.note_came, workflow.note_no_show, workflow.put_on_record],
)
def test_whoever_may_not_change_requests_changes_none(desk, verb, tuesday):
    consult, reader = booked(desk), with_only("Front desk", "view_consultrequest")
    tuesday.move_to(TIME + timedelta(minutes=5))
    before = stored()
    with pytest.raises(workflow.NotAllowed):
        do(verb, consult, reader)
    assert stored() == before


# --- moved and corrected ----------------------------------------------------------------------------


def test_a_moved_one_keeps_its_earlier_time(desk):
    consult = booked(desk)
    first = consult.appointments.get()
    do(workflow.change_appointment, consult, desk, **agreed(first, starts_at=LATER))
    first.refresh_from_db()
    second = workflow.planned_of(consult)
    assert (first.state, first.starts_at) == (AppointmentState.MOVED, TIME)
    assert (second.starts_at, second.instead_of, second.revision) == (LATER, first, 1)
    assert second.calendar_id == first.calendar_id
    assert first.ended_in == second.made_in == consult.timeline.get(action="move")
    assert (consult.agreed_at, consult.next_action_at, consult.status) == (LATER, LATER, Status.BOOKED)


def test_a_corrected_one_stays_at_its_time(desk):
    consult, robin = booked(desk), UserFactory(group="Front desk")
    first = consult.appointments.get()
    do(workflow.snooze, consult, desk, until=at(25, 9))
    do(workflow.change_appointment, consult, desk, **agreed(first, with_whom=robin, minutes=30))
    first.refresh_from_db()
    assert first.state == AppointmentState.CORRECTED
    assert (workflow.planned_of(consult).with_whom, workflow.planned_of(consult).minutes) == (robin, 30)
    # What else was planned stands.
    assert (consult.agreed_at, consult.next_action_at) == (TIME, at(25, 9))


def test_the_same_again_is_nothing(desk):
    consult = booked(desk)
    before = stored()
    done = do(workflow.change_appointment, consult, desk, **agreed(consult.appointments.get()))
    assert done.undone == (workflow.Undone.ANYTHING,)
    assert stored() == before


def test_booked_again_at_another_time_moves_it(desk):
    consult = booked(desk)
    do(workflow.record_outcome, consult, desk, outcome=Outcome.BOOKED, again_at=LATER)
    assert [a.state for a in consult.appointments.order_by("pk")] == ["moved", "planned"]
    assert consult.agreed_at == LATER
    do(workflow.record_outcome, consult, desk, outcome=Outcome.BOOKED, again_at=LATER)
    do(workflow.record_outcome, consult, desk, outcome=Outcome.BOOKED)
    assert consult.appointments.count() == 2
    assert consult.agreed_at == LATER


def test_whoever_left_stays_named_but_is_not_named_anew(desk):
    consult, robin = booked(desk), UserFactory(group="Front desk")
    do(workflow.change_appointment, consult, desk, **agreed(workflow.planned_of(consult), with_whom=robin))
    robin.is_active = False
    robin.save()
    do(workflow.change_appointment, consult, desk, **agreed(workflow.planned_of(consult), starts_at=LATER))
    assert workflow.planned_of(consult).with_whom == robin
    other = booked(desk)
    with pytest.raises(workflow.InvalidTransition):
        do(workflow.change_appointment, other, desk, **agreed(workflow.planned_of(other), with_whom=robin))


def test_after_a_call_back_in_between_the_appointment_is_what_is_agreed(desk, tuesday):
    consult = booked(desk)
    do(workflow.record_outcome, consult, desk, outcome=Outcome.CALL_BACK, again_at=at(25, 10))
    assert (consult.status, consult.next_action_at) == (Status.BOOKED, at(25, 10))
    tuesday.move_to(at(25, 10, 5))
    do(workflow.record_outcome, consult, desk, outcome=Outcome.NO_ANSWER)
    assert (consult.agreed_at, workflow.planned_of(consult).starts_at) == (TIME, TIME)


# --- what came of it --------------------------------------------------------------------------------


def test_a_cancelled_one_is_called_at_the_next_suitable_time(desk):
    consult = booked(desk, times=["4"], time_zone="America/Denver")
    do(workflow.cancel_appointment, consult, desk)
    assert consult.appointments.get().state == AppointmentState.CANCELLED
    assert (consult.status, consult.agreed_at) == (Status.REACHED, None)
    assert consult.next_action_at == at(24, 14)


def test_who_came_waits_to_be_put_on_record(desk, tuesday):
    consult = booked(desk)
    tuesday.move_to(TIME + timedelta(minutes=5))
    do(workflow.note_came, consult, desk)
    assert consult.appointments.get().state == AppointmentState.CAME
    assert (consult.status, consult.agreed_at) == (Status.BOOKED, None)
    assert consult.next_action_at == TIME + timedelta(minutes=5)
    do(workflow.put_on_record, consult, desk)
    assert (consult.status, consult.next_action_at) == (Status.CONVERTED, None)
    assert consult.appointments.get().state == AppointmentState.CAME


def test_who_did_not_come_is_called_at_the_next_suitable_time_and_counted(desk, tuesday):
    # In the evening, after closing.
    consult = booked(desk, at(26, 16, 30), times=[])
    tuesday.move_to(at(26, 17, 5))
    do(workflow.note_no_show, consult, desk)
    assert (consult.status, consult.agreed_at) == (Status.REACHED, None)
    assert consult.next_action_at == at(27, 9)
    assert Appointment.objects.between(at(26), at(27)).counts_by_state() == {AppointmentState.NO_SHOW: 1}
    assert Appointment.objects.between(at(25), at(26)).counts_by_state() == {}


def test_who_came_late_came_after_all_and_the_other_way_round(desk, tuesday):
    consult = booked(desk)
    tuesday.move_to(TIME + timedelta(minutes=20))
    do(workflow.note_no_show, consult, desk)
    do(workflow.note_came, consult, desk)
    assert (consult.status, consult.appointments.get().state) == (Status.BOOKED, "came")
    do(workflow.note_no_show, consult, desk)
    assert (consult.status, consult.appointments.get().state) == (Status.REACHED, "no_show")


@pytest.mark.parametrize(
    ("verb", "before", "is_possible"),
    [
        (workflow.note_came, timedelta(minutes=61), False),
        (workflow.note_came, timedelta(minutes=60), True),
        (workflow.note_no_show, timedelta(minutes=1), False),
        (workflow.note_no_show, timedelta(0), True),
    ],
)
def test_nobody_comes_long_before_and_nobody_fails_to_come_before(desk, tuesday, verb, before, is_possible):
    consult = booked(desk)
    tuesday.move_to(TIME - before)
    if is_possible:
        do(verb, consult, desk)
        return
    stands = stored()
    with pytest.raises(workflow.NotYet):
        do(verb, consult, desk)
    assert stored() == stands


@pytest.mark.parametrize(
    ("status", "reason", "state"),
    [
        (Status.REACHED, "", "cancelled"),
        (Status.CLOSED, "elsewhere", "cancelled"),
        (Status.CONVERTED, "", "planned"),
    ],
)
def test_a_move_by_hand_takes_the_appointment_along(desk, status, reason, state):
    consult = booked(desk)
    workflow.open_consult(consult, actor=desk, purpose=Purpose.TRIAGE)
    do(workflow.change_status, consult, desk, status=status, reason=reason)
    assert consult.appointments.get().state == state


def test_who_is_put_on_record_after_the_time_came(desk, tuesday):
    consult = booked(desk)
    tuesday.move_to(TIME + timedelta(hours=2))
    do(workflow.put_on_record, consult, desk)
    assert consult.appointments.get().state == AppointmentState.CAME


def test_who_is_on_record_before_the_time_may_still_not_come(desk, tuesday):
    consult = booked(desk)
    do(workflow.put_on_record, consult, desk)
    assert workflow.planned_of(consult)
    do(workflow.change_appointment, consult, desk, **agreed(workflow.planned_of(consult), starts_at=LATER))
    assert (consult.status, consult.next_action_at) == (Status.CONVERTED, None)
    tuesday.move_to(LATER)
    do(workflow.note_no_show, consult, desk)
    assert (consult.status, consult.next_action_at) == (Status.REACHED, LATER)


@pytest.mark.parametrize("what", ["link", "unlink", "hold", "release", "priority"])
def test_nothing_else_done_to_somebody_on_record_says_that_they_came(desk, tuesday, what):
    first, consult = make_consult(), booked(desk)
    do(workflow.put_on_record, consult, desk)
    if what == "unlink":
        do(workflow.link, consult, desk, same_as=first)
    if what == "release":
        do(workflow.set_hold, consult, UserFactory(group="Managers"), on_hold=True)
    tuesday.move_to(TIME + timedelta(days=1))
    manager = UserFactory(group="Managers")
    manager.groups.add(*desk.groups.all())
    match what:
        case "link":
            do(workflow.link, consult, desk, same_as=first)
        case "unlink":
            do(workflow.unlink, consult, desk)
        case "hold" | "release":
            do(workflow.set_hold, consult, manager, on_hold=what == "hold")
        case "priority":
            do(workflow.set_priority, consult, desk, priority=1)
    assert workflow.planned_of(consult).starts_at == TIME
    do(workflow.note_no_show, consult, desk)


@pytest.mark.parametrize("door", ["move", "book"])
def test_another_time_for_one_that_is_over_waits_for_what_became_of_it(desk, tuesday, door):
    consult = booked(desk)
    [first] = consult.appointments.all()

    def give_another():
        if door == "move":
            do(workflow.change_appointment, consult, desk, **agreed(first, starts_at=LATER))
        else:
            do(workflow.record_outcome, consult, desk, outcome=Outcome.BOOKED, again_at=LATER)

    tuesday.move_to(TIME + timedelta(minutes=60))
    before = stored()
    with pytest.raises(workflow.StillToSay):
        give_another()
    assert stored() == before
    # Who is late and asks for another day is given one.
    tuesday.move_to(TIME + timedelta(minutes=59))
    give_another()
    assert [each.state for each in consult.appointments.order_by("pk")] == ["moved", "planned"]


def test_a_move_keeps_the_call_that_was_agreed_beside_it(desk):
    consult, call = booked(desk), at(25, 15)
    do(workflow.record_outcome, consult, desk, outcome=Outcome.CALL_BACK, again_at=call)
    [first] = consult.appointments.all()
    do(workflow.change_appointment, consult, desk, **agreed(first, starts_at=LATER))
    assert (consult.agreed_at, consult.next_action_at) == (call, call)
    assert workflow.planned_of(consult).starts_at == LATER


def test_a_move_keeps_what_was_planned_before_it_but_nothing_due(desk, tuesday):
    consult, before = booked(desk), at(25, 9)
    do(workflow.snooze, consult, desk, until=before)
    [first] = consult.appointments.all()
    do(workflow.change_appointment, consult, desk, **agreed(first, starts_at=LATER))
    assert (consult.agreed_at, consult.next_action_at) == (LATER, before)
    tuesday.move_to(before + timedelta(minutes=1))
    second = workflow.planned_of(consult)
    do(workflow.change_appointment, consult, desk, **agreed(second, starts_at=at(30, 9)))
    assert consult.next_action_at == at(30, 9)


def test_asked_us_to_stop_calls_it_off(desk):
    consult = booked(desk)
    do(workflow.record_outcome, consult, desk, outcome=Outcome.ASKED_TO_STOP)
    assert (consult.status, consult.appointments.get().state) == (Status.CLOSED, "cancelled")


def test_an_outcome_can_be_taken_back_with_what_it_did(desk):
    consult = booked(desk)
    do(workflow.record_outcome, consult, desk, outcome=Outcome.BOOKED, again_at=LATER)
    take_back(consult.timeline.filter(outcome="booked").last())
    [appointment] = consult.appointments.all()
    assert (appointment.state, appointment.starts_at, appointment.ended_in) == ("planned", TIME, None)


# --- two at once, and what stays --------------------------------------------------------------------

LATE_VERBS = {
    "make": lambda c, **by: workflow.make_appointment(c, starts_at=LATER, **by),
    "change": lambda c, **by: workflow.change_appointment(
        c, **agreed(workflow.planned_of(c), starts_at=LATER), **by
    ),
    "cancel": workflow.cancel_appointment,
    "came": workflow.note_came,
    "no show": workflow.note_no_show,
    "hand over": workflow.put_on_record,
}


@pytest.mark.parametrize("verb", LATE_VERBS)
def test_whoever_saw_an_older_one_changes_nothing(desk, verb, tuesday):
    consult = booked(desk)
    old = consult.version
    do(workflow.snooze, consult, desk, until=at(25, 9))
    tuesday.move_to(TIME + timedelta(minutes=1))
    before = stored()
    with pytest.raises(workflow.StaleRequest):
        LATE_VERBS[verb](consult, actor=desk, version=old)
    assert stored() == before


@pytest.mark.parametrize("verb", ["change", "cancel", "came", "no show"])
def test_it_is_done_to_the_one_that_was_meant_or_to_none(desk, verb, tuesday):
    consult = booked(desk)
    meant = workflow.planned_of(consult)
    do(workflow.cancel_appointment, consult, desk)
    do(workflow.record_outcome, consult, desk, outcome=Outcome.BOOKED, again_at=TIME + timedelta(minutes=30))
    tuesday.move_to(TIME + timedelta(minutes=31))
    before = stored()
    with pytest.raises(workflow.OtherAppointment):
        do(LATE_VERBS[verb], consult, desk, appointment=meant.pk)
    assert stored() == before
    standing = workflow.planned_of(consult)
    if verb != "change":
        do(LATE_VERBS[verb], consult, desk, appointment=standing.pk)
        standing.refresh_from_db()
        assert standing.state != AppointmentState.PLANNED
    meant.refresh_from_db()
    assert meant.state == AppointmentState.CANCELLED


def test_of_none_that_stands_nothing_is_said(desk, tuesday):
    consult = booked(desk, None)
    with pytest.raises(workflow.OtherAppointment):
        do(workflow.note_came, consult, desk, appointment=1)
    with pytest.raises(workflow.InvalidTransition):
        do(workflow.note_came, consult, desk)


def test_whoever_came_and_is_on_record_does_not_fail_to_come(desk, tuesday):
    """That would open again what is closed."""
    consult = booked(desk)
    tuesday.move_to(TIME + timedelta(minutes=5))
    do(workflow.note_came, consult, desk)
    do(workflow.put_on_record, consult, desk)
    before = stored()
    with pytest.raises(workflow.InvalidTransition):
        do(workflow.note_no_show, consult, desk)
    assert stored() == before


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_gives_the_time(committed):
    one, other = UserFactory(group="Front desk"), UserFactory(group="Front desk")
    consult = booked(one, None)
    came = Counter()
    barrier = threading.Barrier(2)

    def run(actor, starts_at):
        mine = ConsultRequest.objects.get(pk=consult.pk)
        barrier.wait()
        try:
            do(workflow.make_appointment, mine, actor, starts_at=starts_at)
            came["made"] += 1
        except workflow.StaleRequest:
            came["late"] += 1
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in ((one, TIME), (other, LATER))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert came == {"made": 1, "late": 1}
    assert Appointment.objects.count() == 1


def test_once_the_contents_are_gone_the_day_is_left(desk, tuesday):
    consult = booked(desk)
    said = {"location": "2", "with_whom": desk, "manner": Manner.VIDEO, "minutes": 90}
    planned = workflow.planned_of(consult)
    do(workflow.change_appointment, consult, desk, **agreed(planned, starts_at=LATER, **said))
    tuesday.move_to(LATER)
    do(workflow.note_no_show, consult, desk)
    workflow.open_consult(consult, actor=desk, purpose=Purpose.TRIAGE)
    do(workflow.change_status, consult, desk, status=Status.CLOSED, reason="no_contact")
    tuesday.shift(timedelta(days=91))
    assert purging.purge_due() == 1
    rows = Appointment.objects.order_by("pk").values_list("starts_at", "state", "calendar_id")
    assert list(rows) == [(at(26), "moved", None), (at(27), "no_show", None)]
    # Where, with whom, how and how long is as where nobody said it.
    details = Appointment.objects.values_list("location", "with_whom", "manner", "minutes")
    assert {*details} == {("", None, Manner.IN_PERSON, 60)}
    assert list(consult.timeline.filter(action__in=["move", "no_show"]).values_list("action", flat=True)) == [
        "move",
        "no_show",
    ]
    assert Appointment.objects.between(at(27), at(28)).counts_by_state() == {AppointmentState.NO_SHOW: 1}


@pytest.mark.parametrize("zone", ["America/New_York", "America/Denver", "America/Los_Angeles"])
@pytest.mark.parametrize("starts_at", [at(26, 2), at(26, 14), at(26, 21)])
def test_what_is_left_is_the_same_day_by_the_clock_of_the_place_and_the_clinics(
    desk, tuesday, zone, starts_at
):
    """The reports go by the clinic's: one that leaves its day would change a month that was told."""
    places = [Location("far", "Far", Schedule(zone=zone)), Location("near", "Near", Schedule())]
    write_facts(replace(default_facts(), hours=Schedule(zone="America/Denver"), locations=places))
    consult = booked(desk, starts_at, location="far")
    tuesday.move_to(starts_at)
    workflow.open_consult(consult, actor=desk, purpose=Purpose.TRIAGE)
    do(workflow.put_on_record, consult, desk)
    tuesday.shift(timedelta(days=91))
    assert purging.purge_due() == 1
    left = consult.appointments.get().starts_at
    clocks = (DENVER, ZoneInfo(zone))
    days = [[moment.astimezone(clock).date() for clock in clocks] for moment in (left, starts_at)]
    assert days[0] == days[1]
    # Of the time no more is left than one of the two midnights.
    assert time(0) in [left.astimezone(clock).time() for clock in clocks]


def test_the_audit_says_what_and_never_when(desk, tuesday):
    consult = booked(desk)
    do(workflow.change_appointment, consult, desk, **agreed(workflow.planned_of(consult), starts_at=LATER))
    tuesday.move_to(LATER)
    do(workflow.note_no_show, consult, desk)
    said = [event.detail for event in AuditEvent.objects.order_by("seq")]
    assert said == ["attempt: booked", "move", "no_show: booked > reached"]
    assert audit.verify() == []


@pytest.mark.parametrize("zone", [DENVER, NEW_YORK])
@pytest.mark.parametrize(
    ("before", "after"), [((2026, 10, 30), (2026, 11, 2)), ((2027, 3, 12), (2027, 3, 15))]
)
def test_a_time_stays_the_time_of_the_clock_across_a_change(desk, tuesday, zone, before, after):
    write_facts(replace(default_facts(), hours=Schedule(zone=zone.key, week=WEEKDAYS)))
    tuesday.move_to(datetime(*before, 10, tzinfo=zone))
    consult = make_consult(time_zone=zone.key, times=[])
    starts_at = datetime(*after, 9, 30, tzinfo=zone)
    do(workflow.record_outcome, consult, desk, outcome=Outcome.BOOKED, again_at=starts_at)
    tuesday.move_to(starts_at + timedelta(minutes=10))
    do(workflow.note_no_show, consult, desk)
    assert consult.appointments.get().starts_at.astimezone(zone).time() == time(9, 30)
    assert consult.next_action_at.astimezone(zone).time() == time(9, 45)
