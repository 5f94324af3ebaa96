"""Answering by e-mail: sealed, queued and told of at once; a slip mails nobody twice."""

import threading
from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.auth.models import Group, Permission
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
from tests.factories.consults import make_request
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 12, 14, tzinfo=ZoneInfo("America/Denver"))
WRITTEN = {"subject": "Ridge: a time", "base": "Hello, this is the template.", "text": "Hello, markertext."}


@pytest.fixture
def desk(db):
    return UserFactory(group="Front desk")


def send(request, actor, **changes):
    values = {"version": request.version, "template": None, **WRITTEN, **changes}
    return workflow.send_reply(request, actor=actor, **values).written


def everything():
    models = (ConsultRequest, SealedReply, TimelineEvent, OutboxMessage, AuditEvent)
    return [list(model.objects.order_by("pk").values()) for model in models]


def steps(request):
    return list(request.timeline.values_list("action", "from_status", "to_status", "actor"))


def test_an_email_is_sealed_queued_and_told_of(desk):
    request = make_request()
    template = ReplyTemplate.objects.filter(channel="email").first()
    reply = send(request, desk, template=template)
    stored = SealedReply.objects.get()
    assert (stored.pk, stored.author, stored.template) == (reply.pk, desk, template)
    for part, words in WRITTEN.items():
        assert words.encode() not in bytes(getattr(stored, part))
    message = OutboxMessage.objects.get(template="reply")
    assert (message.reply, message.reference, message.recipient) == (reply, request.reference, "patient")
    assert steps(request)[1:] == [("mail", "new", "working", desk.pk)]
    event = AuditEvent.objects.get()
    assert (event.action, event.references, event.actor) == ("change", request.reference, desk)
    assert event.detail == "mail: new > working"


def test_what_was_written_is_in_no_clear_column(desk):
    send(make_request(), desk)
    rows = str(everything()).lower()
    assert "markertext" not in rows
    assert "ridge: a time" not in rows


def test_a_new_request_is_taken_and_one_that_somebody_has_stays_theirs(desk):
    new, other = make_request(), UserFactory(group="Front desk")
    theirs = make_request(claimed_by=other, status=Status.REACHED)
    for request in (new, theirs):
        send(request, desk)
    assert (new.status, new.assignee, new.version) == ("working", desk, 2)
    assert (theirs.status, theirs.assignee) == ("reached", other)


def test_to_somebody_who_asked_for_a_call_it_is_no_attempt(desk):
    request = make_request(way="call")
    send(request, desk)
    assert (request.attempts, request.first_attempt_at, request.reached_at) == (0, None, None)
    assert request in ConsultRequest.objects.unanswered()


def test_to_somebody_who_asked_for_an_email_it_is_the_answer(desk):
    with time_machine.travel(NOW, tick=False):
        request = make_request(way="email")
    with time_machine.travel(NOW + timedelta(minutes=20), tick=False):
        send(request, desk)
        assert (request.attempts, request.reached_at) == (1, None)
        assert (request.first_attempt_at, request.attempt_minutes) == (NOW + timedelta(minutes=20), 20)
    with time_machine.travel(NOW + timedelta(hours=2), tick=False):
        send(request, desk, text="Hello again, markertext.")
    assert (request.attempts, request.attempt_minutes) == (2, 20)
    assert request not in ConsultRequest.objects.unanswered()


def test_the_copy_that_the_site_sends_by_itself_is_no_attempt():
    request = make_request(way="email", copy="yes")
    assert OutboxMessage.objects.filter(template="patient_copy").exists()
    assert (request.attempts, request.first_attempt_at) == (0, None)


def test_what_is_due_comes_up_again_after_a_day_and_what_is_planned_stays(desk):
    with time_machine.travel(NOW, tick=False):
        due, planned = make_request(times=[]), make_request(claimed_by=desk)
        later = NOW + timedelta(hours=3)
        workflow.snooze(planned, actor=desk, version=planned.version, until=later)
        for request in (due, planned):
            send(request, desk)
    assert timedelta(hours=24) <= due.next_action_at - NOW <= timedelta(hours=25)
    assert planned.next_action_at == later


def test_several_emails_go_to_one_person(desk):
    request = make_request(copy="yes")
    for number in range(3):
        send(request, desk, text=f"Hello, number {number}.")
    assert OutboxMessage.objects.filter(template="reply").count() == 3
    _contents, notes = workflow.open_request(request, actor=desk, purpose="triage")
    assert [n.text for n in notes] == [f"Hello, number {n}." for n in range(3)]


def test_emails_are_read_among_the_notes_in_order(desk):
    request = make_request()
    workflow.add_note(request, actor=desk, text="Before.")
    send(request, desk)
    workflow.add_note(request, actor=desk, text="After.")
    _contents, notes = workflow.open_request(request, actor=desk, purpose="triage")
    assert [n.text for n in notes] == ["Before.", WRITTEN["text"], "After."]
    mail = notes[1]
    assert (mail.subject, mail.base, mail.author) == (
        WRITTEN["subject"],
        WRITTEN["base"],
        desk.get_username(),
    )
    assert (mail.sent_at, mail.is_dead) == (None, False)


def test_a_template_that_is_deleted_takes_nothing_with_it(desk):
    request = make_request()
    template = ReplyTemplate.objects.filter(channel="email").first()
    send(request, desk, template=template)
    template.delete()
    assert SealedReply.objects.get().template is None
    assert workflow.open_request(request, actor=desk, purpose="triage")[1][0].text == WRITTEN["text"]


def test_an_email_in_another_row_does_not_open(desk):
    request = make_request()
    first, second = send(request, desk), send(request, desk, text="Second.")
    SealedReply.objects.filter(pk=first.pk).update(text=second.text)
    with pytest.raises(EnvelopeProblem):
        workflow.open_request(request, actor=desk, purpose="triage")


# --- what is refused ----------------------------------------------------------------------------------


def refused(error, request, actor, **changes):
    before = everything()
    with pytest.raises(error):
        send(request, actor, **changes)
    assert everything() == before


def test_only_the_front_desk_sends():
    reader = UserFactory()
    reader.groups.add(group := Group.objects.create(name="Readers"))
    group.permissions.add(Permission.objects.get(codename="view_consultrequest"))
    request = make_request()
    for actor in (reader, UserFactory(group="Auditors"), UserFactory(superuser=True)):
        refused(workflow.NotAllowed, request, actor)


@pytest.mark.parametrize("version", [0, 2])
def test_whoever_saw_another_version_sends_nothing(desk, version):
    refused(workflow.StaleRequest, make_request(), desk, version=version)


def test_the_second_click_sends_nothing(desk):
    request = make_request()
    again = ConsultRequest.objects.get(pk=request.pk)
    send(request, desk)
    refused(workflow.StaleRequest, again, desk, version=1)


@pytest.mark.parametrize("status", [s for s in Status if s not in OPEN_STATUSES])
def test_what_is_not_open_is_not_answered(desk, status):
    request = make_request()
    reason = "cost" if status == Status.CLOSED else ""
    ConsultRequest.objects.update(status=status, closed_reason=reason, next_action_at=None)
    request.refresh_from_db()
    refused(workflow.InvalidTransition, request, desk)


def test_nobody_is_mailed_without_an_address(desk):
    refused(workflow.NoAddress, make_request(email=""), desk)


def test_nobody_is_mailed_who_asked_us_to_stop(desk):
    first, again = make_request(), make_request(phone="(555) 555-0199")
    workflow.record_outcome(first, actor=desk, version=1, outcome=Outcome.ASKED_TO_STOP)
    refused(workflow.AskedToStop, again, desk)


@pytest.mark.parametrize("changes", [{"text": "Your ketamine visit."}, {"subject": "Su depresión"}])
def test_no_email_names_what_it_must_not_name(desk, changes):
    refused(workflow.UnfitText, make_request(), desk, **changes)


@pytest.mark.parametrize("table", ["outboxmessage", "timelineevent", "auditevent", "sealedreply"])
def test_all_of_it_happens_or_nothing(desk, table):
    request = make_request()
    before = everything()

    def refuse(execute, sql, params, many, context):
        if sql.startswith("INSERT") and table in sql:
            raise OperationalError("gone")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse), pytest.raises((DatabaseError, AuditProblem)):
        send(request, desk)
    assert everything() == before


def test_of_ten_at_once_one_sends(committed, desk):
    request = make_request()
    results = []

    def click():
        mine = ConsultRequest.objects.get(pk=request.pk)
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
    assert request.timeline.filter(action="mail").count() == 1


# --- going out ------------------------------------------------------------------------------------------


def test_what_goes_out_is_read_once_more_and_that_is_noted(desk):
    request = make_request()
    reply = send(request, desk)
    assert workflow.reply_to_send(reply) == {
        "address": "sample.person@example.org",
        "subject": WRITTEN["subject"],
        "text": WRITTEN["text"],
    }
    assert steps(request)[-1] == ("mail_read", "", "", None)
    event = AuditEvent.objects.first()
    assert (event.action, event.purpose, event.actor) == ("view", "reply", None)


def test_nothing_goes_out_once_the_contents_are_gone_or_the_person_asked_to_stop(desk):
    gone, stopped = (make_request(email=f"{name}@example.org") for name in ("gone", "stopped"))
    replies = [send(request, desk) for request in (gone, stopped)]
    ConsultRequest.objects.filter(pk=gone.pk).update(envelope=b"")
    workflow.record_outcome(stopped, actor=desk, version=stopped.version, outcome=Outcome.ASKED_TO_STOP)
    for reply in replies:
        reply = SealedReply.objects.get(pk=reply.pk)
        with pytest.raises(workflow.NoLongerWanted):
            workflow.reply_to_send(reply)
    assert not TimelineEvent.objects.filter(action="mail_read").exists()


def test_whoever_sent_mail_is_not_deleted_and_a_request_takes_its_mail_along(desk):
    request = make_request()
    send(request, desk)
    with pytest.raises(ProtectedError):
        desk.delete()
    request.delete()
    assert not SealedReply.objects.exists()
    assert not OutboxMessage.objects.filter(template="reply").exists()
