"""Requests to be read first: the clinician, the second person, and what the lists missed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consults import workflow
from consults.enums import ClosedReason, Outcome, Priority, Purpose, Status, TimelineAction
from consults.models import ConsultRequest, FlagMiss, StoppedContact
from consults.reports.catalogue import REPORTS
from consults.reports.periods import last_days
from consults.reports.rounding import exact
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
NOW = "I want to kill myself tonight."


@pytest.fixture
def one():
    return UserFactory(group="Front desk")


@pytest.fixture
def other():
    return UserFactory(group="Front desk")


@pytest.fixture
def in_charge(settings):
    """A clinic that named the clinician who answers for the word lists."""
    settings.CONSULTS_CRISIS_CLINICIAN = "Dr. Sample"


@pytest.fixture
def marked(in_charge, one):
    """A request that the site put first, and that somebody has read."""
    consult = make_consult(note=NOW, email="")
    workflow.open_consult(consult, actor=one, purpose=Purpose.TRIAGE)
    return consult


def close(consult, actor, status=Status.CLOSED):
    reason = ClosedReason.NOT_NOW if status == Status.CLOSED else ""
    workflow.change_status(consult, actor=actor, version=consult.version, status=status, reason=reason)


@pytest.mark.parametrize("status", [Status.CLOSED, Status.SPAM])
def test_one_person_alone_closes_nothing_that_is_to_be_read_first(marked, one, other, status):
    close(marked, one, status)
    assert (marked.status, marked.next_action_at is None) == (Status.NEW, False)
    assert [event.action for event in marked.timeline.last_changes(1)] == [TimelineAction.ASK_CLOSE]
    # Asking twice is not two people.
    close(marked, one, status)
    assert marked.is_open
    close(marked, other, status)
    assert marked.status == status


@pytest.mark.parametrize("outcome", [Outcome.ASKED_TO_STOP, Outcome.WRONG_NUMBER])
def test_an_outcome_that_would_close_it_leaves_it_to_a_colleague(marked, one, other, outcome):
    workflow.record_outcome(marked, actor=one, version=1, outcome=outcome)
    assert marked.status == Status.WORKING
    assert marked.next_action_at <= timezone.now()
    assert StoppedContact.objects.exists() is (outcome == Outcome.ASKED_TO_STOP)
    close(marked, one)
    assert marked.is_open
    close(marked, other)
    assert marked.status == Status.CLOSED


def test_who_says_no_is_kept_as_it_stands_until_a_colleague_agrees(marked, one):
    agreed = timezone.now() + timedelta(days=1)
    workflow.record_outcome(marked, actor=one, version=1, outcome=Outcome.CALL_BACK, again_at=agreed)
    workflow.record_outcome(marked, actor=one, version=2, outcome=Outcome.DECLINED, reason="cost")
    assert (marked.status, marked.closed_reason, marked.agreed_at) == (Status.REACHED, "", agreed)
    assert marked.next_action_at <= timezone.now()


def test_whoever_handed_it_over_is_the_second_person(marked, one, other):
    workflow.hand_to_clinician(marked, actor=other, version=1)
    assert (marked.status, marked.assignee) == (Status.WORKING, other)
    close(marked, other)
    assert marked.is_open
    close(marked, one)
    assert marked.status == Status.CLOSED


def test_a_new_mark_asks_for_two_people_anew(marked, one, other):
    workflow.hand_to_clinician(marked, actor=other, version=1)
    workflow.set_priority(marked, actor=other, version=2, priority=Priority.NOW)
    close(marked, one)
    assert marked.is_open


def test_one_person_alone_takes_no_mark_back(marked, one, other):
    with pytest.raises(workflow.SecondPersonNeeded):
        workflow.set_priority(marked, actor=one, version=1, priority=Priority.NONE)
    assert (marked.priority, marked.version) == (Priority.NOW, 1)
    workflow.hand_to_clinician(marked, actor=other, version=1)
    workflow.set_priority(marked, actor=one, version=2, priority=Priority.FIRST)
    assert marked.priority == Priority.FIRST


def test_without_a_clinician_one_person_is_enough(one):
    consult = make_consult()
    workflow.open_consult(consult, actor=one, purpose=Purpose.TRIAGE)
    workflow.set_priority(consult, actor=one, version=1, priority=Priority.NOW)
    close(consult, one)
    assert consult.status == Status.CLOSED
    with pytest.raises(workflow.InvalidTransition):
        workflow.hand_to_clinician(consult, actor=one, version=consult.version)


def test_what_is_in_its_turn_needs_one_person(in_charge, one):
    consult = make_consult()
    workflow.open_consult(consult, actor=one, purpose=Purpose.TRIAGE)
    close(consult, one)
    assert consult.status == Status.CLOSED


def test_a_plan_with_the_clinician_is_an_attempt_that_reached(marked, one):
    workflow.record_outcome(marked, actor=one, version=1, outcome=Outcome.CLINICIAN)
    assert (marked.status, marked.attempts) == (Status.REACHED, 1)
    assert marked.reached_at
    assert marked.next_action_at > timezone.now()


def test_nobody_plans_with_a_clinician_who_is_not_named(one):
    consult = make_consult()
    with pytest.raises(workflow.InvalidTransition):
        workflow.record_outcome(consult, actor=one, version=1, outcome=Outcome.CLINICIAN)


def test_what_the_list_missed_is_put_first_and_counted_without_a_link(in_charge, one):
    consult = make_consult(note="Plain words that mean it.")
    workflow.report_missed(consult, actor=one, version=1)
    assert consult.priority == Priority.NOW
    [mark] = FlagMiss.objects.values()
    assert sorted(mark) == ["id", "week"]
    assert mark["week"].weekday() == 0
    with pytest.raises(workflow.InvalidTransition):
        workflow.report_missed(consult, actor=one, version=2)
    assert FlagMiss.objects.count() == 1


def test_the_page_offers_the_clinician_only_where_one_is_named(client, one, settings):
    consult = make_consult()
    client.force_login(one)
    address = reverse("consult_requests:detail", args=[consult.pk])
    assert "The clinician in charge" not in client.get(address).content.decode()
    settings.CONSULTS_CRISIS_CLINICIAN = "Dr. Sample"
    page = client.get(address).content.decode()
    assert "Handed to Dr. Sample" in page
    assert "The word list missed this one" in page
    assert "Reached: plan made with the clinician" in page


def test_the_buttons_of_the_page_do_it(client, marked, one, settings):
    client.force_login(one)
    settings.CONSULTS_CRISIS_HOURS = "weekdays 9 to 5"
    detail = reverse("consult_requests:detail", args=[marked.pk])
    page = client.get(detail).content.decode()
    assert "weekdays 9 to 5" in page
    assert "The word list missed" not in page
    status = reverse("consult_requests:status", args=[marked.pk])
    page = client.post(status, {"version": 1, "status": "closed", "reason": "later"}, follow=True)
    assert "Ask a colleague to look at it" in page.content.decode()
    priority = reverse("consult_requests:priority", args=[marked.pk])
    page = client.post(priority, {"version": 2, "priority": 0}, follow=True)
    assert "one person alone" in page.content.decode()
    hand_to_clinician = reverse("consult_requests:hand_to_clinician", args=[marked.pk])
    page = client.post(hand_to_clinician, {"version": 2}, follow=True)
    assert "Handed to the clinician" in page.content.decode()


def test_the_report_counts_what_was_put_first_and_hides_what_is_small(in_charge, one):
    requests = [make_consult(note=NOW) for _ in range(6)]
    for consult in requests[:5]:
        workflow.open_consult(consult, actor=one, purpose=Purpose.TRIAGE)
        workflow.hand_to_clinician(consult, actor=one, version=1)
    plain = make_consult()
    workflow.set_priority(plain, actor=one, version=1, priority=Priority.NOW)
    found = REPORTS["read-first"].table_of(last_days(90), exact)
    assert tuple(row[:2] for row in found.rows) == (
        ("Marked to be read first", 7),
        ("Of these: with the clinician", 5),
        ("Missed by the word list", 0),
        ("Median minutes until opened", 0),
    )
    ConsultRequest.objects.filter(pk__in=[r.pk for r in requests[3:]]).delete()
    found = {row[0]: row[1] for row in REPORTS["read-first"].table_of(last_days(90), exact).rows}
    assert found["Marked to be read first"] == 4
    assert "Median minutes until opened" not in found


@pytest.mark.parametrize(("clinician", "status"), [("", 404), ("Dr. Sample", 200)])
def test_the_report_exists_where_a_clinician_is_named(client, settings, clinician, status):
    settings.CONSULTS_CRISIS_CLINICIAN = clinician
    client.force_login(UserFactory(group="Managers"))
    address = reverse("consult_reports:table", args=["read-first"])
    assert client.get(address).status_code == status
