"""What else somebody who can write to the database cannot hide from the one command."""

import re
import threading
from contextlib import contextmanager

import pytest
from django.conf import settings as django_settings
from django.db import connection

from consults import audit, guarded_facts, workflow
from consults.enums import AuditAction, Purpose
from consults.models import (
    AuditEvent,
    AuditTail,
    ConsentReceipt,
    ConsultRequest,
    GuardedFacts,
    OutboxMessage,
)
from consults.notices.unaccepted import look_for_unaccepted
from consults.sealing.keys import parse_sealing_key
from consults.sealing.marks import SIGNED_COLUMNS, SIGNED_INDEXES, make_mark, receipt_statement
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

from .tampering import flaws, flaws_of_rows, triggers_off

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_heads(settings, tmp_path):
    settings.CONSULTS_AUDIT_HEADS_FILE = tmp_path / "heads.jsonl"


@pytest.fixture
def requests():
    """Three requests that somebody looked at, their consents linked."""
    desk = UserFactory(group="Front desk")
    made = [make_consult(way="call", voicemail="yes") for _ in range(3)]
    for consult in made:
        workflow.open_consult(consult, actor=desk, purpose=Purpose.TRIAGE)
    audit.renew_protection()
    audit.link_receipts()
    return [ConsultRequest.objects.get(pk=consult.pk) for consult in made]


def link_of(consult):
    return f"event {consult.linked_seq}: receipts are not as they were linked"


def some(lines, beginning):
    return [line for line in lines if line.startswith(beginning)]


def test_what_was_accepted_and_worked_on_is_whole(requests):
    assert flaws() == []
    assert {consult.linked_seq for consult in requests} != {None}


def test_a_log_that_fails_loses_no_event(monkeypatch, django_capture_on_commit_callbacks):
    def full(*_):
        raise OSError("no space")

    monkeypatch.setattr("logging.Logger.info", full)
    with django_capture_on_commit_callbacks(execute=True):
        audit.append(AuditAction.LIST, actor=None)
    assert AuditEvent.objects.count() == 1


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


def test_new_consents_make_one_event_that_says_whose_and_how_many(requests):
    count = AuditEvent.objects.filter(action=AuditAction.RECEIPTS).count()
    assert audit.link_receipts() == 0
    new = [make_consult() for _ in range(2)]
    assert audit.link_receipts() == 2
    event = AuditEvent.objects.filter(action=AuditAction.RECEIPTS).first()
    assert AuditEvent.objects.filter(action=AuditAction.RECEIPTS).count() == count + 1
    assert event.references.split() == [consult.reference for consult in new]
    number = ConsentReceipt.objects.filter(reference__in=event.references.split()).count()
    assert re.fullmatch(rf"{number} receipts, sha256 [0-9a-f]{{64}}", event.detail)


def test_a_link_that_is_taken_off_a_request_is_found_by_its_event(requests):
    consult = requests[0]
    with triggers_off():
        ConsentReceipt.objects.filter(reference=consult.reference).delete()
    ConsultRequest.objects.filter(pk=consult.pk).delete()
    found = flaws_of_rows()
    assert some(found, link_of(consult))
    assert f"request {consult.reference}: is gone, and its receipts or an event name it" in found


def test_envelope_and_mark_of_another_request_are_found(requests):
    one, other = requests[:2]
    ConsultRequest.objects.filter(pk=one.pk).update(envelope=other.envelope, mark=other.mark)
    [flaw] = flaws()
    assert flaw.startswith(f"request {one.reference}: was not accepted by the form")


@pytest.mark.parametrize("column", [*SIGNED_COLUMNS, "email_index", "phone_end_index", "created_at"])
def test_a_changed_column_is_found(requests, column):
    consult = requests[1]
    value = getattr(consult, column)
    other = {"created_at": consult.updated_at, "is_canary": True, "location": "elsewhere"}
    changed = other.get(column, value + 1 if isinstance(value, int) else "other"[:5])
    ConsultRequest.objects.filter(pk=consult.pk).update(**{column: changed})
    assert some(flaws(), f"request {consult.reference}: was not accepted by the form")


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


def test_one_that_was_ended_is_noted_and_told_and_needs_no_banner(requests):
    ended = {"status": "spam", "next_action_at": None, "campaign": "other"}
    ConsultRequest.objects.filter(pk=requests[0].pk).update(**ended)
    for _ in range(2):
        look_for_unaccepted()
    [event] = AuditEvent.objects.filter(action=AuditAction.VERIFY, references=requests[0].reference)
    assert OutboxMessage.objects.filter(template="alert", reference=f"A{event.seq}").count() == 2


def test_the_short_way_hides_no_change_of_the_triggers(requests):
    with triggers_off():
        pass
    AuditTail.objects.update(protect_seq=None)
    assert audit.unnoted_change() == "all there, taken off or made anew since the last look"


@contextmanager
def refusing(words):
    def refuse(execute, sql, params, many, context):
        if words in sql:
            raise AssertionError(f"{words} was asked of the database")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield


def test_taking_a_request_in_asks_the_audit_nothing():
    """The process of the form has neither the key of the audit nor a right on its tables."""
    with refusing("consults_audit"):
        make_consult()


@pytest.mark.usefixtures("committed")
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets nobody write meanwhile.")
def test_what_comes_in_while_it_looks_is_no_flaw():
    came = []

    def come():
        try:
            came.append(make_consult())
            audit.link_receipts()
        finally:
            connection.close()

    def let_come(execute, sql, params, many, context):
        if "consults_consentreceipt" in sql and not came:
            thread = threading.Thread(target=come)
            thread.start()
            thread.join()
        return execute(sql, params, many, context)

    make_consult()
    audit.link_receipts()
    with connection.execute_wrapper(let_come):
        found = audit.look_at_everything()
    assert len(came) == 1
    assert (found.flaws, found.requests) == ([], 1)
    assert audit.look_at_everything().requests == 2


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
