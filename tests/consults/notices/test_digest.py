"""The owner's weekly mail: once a week, with the right numbers, and with nobody's name but the staff's."""

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from clinic.core.facts import default_facts, write_facts
from clinic.core.opening_hours import Schedule
from consults import audit, workflow
from consults.enums import AuditAction, Purpose, Status
from consults.models import AuditEvent, ConsultRequest, OutboxMessage
from consults.notices.digest import queue_digest
from consults.notices.mail import compose
from consults.notices.outbox import send_due
from tests.consults.audit.test_chain import without_triggers
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
# Monday of week 48 is November 23; in Denver it is seven hours earlier than in UTC.
IN_THE_WEEK = datetime(2026, 11, 25, 18, tzinfo=UTC)
MONDAY_SEVEN = datetime(2026, 11, 30, 14, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
TYPED = {"email": "marker@example.net", "note": "Markernote", "phone": "(555) 555-0177"}
# Two of the same name and day would be one request.
numbers = itertools.count()


@pytest.fixture(autouse=True)
def a_clinic_in_denver(settings, tmp_path):
    settings.CONSULTS_AUDIT_HEADS_FILE = tmp_path / "heads.jsonl"
    settings.CONSULTS_OWNER_RECIPIENTS = ["owner@example.org"]
    write_facts(replace(default_facts(), short_name="Ridge", hours=Schedule(zone="America/Denver", week={})))


def at(moment):
    return time_machine.travel(moment, tick=False)


def weeks():
    return list(OutboxMessage.objects.filter(template="digest").values_list("reference", flat=True))


def text_of(week="2026W48"):
    return compose(OutboxMessage(template="digest", recipient="owner", reference=week)).body


def html_of(week="2026W48"):
    [part] = compose(OutboxMessage(template="digest", recipient="owner", reference=week)).alternatives
    return part[0]


def make_in(moment, **columns):
    with at(moment):
        consult = make_consult(**TYPED, name=f"Markername {next(numbers)}")
    ConsultRequest.objects.filter(pk=consult.pk).update(created_at=moment, **columns)
    consult.refresh_from_db()
    return consult


# --- when ------------------------------------------------------------------------------------------------


def test_it_is_queued_on_monday_at_seven_and_once():
    make_in(IN_THE_WEEK)
    for moment, expected in (
        (MONDAY_SEVEN - MINUTE, []),
        (MONDAY_SEVEN, ["2026W48"]),
        (MONDAY_SEVEN + MINUTE, ["2026W48"]),
        (MONDAY_SEVEN + timedelta(days=6), ["2026W48"]),
        (MONDAY_SEVEN + timedelta(days=7) - MINUTE, ["2026W48"]),
        (MONDAY_SEVEN + timedelta(days=7), ["2026W48", "2026W49"]),
    ):
        with at(moment):
            queue_digest()
        assert sorted(weeks()) == expected


def test_a_worker_that_was_away_on_monday_makes_up_for_it():
    make_in(IN_THE_WEEK)
    with at(MONDAY_SEVEN + timedelta(days=3)):
        assert [queue_digest(), queue_digest()] == [True, False]


def test_the_year_is_that_of_the_week():
    make_in(IN_THE_WEEK)
    with at(datetime(2027, 1, 4, 15, tzinfo=UTC)):
        queue_digest()
    assert weeks() == ["2026W53"]


def test_a_new_site_has_no_week_to_tell_of():
    make_in(MONDAY_SEVEN + MINUTE)
    with at(MONDAY_SEVEN + timedelta(days=2)):
        assert not queue_digest()


def test_it_goes_to_the_owner_under_a_neutral_subject():
    make_in(IN_THE_WEEK)
    with at(MONDAY_SEVEN):
        queue_digest()
    send_due()
    [sent] = [message for message in mail.outbox if message.to == ["owner@example.org"]]
    assert sent.subject == "Ridge: website requests, the week in numbers"


# --- what it says ----------------------------------------------------------------------------------------


def test_requests_are_counted_by_the_clinics_week():
    monday = datetime(2026, 11, 23, 7, tzinfo=UTC)
    make_in(monday - MINUTE, attempt_minutes=1)
    make_in(monday, attempt_minutes=15)
    make_in(monday, attempt_minutes=16)
    make_in(monday + timedelta(days=7) - MINUTE)
    make_in(monday + timedelta(days=7))
    make_in(IN_THE_WEEK, status=Status.QUARANTINE, attempt_minutes=1)
    make_in(IN_THE_WEEK, status=Status.QUARANTINE, shown_at=timezone.now(), next_action_at=None)
    make_in(IN_THE_WEEK, is_canary=True)
    # They spoke with somebody before it was written down: nobody's quick answer.
    make_in(IN_THE_WEEK, channel="phone", attempt_minutes=0)
    make_in(IN_THE_WEEK, status=Status.CLOSED, closed_reason="test", attempt_minutes=1)
    for shown in (
        "Website requests, Nov 23 to Nov 29, 2026",
        "Received: 6, 2 of them spam or suspected",
        "First try within 15 minutes of opening: 1\n",
        "First try later: 1\n",
        "Waiting now, nobody has them: 6\n",
        "Suspected spam that nobody has looked at: 1\n",
    ):
        assert shown in text_of()


def test_each_person_is_told_with_what_they_did():
    desk = UserFactory(group="Front desk", username="ann")
    manager = UserFactory(group="Managers", username="bea")
    superuser = UserFactory(superuser=True, username="cy")
    consult = make_in(IN_THE_WEEK)
    with at(IN_THE_WEEK):
        for purpose in (Purpose.TRIAGE, Purpose.TRIAGE, Purpose.REVEAL):
            workflow.open_consult(consult, actor=desk, purpose=purpose)
        workflow.search("0177", actor=desk)
        workflow.note_print(consult, actor=desk)
        workflow.claim(consult, actor=desk, version=1)
        audit.append(AuditAction.EXPORT, actor=manager, detail="1 rows, masked")
        workflow.open_for_export([consult], actor=manager, reason="Markerreason of ours")
        audit.append(AuditAction.DENIED, actor=manager, detail="wrong password")
        workflow.break_glass(actor=superuser, reason="Markeremergency here")
        audit.append(AuditAction.VIEW, actor=None)
    with at(IN_THE_WEEK + timedelta(days=7)):
        workflow.open_consult(consult, actor=desk, purpose=Purpose.TRIAGE)
    text = text_of()
    assert "ann: opened 2, revealed in a list 1, searched 1, printed 1\n" in text
    assert "bea: exported without names 1, exported with names 1, refused 1\n" in text
    assert "cy: emergency accesses 1\n" in text
    assert "The site: opened 1\n" in text
    for part in (text, html_of()):
        assert consult.reference not in part
        assert "arker" not in part
        # With its bracket: the code of the audit holds any digits.
        assert "(555)" not in part
    for said in ("<strong>ann:</strong> opened 2, revealed in a list 1", "exported with names 1"):
        assert said in html_of()


def test_a_quiet_week_is_told_too():
    make_in(IN_THE_WEEK - timedelta(days=30))
    text = text_of()
    assert "Received: 0\n" in text
    assert "Nobody opened, took away or printed anything." in text
    assert "The audit of the week is whole." in text


def test_the_link_leads_to_the_audit(settings):
    settings.STAFF_URL = "https://clinic.example.org"
    for part in (text_of(), html_of()):
        assert "https://clinic.example.org/admin/consult-audit/" in part


# --- the audit -------------------------------------------------------------------------------------------


@pytest.fixture
def events():
    """Two before the week, three in it, one after it."""
    made = []
    for days in (-8, -7, 0, 0, 1, 7):
        with at(IN_THE_WEEK + timedelta(days=days)):
            made.append(audit.append(AuditAction.LIST, actor=None))
    return made


def test_a_whole_audit_is_told_with_its_head(events):
    audit.publish_head()
    for part in (text_of(), html_of()):
        assert "The audit of the week is whole." in part
        assert f"It goes to number 6, {events[-1].mac}." in part


@pytest.mark.parametrize("seq", [3, 5, 6])
def test_a_changed_event_of_the_week_is_told(events, seq):
    with without_triggers():
        AuditEvent.objects.filter(seq=seq).update(detail="other")
    assert "NOT whole" in text_of()
    assert "NOT whole" in html_of()


def test_a_removed_event_is_told(events):
    with without_triggers():
        AuditEvent.objects.filter(seq=4).delete()
    assert "NOT whole" in text_of()


def test_a_cut_end_is_told(events):
    audit.publish_head()
    with without_triggers():
        AuditEvent.objects.filter(seq__gt=2).delete()
    assert "NOT whole" in text_of()


def test_heads_that_cannot_be_read_prove_nothing(events, settings):
    settings.CONSULTS_AUDIT_HEADS_FILE.write_text("nonsense")
    assert "NOT whole, or couldn't be checked" in text_of()


def test_only_the_week_is_looked_at(events):
    """Years of audit would keep the worker from its mail; the command looks at everything."""
    with without_triggers():
        AuditEvent.objects.filter(seq=1).update(detail="other")
    assert "The audit of the week is whole." in text_of()
    assert [fault.seq for fault in audit.verify()] == [1]


def test_many_events_ask_the_database_as_often_as_few(events, count_queries):
    few = count_queries(text_of)
    with at(IN_THE_WEEK + timedelta(days=7)):
        for number in range(30):
            audit.append(AuditAction.VIEW, actor=UserFactory(username=f"somebody{number}"))
    assert count_queries(text_of) == few
