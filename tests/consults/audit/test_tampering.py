"""Whoever gets past the triggers and writes to the database is found by one command, with what and where."""

import re
from io import StringIO

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.db import connection

from consults import audit, guarded_facts, workflow
from consults.enums import AuditAction
from consults.management.steps import look_at_protection
from consults.models import (
    AuditEvent,
    AuditTail,
    ConsentReceipt,
    ConsultRequest,
    GuardedFacts,
    OutboxMessage,
)
from consults.models.protection import PROTECTED, protect, unprotect
from consults.notices.unaccepted import Unaccepted, look_for_unaccepted
from consults.sealing.envelope import seal
from consults.sealing.keys import parse_sealing_key
from consults.sealing.marks import SIGNED_COLUMNS, SIGNED_INDEXES, make_mark, receipt_statement
from tests.factories.users import UserFactory

from .tampering import flaws, flaws_of_rows, made_by_a_thief, triggers_off

pytestmark = pytest.mark.django_db


def link_of(consult):
    return f"event {consult.linked_seq}: receipts are not as they were linked"


def some(lines, beginning):
    return [line for line in lines if line.startswith(beginning)]


def put_in_receipt(**changes):
    values = {
        f.attname: getattr(ConsentReceipt.objects.first(), f.attname) for f in ConsentReceipt._meta.fields
    }
    del values["id"]
    return ConsentReceipt.objects.create(**{**values, **changes})


def audit_seq(consult):
    consult.refresh_from_db()
    return consult.linked_seq


def test_what_was_accepted_and_worked_on_is_whole(requests):
    assert flaws() == []
    assert {consult.linked_seq for consult in requests} != {None}


# --- the audit ---


def test_a_cut_middle(open_database):
    desk = UserFactory(group="Front desk")
    for consult in open_database:
        workflow.open_consult(consult, actor=desk, purpose="triage")
    cut = AuditEvent.objects.filter(action=AuditAction.VIEW).order_by("seq")[1]
    AuditEvent.objects.filter(seq=cut.seq).delete()
    lines = "\n".join(flaws_of_rows())
    assert f"event {cut.seq}: 1 missing before {cut.seq + 1}" in lines


@pytest.mark.parametrize("way", ["log", "heads"])
def test_a_cut_tail(open_database, tmp_path, caplog, django_capture_on_commit_callbacks, way):
    caplog.set_level("INFO", "consults.audit.heads")
    with django_capture_on_commit_callbacks(execute=True):
        event = audit.append(AuditAction.VIEW, actor=None, references=["X"])
    if way == "heads":
        audit.publish_head()
    log = tmp_path / "site.log"
    log.write_text("".join(f"2026-11-28 INFO consults.audit.heads: {line}\n" for line in caplog.messages))
    AuditEvent.objects.filter(seq=event.seq).delete()
    last = AuditEvent.objects.order_by("-seq").first()
    AuditTail.objects.update(seq=last.seq, mac=last.mac)
    lines = "\n".join(flaws_of_rows(log=str(log)) if way == "log" else flaws_of_rows())
    assert f"event {event.seq}: is missing, or not as it was published" in lines


def test_a_cut_tail_that_linked_consents_shows_by_itself(open_database):
    consult = open_database[0]
    AuditEvent.objects.all().delete()
    AuditTail.objects.update(seq=0, mac="")
    lines = "\n".join(flaws_of_rows())
    assert f"request {consult.reference}: is not named by event {audit_seq(consult)}" in lines


# --- receipts ---


@pytest.mark.parametrize("purpose", ["texting", "voicemail_name"])
@pytest.mark.parametrize("place", [{}, {"pk": -7}], ids=["behind", "before"])
def test_a_receipt_put_in(open_database, purpose, place):
    consult = open_database[1]
    put_in_receipt(reference=consult.reference, purpose=purpose, **place)
    lines = "\n".join(flaws_of_rows())
    assert f"receipt of {consult.reference} ({purpose}): is not as it was given" in lines
    assert re.search(rf"event \d+: receipts are not as they were linked.*{consult.reference}", lines)
    assert f"request {consult.reference}: was not accepted by the form" in lines


def test_a_receipt_without_a_mark_put_in(open_database):
    put_in_receipt(reference="AB2CD3EF4G", purpose="texting", mark=None)
    lines = "\n".join(flaws_of_rows())
    assert "receipt of AB2CD3EF4G (texting): was put in: it has no mark of the form" in lines
    assert "request AB2CD3EF4G: is gone, and its receipts or an event name it" in lines


def test_a_removed_receipt(open_database):
    consult = open_database[1]
    ConsentReceipt.objects.filter(reference=consult.reference, purpose="contact").delete()
    lines = "\n".join(flaws_of_rows())
    assert re.search(rf"event \d+: receipts are not as they were linked.*{consult.reference}", lines)
    assert f"request {consult.reference}: was not accepted by the form" in lines


@pytest.mark.parametrize("column", ["text", "version", "locale", "page", "agreed_at", "version_is_proven"])
def test_a_changed_receipt(open_database, column):
    receipt = ConsentReceipt.objects.get(reference=open_database[2].reference, purpose="contact")
    other = {"agreed_at": "2020-01-01T00:00Z", "version_is_proven": not receipt.version_is_proven}
    ConsentReceipt.objects.filter(pk=receipt.pk).update(**{column: other.get(column, "es")})
    lines = "\n".join(flaws_of_rows())
    assert f"receipt of {receipt.reference} (contact): is not as it was given" in lines


def test_swapped_receipts(open_database):
    first, second = open_database[:2]
    rows = [ConsentReceipt.objects.get(reference=r.reference, purpose="contact") for r in (first, second)]
    ConsentReceipt.objects.filter(pk=rows[0].pk).update(reference="AB2CD3EF4G")
    ConsentReceipt.objects.filter(pk=rows[1].pk).update(reference=first.reference)
    ConsentReceipt.objects.filter(pk=rows[0].pk).update(reference=second.reference)
    lines = "\n".join(flaws_of_rows())
    for consult in (first, second):
        assert f"receipt of {consult.reference} (contact): is not as it was given" in lines


def test_a_receipt_signed_again_by_the_accepting_process_is_found_by_its_link(requests):
    """Whoever also holds the form's key cannot change what stands in the audit."""
    consult = requests[0]
    receipt = ConsentReceipt.objects.get(reference=consult.reference, purpose="contact")
    receipt.text = "Something else entirely."
    key = parse_sealing_key(django_settings.CONSULTS_SIGNING_PRIVATE_KEY)
    mark = make_mark(receipt_statement(receipt), key=key)
    with triggers_off():
        ConsentReceipt.objects.filter(pk=receipt.pk).update(text=receipt.text, mark=mark)
    assert [line.split(": ")[0] for line in flaws_of_rows()] == [f"event {consult.linked_seq}"]


def test_a_link_that_is_taken_off_a_request_is_found_by_its_event(requests):
    consult = requests[0]
    with triggers_off():
        ConsentReceipt.objects.filter(reference=consult.reference).delete()
    ConsultRequest.objects.filter(pk=consult.pk).delete()
    found = flaws_of_rows()
    assert some(found, link_of(consult))
    assert f"request {consult.reference}: is gone, and its receipts or an event name it" in found


# --- requests ---


def test_an_envelope_replaced_by_another_valid_one(requests, settings):
    """With the public key anybody seals for this reference: it opens, and is found all the same."""
    consult = requests[0]
    key = parse_sealing_key(settings.CONSULTS_SEALING_PUBLIC_KEY)
    envelope = seal({"name": "Mallory", "phone": "1"}, reference=consult.reference, public_key=key)
    ConsultRequest.objects.filter(pk=consult.pk).update(envelope=envelope)
    [flaw] = flaws_of_rows()
    assert flaw.startswith(f"request {consult.reference}: was not accepted by the form: its envelope")


def test_envelope_and_mark_of_another_request_are_found(requests):
    one, other = requests[:2]
    ConsultRequest.objects.filter(pk=one.pk).update(envelope=other.envelope, mark=other.mark)
    [flaw] = flaws()
    assert flaw.startswith(f"request {one.reference}: was not accepted by the form")


@pytest.mark.parametrize("column", [*SIGNED_COLUMNS, *SIGNED_INDEXES, "created_at", "idempotency_key"])
def test_a_changed_column_is_found(requests, column):
    consult = requests[1]
    value = getattr(consult, column)
    other = {"created_at": consult.updated_at, "is_canary": True, "location": "elsewhere", "phone_index": 7}
    changed = other.get(column, value + 1 if isinstance(value, int) else "other"[:5])
    ConsultRequest.objects.filter(pk=consult.pk).update(**{column: changed})
    assert some(flaws(), f"request {consult.reference}: was not accepted by the form")


def test_an_emptied_index_is_found(requests):
    consult = requests[1]
    ConsultRequest.objects.filter(pk=consult.pk).update(phone_end_index=None)
    assert some(flaws(), f"request {consult.reference}: was not accepted by the form")


@pytest.mark.parametrize("signs", [True, False])
def test_a_whole_request_made_in_the_database(requests, settings, signs):
    consult = made_by_a_thief(settings, signs=signs)
    lines = "\n".join(flaws_of_rows())
    assert f"request {consult.reference}: was not accepted by the form" in lines


def test_a_request_that_is_gone(requests):
    reference = requests[0].reference
    requests[0].delete()
    assert flaws_of_rows() == [f"request {reference}: is gone, and its receipts or an event name it"]


def test_contents_that_nobody_removed(requests):
    closed = {"status": "closed", "closed_reason": "cost", "next_action_at": None}
    rows = ConsultRequest.objects.filter(pk=requests[0].pk)
    rows.update(envelope=b"", purged_at="2026-11-28T00:00Z", **closed)
    lines = "\n".join(flaws_of_rows())
    assert f"request {requests[0].reference}: has lost its contents, and no event says who" in lines


def test_contents_that_are_there_again_after_they_were_removed_are_found(requests):
    consult = requests[1]
    first, second = UserFactory(group="Managers"), UserFactory(group="Managers")
    kept = {name: getattr(consult, name) for name in ("envelope", *SIGNED_COLUMNS, *SIGNED_INDEXES)}
    ConsultRequest.objects.filter(pk=consult.pk).update(status="spam", next_action_at=None)
    for manager in (first, second):
        consult.refresh_from_db()
        workflow.erase(consult, actor=manager, version=consult.version)
    assert flaws() == []
    ConsultRequest.objects.filter(pk=consult.pk).update(purged_at=None, **kept)
    assert flaws() == [f"request {consult.reference}: has contents again that were removed"]


def test_the_worker_finds_it_when_nobody_opens_it(requests, settings):
    look_for_unaccepted()
    consult = made_by_a_thief(settings)
    for _ in range(2):
        with pytest.raises(Unaccepted):
            look_for_unaccepted()
    [event] = AuditEvent.objects.filter(action=AuditAction.VERIFY, references=consult.reference)
    assert event.detail == "1 requests were not accepted by the form"
    assert OutboxMessage.objects.filter(template="alert", reference=f"A{event.seq}").count() == 2


def test_one_that_was_ended_is_noted_and_told_and_needs_no_banner(requests):
    ended = {"status": "spam", "next_action_at": None, "campaign": "other"}
    ConsultRequest.objects.filter(pk=requests[0].pk).update(**ended)
    for _ in range(2):
        look_for_unaccepted()
    [event] = AuditEvent.objects.filter(action=AuditAction.VERIFY, references=requests[0].reference)
    assert OutboxMessage.objects.filter(template="alert", reference=f"A{event.seq}").count() == 2


# --- triggers, and what every page says ---


def test_triggers_that_were_off_and_are_on_again(requests):
    out = StringIO()
    unprotect(connection, list(PROTECTED))
    protect(connection, list(PROTECTED))
    with pytest.raises(CommandError):
        call_command("consults_audit", stdout=out)
    assert "database: had its triggers changed since event" in out.getvalue()
    # The worker notes it and tells, once.
    look_at_protection()
    look_at_protection()
    event = AuditEvent.objects.filter(action=AuditAction.PROTECT).first()
    assert "taken off or made anew" in event.detail
    told = OutboxMessage.objects.filter(template="alert", reference=f"A{event.seq}")
    assert sorted(told.values_list("recipient", flat=True)) == ["auditors", "owner"]
    assert flaws_of_rows() == []


def test_the_command_that_protects_leaves_an_event(requests):
    unprotect(connection, ["consults_auditevent"])
    call_command("consults_protect", stdout=StringIO())
    event = AuditEvent.objects.filter(action=AuditAction.PROTECT).first()
    assert "missing were audit_event_no_update, audit_event_no_delete" in event.detail
    assert flaws_of_rows() == []


def test_the_short_way_hides_no_change_of_the_triggers(requests):
    with triggers_off():
        pass
    AuditTail.objects.update(protect_seq=None)
    assert audit.unnoted_change() == "all there, taken off or made anew since the last look"


@pytest.mark.parametrize(
    "points_to", ["nothing", "the event of another version", "an event of something else"]
)
def test_numbers_that_are_put_on_every_page_past_the_managers_are_found(requests, points_to):
    manager = UserFactory(group="Managers")
    values = {**guarded_facts.current().values, "crisis_number": "111"}
    first = guarded_facts.change(values, actor=manager, base=0)
    assert flaws() == []
    seq = {"nothing": None, "the event of another version": first.event}.get(points_to, first.event - 1)
    GuardedFacts.objects.create(**{**values, "crisis_number": "112"}, version=2, event=seq)
    assert flaws() == ["what every page says: version 2 was put in: no event tells of it"]
