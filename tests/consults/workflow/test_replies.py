"""Answering by e-mail: sealed, queued and told of at once; a slip mails nobody twice."""

import threading
from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import DatabaseError, OperationalError, connection
from django.db.models import ProtectedError

from consults import workflow
from consults.audit import AuditProblem
from consults.enums import OPEN_STATUSES, Outcome, Status
from consults.models import (
    AuditEvent,
    ConsultRequest,
    OutboxMessage,
    ReplyTemplate,
    SealedReply,
    TimelineEvent,
)
from consults.sealing.envelope import EnvelopeProblem
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory, with_only

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 12, 14, tzinfo=ZoneInfo("America/Denver"))
WRITTEN = {"subject": "Ridge: a time", "base": "Hello, this is the template.", "text": "Hello, markertext."}


@pytest.fixture
def desk(db):
    return UserFactory(group="Front desk")


def send(consult, actor, **changes):
    values = {"version": consult.version, "template": None, **WRITTEN, **changes}
    return workflow.send_reply(consult, actor=actor, **values).written


def everything():
    models = (ConsultRequest, SealedReply, TimelineEvent, OutboxMessage, AuditEvent)
    return [list(model.objects.order_by("pk").values()) for model in models]


def steps(consult):
    return list(consult.timeline.values_list("action", "from_status", "to_status", "actor"))


def test_an_email_is_sealed_queued_and_told_of(desk):
    consult = make_consult()
    template = ReplyTemplate.objects.filter(channel="email").first()
    reply = send(consult, desk, template=template)
    stored = SealedReply.objects.get()
    assert (stored.pk, stored.author, stored.template) == (reply.pk, desk, None)
    for part, words in WRITTEN.items():
        assert words.encode() not in bytes(getattr(stored, part))
    message = OutboxMessage.objects.get(template="reply")
    assert (message.reply, message.reference, message.recipient) == (reply, consult.reference, "patient")
    assert steps(consult)[1:] == [("mail", "new", "working", desk.pk)]
    event = AuditEvent.objects.get()
    assert (event.action, event.references, event.actor) == ("change", consult.reference, desk)
    assert event.detail == "mail: new > working"


def test_what_was_written_is_in_no_clear_column(desk):
    send(make_consult(), desk)
    rows = str(everything()).lower()
    assert "markertext" not in rows
    assert "ridge: a time" not in rows


def test_a_new_request_is_taken_and_one_that_somebody_has_stays_theirs(desk):
    new, other = make_consult(), UserFactory(group="Front desk")
    theirs = make_consult(claimed_by=other, status=Status.REACHED)
    for consult in (new, theirs):
        send(consult, desk)
    assert (new.status, new.assignee, new.version) == ("working", desk, 2)
    assert (theirs.status, theirs.assignee) == ("reached", other)


def test_to_somebody_who_asked_for_a_call_it_is_no_attempt(desk):
    consult = make_consult(way="call")
    send(consult, desk)
    assert (consult.attempts, consult.first_attempt_at, consult.reached_at) == (0, None, None)
    assert consult in ConsultRequest.objects.unanswered()


def test_to_somebody_who_asked_for_an_email_it_is_the_answer(desk):
    with time_machine.travel(NOW, tick=False):
        consult = make_consult(way="email")
    with time_machine.travel(NOW + timedelta(minutes=20), tick=False):
        send(consult, desk)
        assert (consult.attempts, consult.reached_at) == (1, None)
        assert (consult.first_attempt_at, consult.attempt_minutes) == (NOW + timedelta(minutes=20), 20)
    with time_machine.travel(NOW + timedelta(hours=2), tick=False):
        send(consult, desk, text="Hello again, markertext.")
    assert (consult.attempts, consult.attempt_minutes) == (2, 20)
    assert consult not in ConsultRequest.objects.unanswered()


def test_the_copy_that_the_site_sends_by_itself_is_no_attempt():
    consult = make_consult(way="email", copy="yes")
    assert OutboxMessage.objects.filter(template="patient_copy").exists()
    assert (consult.attempts, consult.first_attempt_at) == (0, None)


def test_what_is_due_comes_up_again_after_a_day_and_what_is_planned_stays(desk):
    with time_machine.travel(NOW, tick=False):
        due, planned = make_consult(times=[]), make_consult(claimed_by=desk)
        later = NOW + timedelta(hours=3)
        workflow.snooze(planned, actor=desk, version=planned.version, until=later)
        for consult in (due, planned):
            send(consult, desk)
    assert timedelta(hours=24) <= due.next_action_at - NOW <= timedelta(hours=25)
    assert planned.next_action_at == later


def test_several_emails_go_to_one_person(desk):
    consult = make_consult(copy="yes")
    for number in range(3):
        send(consult, desk, text=f"Hello, number {number}.")
    assert OutboxMessage.objects.filter(template="reply").count() == 3
    _contents, notes = workflow.open_consult(consult, actor=desk, purpose="triage")
    assert [n.text for n in notes] == [f"Hello, number {n}." for n in range(3)]


def test_emails_are_read_among_the_notes_in_order(desk):
    consult = make_consult()
    workflow.add_note(consult, actor=desk, text="Before.")
    send(consult, desk)
    workflow.add_note(consult, actor=desk, text="After.")
    _contents, notes = workflow.open_consult(consult, actor=desk, purpose="triage")
    assert [n.text for n in notes] == ["Before.", WRITTEN["text"], "After."]
    mail = notes[1]
    assert (mail.subject, mail.base, mail.author) == (
        WRITTEN["subject"],
        WRITTEN["base"],
        desk.get_username(),
    )
    assert (mail.sent_at, mail.is_dead) == (None, False)


def test_a_template_that_is_deleted_takes_nothing_with_it(desk):
    consult = make_consult()
    template = ReplyTemplate.objects.filter(channel="email").first()
    send(consult, desk, template=template)
    template.delete()
    [reply] = workflow.open_consult(consult, actor=desk, purpose="triage")[1]
    assert (reply.text, reply.template_name) == (WRITTEN["text"], template.title)


def test_an_email_in_another_row_does_not_open(desk):
    consult = make_consult()
    first, second = send(consult, desk), send(consult, desk, text="Second.")
    SealedReply.objects.filter(pk=first.pk).update(text=second.text)
    with pytest.raises(EnvelopeProblem):
        workflow.open_consult(consult, actor=desk, purpose="triage")


# --- what is refused ----------------------------------------------------------------------------------


def refused(error, consult, actor, **changes):
    before = everything()
    with pytest.raises(error):
        send(consult, actor, **changes)
    assert everything() == before


def test_only_the_front_desk_sends():
    reader = with_only("Clinician", "view_consultrequest")
    consult = make_consult()
    for actor in (reader, UserFactory(group="Auditors"), UserFactory(superuser=True)):
        refused(workflow.NotAllowed, consult, actor)


@pytest.mark.parametrize("version", [0, 2])
def test_whoever_saw_another_version_sends_nothing(desk, version):
    refused(workflow.StaleRequest, make_consult(), desk, version=version)


def test_the_second_click_sends_nothing(desk):
    consult = make_consult()
    again = ConsultRequest.objects.get(pk=consult.pk)
    send(consult, desk)
    refused(workflow.StaleRequest, again, desk, version=1)


@pytest.mark.parametrize("status", [s for s in Status if s not in OPEN_STATUSES])
def test_what_is_not_open_is_not_answered(desk, status):
    consult = make_consult()
    reason = "cost" if status == Status.CLOSED else ""
    ConsultRequest.objects.update(status=status, closed_reason=reason, next_action_at=None)
    consult.refresh_from_db()
    refused(workflow.InvalidTransition, consult, desk)


def test_nobody_is_mailed_without_an_address(desk):
    refused(workflow.NoAddress, make_consult(email=""), desk)


def test_nobody_is_mailed_who_asked_us_to_stop(desk):
    first, again = make_consult(), make_consult(phone="(555) 555-0199")
    workflow.record_outcome(first, actor=desk, version=1, outcome=Outcome.ASKED_TO_STOP)
    refused(workflow.AskedToStop, again, desk)


@pytest.mark.parametrize("changes", [{"text": "Your ketamine visit."}, {"subject": "Su depresión"}])
def test_no_email_names_what_it_must_not_name(desk, changes):
    refused(workflow.UnfitText, make_consult(), desk, **changes)


@pytest.mark.parametrize("table", ["outboxmessage", "timelineevent", "auditevent", "sealedreply"])
def test_all_of_it_happens_or_nothing(desk, table):
    consult = make_consult()
    before = everything()

    def refuse(execute, sql, params, many, context):
        if sql.startswith("INSERT") and table in sql:
            raise OperationalError("gone")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse), pytest.raises((DatabaseError, AuditProblem)):
        send(consult, desk)
    assert everything() == before


def test_of_ten_at_once_one_sends(committed, desk):
    consult = make_consult()
    results = []

    def click():
        mine = ConsultRequest.objects.get(pk=consult.pk)
        try:
            send(mine, desk, version=1)
            results.append("sent")
        except workflow.StaleRequest:
            results.append("stale")
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(results) == {"sent": 1, "stale": 9}
    assert OutboxMessage.objects.filter(template="reply").count() == SealedReply.objects.count() == 1
    assert consult.timeline.filter(action="mail").count() == 1


# --- going out ------------------------------------------------------------------------------------------


def test_what_goes_out_is_read_once_more_and_that_is_noted(desk):
    consult = make_consult()
    reply = send(consult, desk)
    assert workflow.reply_to_send(reply) == {
        "address": "sample.person@example.org",
        "subject": WRITTEN["subject"],
        "text": WRITTEN["text"],
    }
    assert steps(consult)[-1] == ("mail_read", "", "", None)
    event = AuditEvent.objects.first()
    assert (event.action, event.purpose, event.actor) == ("view", "reply", None)


def test_nothing_goes_out_once_the_contents_are_gone_or_the_person_asked_to_stop(desk):
    gone, stopped = (make_consult(email=f"{name}@example.org") for name in ("gone", "stopped"))
    replies = [send(consult, desk) for consult in (gone, stopped)]
    ConsultRequest.objects.filter(pk=gone.pk).update(envelope=b"")
    workflow.record_outcome(stopped, actor=desk, version=stopped.version, outcome=Outcome.ASKED_TO_STOP)
    for reply in replies:
        reply = SealedReply.objects.get(pk=reply.pk)
        with pytest.raises(workflow.NoLongerWanted):
            workflow.reply_to_send(reply)
    assert not TimelineEvent.objects.filter(action="mail_read").exists()


def test_whoever_sent_mail_is_not_deleted_and_a_request_takes_its_mail_along(desk):
    consult = make_consult()
    send(consult, desk)
    with pytest.raises(ProtectedError):
        desk.delete()
    consult.delete()
    assert not SealedReply.objects.exists()
    assert not OutboxMessage.objects.filter(template="reply").exists()
