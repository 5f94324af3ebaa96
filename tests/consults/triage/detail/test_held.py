"""What we hold: everything about one person over all linked requests, by a deliberate act alone."""

import html
import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from consults import workflow
from consults.enums import ClosedReason, Manner, Outcome, Purpose, Status
from consults.models import (
    Appointment,
    AuditEvent,
    ClosureMove,
    ConsentReceipt,
    ConsultNote,
    ConsultRequest,
    Decision,
    OutboxMessage,
    SealedReply,
    StoppedContact,
    TimelineEvent,
)
from consults.triage.appointments.words import when_in_words
from consults.workflow.appointments import leave_days
from consults.workflow.retention.policy import contents_go_at
from tests.accounts.signing_in import sign_in
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
REASON = "She showed her passport at the desk."


@pytest.fixture
def desk():
    return UserFactory(group="Front desk", username="robin.desk")


@pytest.fixture
def manager(client):
    return sign_in(client, UserFactory(group="Managers", username="kim.manager"))


def thread(desk):
    first = make_consult(name="Ana Castillo", phone="(555) 555-0177", note="I want to talk about sleep.")
    second = make_consult(name="Ana Castillo", email="ana@example.org", note="Evenings, please.")
    at = timezone.now() - timedelta(hours=5)
    ConsultRequest.objects.filter(pk=first.pk).update(created_at=at)
    first.refresh_from_db()
    workflow.link(second, actor=desk, version=second.version, same_as=first)
    return first, second


def url(consult):
    return reverse("consult_requests:held", args=[consult.pk])


def report(client, consult, reason=REASON):
    return client.post(url(consult), {"reason": reason})


def test_everything_is_in_it_over_all_linked_requests(client, desk, manager):
    first, second = thread(desk)
    workflow.add_note(first, actor=desk, text="Her sister answers.")
    workflow.record_outcome(first, actor=desk, version=first.version, outcome=Outcome.NO_ANSWER)
    workflow.open_consult(second, actor=manager, purpose=Purpose.TRIAGE)
    response = report(client, second)
    text = html.unescape(response.content.decode())
    for words in (
        "Ana Castillo",
        "(555) 555-0177",
        "ana@example.org",
        "I want to talk about sleep.",
        "Evenings, please.",
        "Her sister answers.",
        "No answer",
        "New → Working on it",
        first.reference,
        second.reference,
    ):
        assert words in text, words
    for receipt in ConsentReceipt.objects.filter(reference__in=[first.reference, second.reference]):
        assert receipt.text in text
        assert f"words of version {receipt.version}" in text
    # Who saw it stands as a role.
    assert "<td>Front desk</td>" in text
    assert "<td>Managers</td>" in text
    assert desk.username not in text
    assert manager.username not in text


def test_every_sealed_answer_is_in_it_also_one_without_a_label(client, desk, manager):
    _first, second = thread(desk)
    contents, _notes = workflow.open_consult(second, actor=desk, purpose=Purpose.TRIAGE)
    shown = html.unescape(report(client, second).content.decode())
    for name, value in contents.items():
        # Codes stand in words.
        if value and name not in ("way", "topic", "for_whom", "age"):
            assert value in shown, name


def test_it_is_one_event_with_all_references_and_kept_nowhere(client, desk, manager):
    first, second = thread(desk)
    before = AuditEvent.objects.count()
    response = report(client, first)
    [event] = AuditEvent.objects.order_by("seq")[before:]
    assert (event.action, event.purpose, event.actor) == ("export", "export", manager)
    assert set(event.references.split()) == {first.reference, second.reference}
    assert REASON in event.detail
    for consult in (first, second):
        assert consult.timeline.filter(action="export", actor=manager).count() == 1
    assert "no-store" in response["Cache-Control"]
    [title] = re.findall("<title>(.*?)</title>", response.content.decode())
    assert title == "What we hold"


def test_a_link_makes_none(client, desk, manager):
    first, second = thread(desk)
    response = client.get(url(second))
    text = response.content.decode()
    assert response.status_code == 200
    assert "Ana" not in text
    assert f"2 linked requests: {second.reference}, {first.reference}" in text
    event = AuditEvent.objects.first()
    assert (event.action, set(event.references.split())) == ("list", {first.reference, second.reference})


@pytest.mark.parametrize("reason", ["", "passport", "x" * 181])
def test_without_a_reason_nothing_is_opened(client, desk, manager, reason):
    first, _second = thread(desk)
    response = report(client, first, reason)
    assert response.status_code == 422
    assert "error-message" in response.content.decode()
    assert not AuditEvent.objects.filter(action="export").exists()


def test_who_signed_in_a_while_ago_signs_in_afresh(client, desk, manager):
    first, _second = thread(desk)
    sign_in(client, manager, is_fresh=False)
    response = report(client, first)
    assert "Ana Castillo" not in response.content.decode()
    assert not AuditEvent.objects.filter(action="export").exists()


@pytest.mark.parametrize("group", ["Front desk", "Clinician", "Auditors", "Editors", "Medical reviewers"])
def test_managers_alone_make_it(client, desk, group):
    first, _second = thread(desk)
    sign_in(client, UserFactory(group=group))
    response = report(client, first)
    assert response.status_code == 403
    assert "Ana Castillo" not in response.content.decode()


def test_what_does_not_open_is_said_and_the_rest_shows(client, desk, manager):
    first, second = thread(desk)
    ConsultRequest.objects.filter(pk=first.pk).update(envelope=b"\x01damaged")
    text = report(client, second).content.decode()
    assert "can’t be opened at this moment" in text
    assert "Evenings, please." in text
    assert first.reference in text


def booked(consult, desk):
    """Book it, move it and let somebody miss it; return the two times."""
    first, second = (timezone.now() + timedelta(days=days) for days in (2, 3))
    workflow.record_outcome(
        consult, actor=desk, version=consult.version, outcome=Outcome.BOOKED, again_at=first
    )
    agreed = {"minutes": 45, "location": "", "with_whom": desk, "manner": Manner.VIDEO}
    workflow.change_appointment(consult, actor=desk, version=consult.version, starts_at=second, **agreed)
    return first, second


def test_appointments_are_in_it_with_earlier_times_and_whom_by_role(client, desk, manager):
    _first, second = thread(desk)
    times = booked(second, desk)
    workflow.cancel_appointment(second, actor=desk, version=second.version)
    text = html.unescape(report(client, second).content.decode())
    earlier, last = (when_in_words(Appointment(starts_at=at)) for at in times)
    assert re.search(f"{re.escape(earlier)}, 60 minutes, in person. <strong>Moved", text)
    assert re.search(f"{re.escape(last)}, 45 minutes, by video, with Front desk. <strong>Cancelled", text)
    assert desk.username not in text


def test_of_what_was_removed_an_appointment_has_a_day_and_no_time(client, desk, manager):
    _first, second = thread(desk)
    booked(second, desk)
    leave_days(second)
    ConsultRequest.objects.filter(pk=second.pk).update(
        purged_at=timezone.now(), status=Status.CLOSED, closed_reason=ClosedReason.COST, next_action_at=None
    )
    text = report(client, second).content.decode()
    listed = text.partition("Appointments, by the clock of their place")[2].partition("</ul>")[0]
    for gone in (" at ", "45 minutes", "by video", "in person", "Front desk"):
        assert gone not in listed
    assert "<strong>Planned" in listed


def test_what_managers_wrote_as_reasons_is_in_it(client, desk, manager):
    _first, second = thread(desk)
    workflow.stop_contact(second, actor=desk)
    workflow.lift_stop(second, actor=manager, reason="They rang and want a call.")
    text = report(client, second).content.decode()
    assert "<strong>Let somebody be contacted again</strong>, asked for on" in text
    assert "(Managers), not done. Because: They rang and want a call." in text
    workflow.lift_stop(second, actor=UserFactory(group="Managers"), reason="They rang us.")
    assert "(Managers), done on" in report(client, second).content.decode()


# What the report says of each kind of row that leads to a request: by its key, or by its reference.
SAID = {
    Appointment: "45 minutes, by video",
    ClosureMove: "Fell on hours at which we are closed",
    ConsentReceipt: "words of version",
    ConsultNote: "Her sister answers.",
    ConsultRequest: "from 2 requests",
    Decision: "They rang and want a call.",
    OutboxMessage: "Copy for the person who asked",
    SealedReply: "E-mail: About your request",
    StoppedContact: "not to contact you",
    TimelineEvent: "What happened, and who saw it",
}


def test_no_kind_of_row_that_leads_to_a_request_is_left_out(client, desk, manager):
    _first, second = thread(desk)
    booked(second, desk)
    workflow.add_note(second, actor=desk, text="Her sister answers.")
    words = {"template": None, "subject": "About your request", "base": "", "text": "Please call us."}
    workflow.send_reply(second, actor=desk, version=second.version, **words)
    kind = {"template": "patient_copy", "recipient": "patient", "reference": second.reference}
    OutboxMessage.objects.create(**kind, sent_at=timezone.now())
    at = timezone.now()
    ClosureMove.objects.create(consult=second, fell_on=at, comes_up_at=at, is_agreed=True)
    workflow.stop_contact(second, actor=desk)
    workflow.lift_stop(second, actor=manager, reason="They rang and want a call.")
    leading = {
        model
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.concrete and (field.related_model is ConsultRequest or field.name == "reference")
    }
    assert leading == SAID.keys()
    text = html.unescape(report(client, second).content.decode())
    assert not [words for words in SAID.values() if words not in text]


def test_mails_to_them_and_a_stop_are_in_it(client, desk, manager):
    first, second = thread(desk)
    kind = {"template": "patient_copy", "recipient": "patient", "reference": first.reference}
    OutboxMessage.objects.create(**kind, sent_at=timezone.now())
    workflow.stop_contact(second, actor=desk)
    text = report(client, second).content.decode()
    assert "Copy for the person who asked" in text
    assert "not to contact you" in text


def test_queries_do_not_grow_with_what_they_sent(client, desk, manager, count_queries):
    _first, second = thread(desk)
    workflow.add_note(second, actor=desk, text="Called.")
    few = count_queries(lambda: report(client, second))
    for _ in range(10):
        other = make_consult()
        workflow.link(other, actor=desk, version=other.version, same_as=second)
        workflow.add_note(other, actor=desk, text="Called.")
    assert count_queries(lambda: report(client, second)) == few


# --- how long it is kept ----------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [Status.CLOSED, Status.CONVERTED, Status.SPAM, Status.QUARANTINE])
@pytest.mark.parametrize("age", [0, 300])
def test_the_day_it_names_is_the_day_on_which_the_contents_go(status, age):
    consult = make_consult()
    now = timezone.now()
    ConsultRequest.objects.filter(pk=consult.pk).update(
        status=status,
        closed_reason=ClosedReason.COST if status == Status.CLOSED else "",
        next_action_at=None,
        created_at=now - timedelta(days=age),
        closed_at=None if status == Status.QUARANTINE else now,
        shown_at=now,
    )
    consult.refresh_from_db()
    goes = contents_go_at(consult)
    for minutes, is_due in ((-1, False), (1, True)):
        moment = goes + timedelta(minutes=minutes)
        assert workflow.due_contents(moment).filter(pk=consult.pk).exists() == is_due


def test_what_is_open_kept_or_unseen_has_no_day():
    consult = make_consult()
    assert contents_go_at(consult) is None
    consult.status = Status.QUARANTINE
    assert contents_go_at(consult) is None
    consult.status, consult.closed_at, consult.on_hold = Status.CLOSED, timezone.now(), True
    assert contents_go_at(consult) is None
