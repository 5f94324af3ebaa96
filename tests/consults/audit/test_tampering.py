"""One command finds whatever somebody who can write to the database did, and says what and where."""

import re
from contextlib import contextmanager

import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction

from consults import audit, workflow
from consults.enums import AuditAction, ConsentPurpose, Purpose
from consults.models import AuditEvent, AuditTail, ConsentReceipt, ConsultRequest
from consults.sealing.envelope import seal
from consults.sealing.keys import new_signing_pair, parse_sealing_key
from consults.sealing.marks import SIGNED_COLUMNS, make_mark
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


def forged_envelope(reference, name="Somebody Else"):
    """Return an envelope that opens: the key for sealing is no secret."""
    public = parse_sealing_key(django_settings.CONSULTS_SEALING_PUBLIC_KEY)
    return seal({"name": name, "phone": "", "email": "x@example.org"}, reference=reference, public_key=public)


def copy_of(consult, **changes):
    """Return another row made from one, not stored yet."""
    values = {
        field.attname: getattr(consult, field.attname) for field in ConsultRequest._meta.concrete_fields
    }
    return ConsultRequest(**{**values, "id": None, **changes})


def test_what_was_accepted_and_worked_on_is_whole(requests):
    assert flaws() == []
    assert {consult.linked_seq for consult in requests} != {None}


# --- the chain --------------------------------------------------------------------------------------


def test_a_cut_in_the_middle_is_found(requests):
    with triggers_off():
        AuditEvent.objects.filter(seq=2).delete()
    assert flaws_of_rows() == [
        "event 2: 1 missing before 3",
        "event 3: does not follow the one before it",
    ]


def logged(caplog, path):
    """Write down what the site said, as a service manager would: with a time before each line."""
    lines = [f"Nov 28 12:00:00 clinic web[7]: {message}\n" for message in caplog.messages]
    path.write_text("".join(lines), encoding="utf-8")
    return str(path)


def test_a_cut_tail_is_found_by_the_log_however_soon(
    requests, caplog, tmp_path, django_capture_on_commit_callbacks
):
    before = AuditTail.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        newest = audit.append(AuditAction.EXPORT, actor=None)
    log = logged(caplog, tmp_path / "site.log")
    assert flaws(log=log) == []
    with triggers_off():
        AuditEvent.objects.filter(seq__gte=newest.seq).delete()
    AuditTail.objects.update(seq=before.seq, mac=before.mac)
    assert flaws_of_rows() == []
    assert flaws_of_rows(log=log) == [f"event {newest.seq}: is missing, or not as it was published"]


def test_a_cut_tail_is_found_by_the_heads(requests):
    before = AuditTail.objects.get()
    newest = audit.append(AuditAction.EXPORT, actor=None)
    audit.publish_head()
    with triggers_off():
        AuditEvent.objects.filter(seq=newest.seq).delete()
    AuditTail.objects.update(seq=before.seq, mac=before.mac)
    assert flaws_of_rows() == [f"event {newest.seq}: is missing, or not as it was published"]


def test_a_head_of_what_was_rolled_back_is_never_logged(caplog, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        with pytest.raises(ValueError), transaction.atomic():
            audit.append(AuditAction.LIST, actor=None)
            raise ValueError
        kept = audit.append(AuditAction.VIEW, actor=None)
    assert audit.logged_heads(caplog.messages) == [(kept.seq, kept.mac)]


def test_a_log_that_fails_loses_no_event(monkeypatch, django_capture_on_commit_callbacks):
    def full(*_):
        raise OSError("no space")

    monkeypatch.setattr("logging.Logger.info", full)
    with django_capture_on_commit_callbacks(execute=True):
        audit.append(AuditAction.LIST, actor=None)
    assert AuditEvent.objects.count() == 1


# --- receipts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["behind", "in between"])
@pytest.mark.parametrize("mark", ["none", "another's"])
def test_a_receipt_put_in_is_found(requests, place, mark):
    consult = requests[1]
    [like, *_] = ConsentReceipt.objects.filter(reference=consult.reference)
    values = {f.attname: getattr(like, f.attname) for f in ConsentReceipt._meta.concrete_fields}
    values |= {"id": None if place == "behind" else -1, "purpose": ConsentPurpose.TEXTING}
    values["mark"] = None if mark == "none" else like.mark
    ConsentReceipt.objects.create(**values)
    found = flaws()
    assert some(found, f"receipt of {consult.reference} (texting): ")
    assert some(found, link_of(consult))
    assert some(found, f"request {consult.reference}: was not accepted by the form")


@pytest.mark.parametrize("column", ["text", "version", "page", "locale", "channel"])
def test_a_changed_receipt_is_found(requests, column):
    consult = requests[1]
    with triggers_off():
        ConsentReceipt.objects.filter(reference=consult.reference, purpose="contact").update(
            **{column: {"locale": "es", "channel": "phone"}.get(column, "other")}
        )
    found = flaws_of_rows()
    assert some(found, f"receipt of {consult.reference} (contact): is not as it was given")
    assert some(found, link_of(consult))


def test_a_removed_receipt_is_found(requests):
    consult = requests[1]
    with triggers_off():
        ConsentReceipt.objects.filter(reference=consult.reference, purpose="voicemail").delete()
    found = flaws_of_rows()
    assert some(found, link_of(consult))
    assert some(found, f"request {consult.reference}: was not accepted by the form")


def test_receipts_swapped_between_requests_are_found(requests):
    mine, other = (
        ConsentReceipt.objects.get(reference=consult.reference, purpose="contact") for consult in requests[:2]
    )
    with triggers_off():
        for receipt, reference in ((mine, "-"), (other, mine.reference), (mine, other.reference)):
            ConsentReceipt.objects.filter(pk=receipt.pk).update(reference=reference)
    found = flaws_of_rows()
    for consult in requests[:2]:
        assert some(found, f"receipt of {consult.reference} (contact): is not as it was given")
        assert some(found, link_of(consult))


def test_a_receipt_signed_again_by_the_accepting_process_is_found_by_its_link(requests):
    """Whoever also holds the form's key cannot change what stands in the audit."""
    consult = requests[0]
    receipt = ConsentReceipt.objects.get(reference=consult.reference, purpose="contact")
    receipt.text = "Something else entirely."
    key = parse_sealing_key(django_settings.CONSULTS_SIGNING_PRIVATE_KEY)
    mark = make_mark(audit.receipts.receipt_statement(receipt), key=key)
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


# --- envelopes and whole requests ---------------------------------------------------------------------


def test_an_envelope_replaced_by_another_valid_one_is_found(requests):
    consult = requests[1]
    ConsultRequest.objects.filter(pk=consult.pk).update(envelope=forged_envelope(consult.reference))
    opened, _notes = workflow.open_consult(
        ConsultRequest.objects.get(pk=consult.pk),
        actor=UserFactory(group="Front desk"),
        purpose=Purpose.TRIAGE,
    )
    assert opened["name"] == "Somebody Else"
    assert flaws() == [
        f"request {consult.reference}: was not accepted by the form: its envelope or one of its columns was "
        "exchanged, or all of it was put in"
    ]


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


@pytest.mark.parametrize("mark", ["none", "another's", "its own number, another key"])
def test_a_whole_request_made_in_the_database_is_found(requests, mark):
    like, reference = requests[0], "AB2CD3EF4G"
    forged = copy_of(
        like,
        reference=reference,
        idempotency_key="forged",
        envelope=forged_envelope(reference),
        linked_seq=None,
    )
    foreign = parse_sealing_key(new_signing_pair()["CONSULTS_SIGNING_PRIVATE_KEY"])
    marks = {"none": None, "another's": like.mark}
    forged.mark = marks.get(mark) if mark in marks else make_mark(audit.statement_of(forged, []), key=foreign)
    forged.save(force_insert=True)
    [flaw] = flaws()
    assert flaw.startswith(f"request {reference}: was not accepted by the form: ")
    # What nobody accepted is never linked.
    forged.refresh_from_db()
    assert forged.linked_seq is None


def test_contents_that_nobody_removed_but_are_gone_are_found(requests):
    consult = requests[1]
    ConsultRequest.objects.filter(pk=consult.pk).update(
        purged_at=consult.created_at, envelope=b"", status="spam", next_action_at=None
    )
    assert flaws() == [
        f"request {consult.reference}: has lost its contents, and no event says who removed them"
    ]


# --- triggers -----------------------------------------------------------------------------------------


def test_making_the_triggers_anew_is_an_event(requests):
    with triggers_off():
        pass
    [flaw] = flaws()
    assert re.match(r"database: had its triggers changed since event \d+: all there, taken off or made", flaw)
    assert audit.renew_protection() == []
    event = AuditEvent.objects.filter(action=AuditAction.PROTECT).first()
    assert event.detail.endswith("made anew, none was missing")
    assert flaws() == []


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
