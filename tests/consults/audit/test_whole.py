"""Whoever gets past the triggers and writes to the database is found by one command, with what and where."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from consults import audit, workflow
from consults.enums import AuditAction
from consults.intake.submission import submission_from
from consults.intake.token import FormToken
from consults.management.steps import look_at_protection
from consults.models import AuditEvent, AuditTail, ConsentReceipt, ConsultRequest, OutboxMessage
from consults.models.protection import PROTECTED, protect, unprotect
from consults.notices.unaccepted import Unaccepted, look_for_unaccepted
from consults.sealing.envelope import seal
from consults.sealing.keys import new_signing_pair, parse_sealing_key
from tests.factories.consults import make_consult, valid_form
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def heads(settings, tmp_path):
    settings.CONSULTS_AUDIT_HEADS_FILE = tmp_path / "heads.jsonl"


@pytest.fixture
def requests():
    """Three requests whose consents are linked, and the triggers as they were noted."""
    made = [make_consult() for _ in range(3)]
    audit.link_receipts()
    look_at_protection()
    assert said() == (0, "")
    return made


@pytest.fixture
def open_database(requests):
    """A database whose owner took the triggers off; nobody noted it."""
    unprotect(connection, list(PROTECTED))
    AuditEvent.objects.filter(action=AuditAction.PROTECT).delete()
    return requests


def said(**options):
    """Return the exit status of the command and what it found, without what it says of the triggers."""
    out = StringIO()
    try:
        call_command("consults_audit", stdout=out, **options)
    except CommandError:
        lines = out.getvalue().splitlines()
        return 1, "\n".join(line for line in lines if not line.startswith("database: "))
    return 0, ""


def put_in_receipt(**changes):
    values = {
        f.attname: getattr(ConsentReceipt.objects.first(), f.attname) for f in ConsentReceipt._meta.fields
    }
    del values["id"]
    return ConsentReceipt.objects.create(**{**values, **changes})


def test_what_was_written_is_whole(requests):
    assert said() == (0, "")


def test_a_cut_middle(open_database):
    desk = UserFactory(group="Front desk")
    for consult in open_database:
        workflow.open_consult(consult, actor=desk, purpose="triage")
    cut = AuditEvent.objects.filter(action=AuditAction.VIEW).order_by("seq")[1]
    AuditEvent.objects.filter(seq=cut.seq).delete()
    status, lines = said()
    assert status == 1
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
    status, lines = said(log=str(log)) if way == "log" else said()
    assert status == 1
    assert f"event {event.seq}: is missing, or not as it was published" in lines


def test_a_cut_tail_that_linked_consents_shows_by_itself(open_database):
    consult = open_database[0]
    AuditEvent.objects.all().delete()
    AuditTail.objects.update(seq=0, mac="")
    status, lines = said()
    assert status == 1
    assert f"request {consult.reference}: is not named by event {audit_seq(consult)}" in lines


def audit_seq(consult):
    consult.refresh_from_db()
    return consult.linked_seq


@pytest.mark.parametrize("purpose", ["texting", "voicemail_name"])
@pytest.mark.parametrize("place", [{}, {"pk": -7}], ids=["behind", "before"])
def test_a_receipt_put_in(open_database, purpose, place):
    consult = open_database[1]
    put_in_receipt(reference=consult.reference, purpose=purpose, **place)
    status, lines = said()
    assert status == 1
    assert f"receipt of {consult.reference} ({purpose}): is not as it was given" in lines
    assert re.search(rf"event \d+: receipts are not as they were linked.*{consult.reference}", lines)
    assert f"request {consult.reference}: was not accepted by the form" in lines


def test_a_receipt_without_a_mark_put_in(open_database):
    put_in_receipt(reference="AB2CD3EF4G", purpose="texting", mark=None)
    status, lines = said()
    assert status == 1
    assert "receipt of AB2CD3EF4G (texting): was put in: it has no mark of the form" in lines
    assert "request AB2CD3EF4G: is gone, and its receipts or an event name it" in lines


def test_a_removed_receipt(open_database):
    consult = open_database[1]
    ConsentReceipt.objects.filter(reference=consult.reference, purpose="contact").delete()
    status, lines = said()
    assert status == 1
    assert re.search(rf"event \d+: receipts are not as they were linked.*{consult.reference}", lines)
    assert f"request {consult.reference}: was not accepted by the form" in lines


@pytest.mark.parametrize("column", ["text", "version", "locale", "page", "agreed_at", "version_is_proven"])
def test_a_changed_receipt(open_database, column):
    receipt = ConsentReceipt.objects.get(reference=open_database[2].reference, purpose="contact")
    other = {"agreed_at": "2020-01-01T00:00Z", "version_is_proven": not receipt.version_is_proven}
    ConsentReceipt.objects.filter(pk=receipt.pk).update(**{column: other.get(column, "es")})
    status, lines = said()
    assert status == 1
    assert f"receipt of {receipt.reference} (contact): is not as it was given" in lines


def test_swapped_receipts(open_database):
    first, second = open_database[:2]
    rows = [ConsentReceipt.objects.get(reference=r.reference, purpose="contact") for r in (first, second)]
    ConsentReceipt.objects.filter(pk=rows[0].pk).update(reference="AB2CD3EF4G")
    ConsentReceipt.objects.filter(pk=rows[1].pk).update(reference=first.reference)
    ConsentReceipt.objects.filter(pk=rows[0].pk).update(reference=second.reference)
    status, lines = said()
    assert status == 1
    for consult in (first, second):
        assert f"receipt of {consult.reference} (contact): is not as it was given" in lines


def test_an_envelope_replaced_by_another_valid_one(requests, settings):
    """With the public key anybody seals for this reference: it opens, and is found all the same."""
    consult = requests[0]
    key = parse_sealing_key(settings.CONSULTS_SEALING_PUBLIC_KEY)
    envelope = seal({"name": "Mallory", "phone": "1"}, reference=consult.reference, public_key=key)
    ConsultRequest.objects.filter(pk=consult.pk).update(envelope=envelope)
    status, lines = said()
    assert (status, lines.count("\n")) == (1, 0)
    assert lines.startswith(f"request {consult.reference}: was not accepted by the form: its envelope")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("locale", "es"),
        ("idempotency_key", "other"),
        ("created_at", "2020-01-01T00:00Z"),
        ("is_canary", True),
        ("email_index", 7),
        ("phone_end_index", None),
        ("time_zone", "UTC"),
    ],
)
def test_an_exchanged_column(requests, column, value):
    ConsultRequest.objects.filter(pk=requests[0].pk).update(**{column: value})
    status, lines = said()
    assert status == 1
    assert f"request {requests[0].reference}: was not accepted by the form" in lines


def made_by_a_thief(settings, *, signs=True):
    """Store a whole request with what a thief of the database knows: the public key, and no signing key."""
    if signs:
        settings.CONSULTS_SIGNING_PRIVATE_KEY = new_signing_pair()["CONSULTS_SIGNING_PRIVATE_KEY"]
    submission = submission_from(valid_form(name="Mallory"), token=FormToken(), locale="en")
    consult = ConsultRequest.objects.get(reference=workflow.accept(submission).reference)
    if not signs:
        ConsultRequest.objects.filter(pk=consult.pk).update(mark=None)
        consult.refresh_from_db()
    return consult


@pytest.mark.parametrize("signs", [True, False])
def test_a_whole_request_made_in_the_database(requests, settings, signs):
    consult = made_by_a_thief(settings, signs=signs)
    status, lines = said()
    assert status == 1
    assert f"request {consult.reference}: was not accepted by the form" in lines


def test_a_request_that_is_gone(requests):
    reference = requests[0].reference
    requests[0].delete()
    assert said() == (1, f"request {reference}: is gone, and its receipts or an event name it")


def test_contents_that_nobody_removed(requests):
    closed = {"status": "closed", "closed_reason": "cost", "next_action_at": None}
    rows = ConsultRequest.objects.filter(pk=requests[0].pk)
    rows.update(envelope=b"", purged_at="2026-11-28T00:00Z", **closed)
    status, lines = said()
    assert status == 1
    assert f"request {requests[0].reference}: has lost its contents, and no event says who" in lines


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
    assert said() == (0, "")


def test_the_command_that_protects_leaves_an_event(requests):
    unprotect(connection, ["consults_auditevent"])
    call_command("consults_protect", stdout=StringIO())
    event = AuditEvent.objects.filter(action=AuditAction.PROTECT).first()
    assert "missing were audit_event_no_update, audit_event_no_delete" in event.detail
    assert said() == (0, "")


def test_the_worker_finds_it_when_nobody_opens_it(requests, settings):
    look_for_unaccepted()
    consult = made_by_a_thief(settings)
    for _ in range(2):
        with pytest.raises(Unaccepted):
            look_for_unaccepted()
    [event] = AuditEvent.objects.filter(action=AuditAction.VERIFY, references=consult.reference)
    assert event.detail == "1 requests were not accepted by the form"
    assert OutboxMessage.objects.filter(template="alert", reference=f"A{event.seq}").count() == 2


def test_what_is_rolled_back_was_never_published(caplog, django_capture_on_commit_callbacks):
    caplog.set_level("INFO", "consults.audit.heads")
    with django_capture_on_commit_callbacks(execute=True):
        with pytest.raises(ValueError), transaction.atomic():
            audit.append(AuditAction.VIEW, actor=None)
            raise ValueError
        event = audit.append(AuditAction.LIST, actor=None)
    assert caplog.messages == [f"audit: head {event.seq} {event.mac}"]
    assert audit.logged_heads(caplog.messages) == [(event.seq, event.mac)]


OURS = f"2026-11-28 17:02:22,122 INFO consults.audit.heads: audit: head 5 {'a' * 64}"


@pytest.mark.parametrize("before", ["", "Nov 28 17:02:22 host gunicorn[12]: ", "web/1 | "])
def test_heads_are_found_behind_what_a_collector_writes(before):
    assert audit.logged_heads([f"{before}{OURS}\n", "another line\n"]) == [(5, "a" * 64)]


@pytest.mark.parametrize(
    "line",
    [
        "2026-11-28 17:02:22,122 WARNING django.request: Not Found: /audit: head 5 {mac}",
        "WARNING django.request: Not Found: / INFO consults.audit.heads: audit: head 5 {mac}",
        "[28/Nov/2026:17:02:22 +0000] GET / INFO consults.audit.heads: audit: head 5 {mac} 404 12 1ms",
        "GET /audit: head 5 {mac}",
    ],
)
def test_a_stranger_puts_no_head_into_the_log_by_asking_for_it(line):
    """Else one address would make a whole audit look broken."""
    assert audit.logged_heads([line.format(mac="a" * 64)]) == []


def test_the_receipts_of_an_unaccepted_request_are_not_linked(requests, settings):
    consult = made_by_a_thief(settings)
    assert audit.link_receipts() == 0
    consult.refresh_from_db()
    assert consult.linked_seq is None
