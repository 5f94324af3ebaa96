"""The owner hears of a request that nobody takes: once, and by the hours the clinic is open."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from django.core import mail
from django.db.models.functions import Now

from clinic.core.facts import default_facts, write_facts
from clinic.core.opening_hours import Period, Schedule
from consults import workflow
from consults.enums import CallWindow, Outcome, Status
from consults.models import ConsultRequest, OutboxMessage
from consults.notices.escalation import queue_escalations
from consults.notices.outbox import send_due
from tests.consults.passing_time import let_pass, zone_where_it_is
from tests.factories import consults as factories
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def the_owner_alone(settings):
    """Leave out the step before."""
    settings.CONSULTS_REMIND_AFTER_MINUTES = 0


def make_consult(**changes):
    """Store a request of somebody with whom it is early afternoon now, whenever the test runs."""
    consult = factories.make_consult(times=[], **changes)
    ConsultRequest.objects.filter(pk=consult.pk).update(time_zone=zone_where_it_is(14))
    return consult


def answer(consult):
    """Try to reach somebody."""
    desk = UserFactory(group="Front desk")
    consult.refresh_from_db()
    workflow.record_outcome(consult, actor=desk, version=consult.version, outcome=Outcome.NO_ANSWER)


def escalated():
    """The references the owner is told of."""
    rows = OutboxMessage.objects.filter(template="escalation", recipient="owner")
    return set(rows.values_list("reference", flat=True))


def test_an_answer_by_email_to_who_asked_for_one_is_an_attempt(settings):
    settings.CONSULTS_ESCALATE_AFTER_MINUTES = 45
    consult, desk = make_consult(way="email"), UserFactory(group="Front desk")
    words = {"subject": "Ridge", "base": "Hello.", "text": "Hello."}
    workflow.send_reply(consult, actor=desk, version=consult.version, template=None, **words)
    let_pass(60 * MINUTE)
    assert queue_escalations() == 0


def open_only(*weekdays):
    day = Period(time(0), time(23, 59))
    write_facts(replace(default_facts(), hours=Schedule(zone="UTC", week={n: (day,) for n in weekdays})))


def test_a_request_that_waits_too_long_is_told_once(settings):
    settings.CONSULTS_ESCALATE_AFTER_MINUTES = 45
    consult = make_consult()
    let_pass(44 * MINUTE)
    assert queue_escalations() == 0
    let_pass(2 * MINUTE)
    assert [queue_escalations(), queue_escalations()] == [1, 0]
    assert escalated() == {consult.reference}
    let_pass(timedelta(days=3))
    assert queue_escalations() == 0


def test_only_minutes_in_which_the_person_can_be_called_count():
    """Somewhere it is three in the night; the wish of another one is for the evening."""
    sleeps, waits, callable_now = make_consult(), make_consult(), make_consult()
    ConsultRequest.objects.filter(pk=sleeps.pk).update(time_zone=zone_where_it_is(3))
    evenings = CallWindow.WEEKDAY_EVENING | CallWindow.WEEKEND_EVENING
    ConsultRequest.objects.filter(pk=waits.pk).update(best_times=evenings)
    let_pass(40 * MINUTE)
    assert queue_escalations() == 1
    assert escalated() == {callable_now.reference}


def test_only_minutes_in_which_somebody_is_there_count():
    """Everything before and after today is closed, or today itself is."""
    today = datetime.now(UTC).weekday()
    make_consult()
    let_pass(40 * MINUTE)
    open_only((today + 3) % 7)
    assert queue_escalations() == 0
    open_only(*range(7))
    assert queue_escalations() == 1


@pytest.mark.parametrize("status", [Status.CLOSED, Status.QUARANTINE, Status.SPAM])
def test_what_does_not_wait_is_not_told(status):
    desk = UserFactory(group="Front desk")
    if status == Status.QUARANTINE:
        make_consult()
        ConsultRequest.objects.update(status=status)
    else:
        make_consult(claimed_by=desk, status=status, reason="test" if status == Status.CLOSED else "")
    let_pass(timedelta(days=1))
    assert queue_escalations() == 0


def test_the_site_does_not_tell_of_its_own_tests():
    make_consult()
    ConsultRequest.objects.update(is_canary=True)
    let_pass(timedelta(days=1))
    assert queue_escalations() == 0


def test_claiming_and_reading_are_no_answer():
    desk = UserFactory(group="Front desk")
    consult = make_consult(claimed_by=desk)
    workflow.open_consult(consult, actor=desk, purpose="triage")
    let_pass(timedelta(days=1))
    assert queue_escalations() == 1


def test_what_somebody_answered_before_the_mail_went_out_is_not_told():
    answered, waits = make_consult(), make_consult()
    let_pass(timedelta(days=1))
    assert queue_escalations() == 2
    answer(answered)
    assert queue_escalations() == 0
    assert escalated() == {waits.reference}


def test_colleagues_hear_of_it_before_the_owner_and_each_once(settings):
    settings.CONSULTS_REMIND_AFTER_MINUTES = 10
    make_consult()
    told = []
    for _ in range(8):
        let_pass(5 * MINUTE)
        queue_escalations()
        told.append(
            sorted(OutboxMessage.objects.filter(template="escalation").values_list("recipient", flat=True))
        )
    assert told[0] == []
    assert told[2] == ["staff"]
    assert told[-1] == ["owner", "staff"]


def test_what_was_told_stays_told():
    consult = make_consult()
    let_pass(timedelta(days=1))
    queue_escalations()
    send_due()
    answer(consult)
    assert queue_escalations() == 0
    assert escalated() == {consult.reference}


@pytest.mark.parametrize(
    ("owners", "expected"), [(["owner@example.org"], "owner@example.org"), ([], "frontdesk@example.org")]
)
def test_the_mail_goes_to_the_owner(settings, owners, expected):
    settings.CONSULTS_OWNER_RECIPIENTS = owners
    make_consult()
    OutboxMessage.objects.update(sent_at=Now())
    let_pass(timedelta(days=1))
    queue_escalations()
    assert send_due() == 1
    assert (mail.outbox[0].to, mail.outbox[0].subject.partition(": ")[2]) == (
        [expected],
        "a website request waits too long",
    )
