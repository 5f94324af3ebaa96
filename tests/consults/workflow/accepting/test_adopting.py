"""What release 0.1.0 accepted is taken over once, by a person who says how many; never by the worker."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from consults import audit, workflow
from consults.audit import Mark
from consults.enums import AuditAction
from consults.management.steps import look_at_protection
from consults.models import AuditEvent, AuditTail, ConsentReceipt, ConsultRequest
from consults.models.protection import PROTECTED, protect, unprotect
from consults.spool import files
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.CONSULTS_SPOOL_DIR = tmp_path / "spool"
    settings.CONSULTS_AUDIT_HEADS_FILE = tmp_path / "heads.jsonl"


def forget_marks(*requests):
    """Let these be as the release before stored them."""
    references = [consult.reference for consult in requests]
    ConsultRequest.objects.filter(reference__in=references).update(mark=None)
    unprotect(connection, list(PROTECTED))
    ConsentReceipt.objects.filter(reference__in=references).update(mark=None)
    protect(connection, list(PROTECTED))


@pytest.fixture
def old():
    """Two requests of the release before, of which the worker of this one has done nothing yet."""
    made = [make_consult() for _ in range(2)]
    forget_marks(*made)
    for consult in made:
        consult.refresh_from_db()
    return made


def run(command, **options):
    out = StringIO()
    try:
        call_command(command, stdout=out, **options)
    except CommandError as problem:
        return f"{out.getvalue()}! {problem}"
    return out.getvalue()


def test_until_then_they_are_of_before_and_no_flaw(old, client):
    assert [audit.mark_of(consult) for consult in old] == [Mark.BEFORE, Mark.BEFORE]
    said = run("consults_audit")
    assert "2 requests are of before" in said
    assert "The audit is whole" in said
    client.force_login(UserFactory(group="Front desk"))
    page = client.get(reverse("consult_requests:detail", args=[old[0].pk])).content.decode()
    assert "came before the site marked" in page
    assert "was not accepted by the form" not in page


def test_the_worker_takes_nothing_over(old):
    assert audit.link_receipts() == 0
    assert not AuditEvent.objects.filter(action=AuditAction.ADOPT).exists()
    assert ConsultRequest.objects.without_mark().count() == 2


def test_a_person_confirms_the_number(old):
    said = run("consults_adopt")
    assert "2 requests bear no mark, from " in said
    assert "--confirm 2" in said
    assert run("consults_adopt", confirm=3).startswith("!")
    assert ConsultRequest.objects.without_mark().count() == 2
    assert run("consults_adopt", confirm=2).startswith("2 requests of before were taken over.")
    assert [audit.mark_of(ConsultRequest.objects.get(pk=consult.pk)) for consult in old] == [Mark.GOOD] * 2
    events = list(AuditEvent.objects.filter(action=AuditAction.ADOPT).order_by("seq"))
    assert set(events[0].references.split()) == {consult.reference for consult in old}
    assert events[1].detail == "all of before: 2 requests"
    look_at_protection()
    assert "The audit is whole" in run("consults_audit")


def test_it_is_done_once(old):
    run("consults_adopt", confirm=2)
    late = make_consult()
    forget_marks(late)
    late.refresh_from_db()
    assert run("consults_adopt", confirm=1).startswith("! Nothing was taken over")
    assert audit.mark_of(late) == Mark.WRONG
    assert f"request {late.reference}: was not accepted by the form" in run("consults_audit")


def test_clearing_the_short_way_opens_nothing(old):
    run("consults_adopt", confirm=2)
    forget_marks(old[0])
    AuditTail.objects.update(adopted_seq=None)
    assert run("consults_adopt", confirm=1).startswith("! Nothing was taken over")
    assert f"request {old[0].reference}: was not accepted by the form" in run("consults_audit")


def test_what_waits_in_the_spool_comes_first(old, settings):
    settings.CONSULTS_SPOOL_DIR.mkdir()
    (settings.CONSULTS_SPOOL_DIR / "a.seal").touch()
    assert run("consults_adopt", confirm=2).startswith("! Nothing was taken over")


def test_a_receipt_of_before_is_held_as_it_was_taken_over(old):
    run("consults_adopt", confirm=2)
    unprotect(connection, list(PROTECTED))
    ConsentReceipt.objects.filter(reference=old[0].reference, purpose="contact").update(text="other")
    assert "receipts are not as they were linked" in run("consults_audit")


def test_a_new_site_closes_that_door_by_itself():
    audit.link_receipts()
    assert audit.is_closed()
    stranger = make_consult()
    forget_marks(stranger)
    stranger.refresh_from_db()
    assert audit.mark_of(stranger) == Mark.WRONG


def test_a_file_of_the_spool_before_still_replays(settings, monkeypatch):
    """Release 0.1.0 wrote neither marks nor the newer name; its indexes were three."""
    submission = workflow.Submission(
        "a1", {"name": "Ann"}, workflow.Columns(0, "UTC"), (workflow.Consent("contact", "Yes.", "1", True),)
    )
    sealed = submission.sealed()
    clear = sealed.for_spool()
    del clear["mark"], clear["consents"][0]["mark"]
    clear["indexes"] = {"phone_index": 1, "phone_end_index": 2, "email_index": 3}
    monkeypatch.setattr(files, "SUFFIX", ".seal")
    files.write(settings.CONSULTS_SPOOL_DIR, "a1", clear, sealed.envelope, max_bytes=10**6)
    assert workflow.replay_spool() == 1
    consult = ConsultRequest.objects.get()
    assert (consult.mark, audit.mark_of(consult)) == (None, Mark.BEFORE)


def test_what_somebody_put_into_the_spool_is_stored_and_shown_as_what_it_is(settings):
    sealed = workflow.Submission("a1", {"name": "Ann"}, workflow.Columns(0, "UTC")).sealed()
    clear = {**sealed.for_spool(), "reference": "AB2CD3EF4G"}
    files.write(settings.CONSULTS_SPOOL_DIR, "a1", clear, sealed.envelope, max_bytes=10**6)
    assert workflow.replay_spool() == 1
    assert audit.mark_of(ConsultRequest.objects.get()) == Mark.WRONG


def test_the_desk_sees_it_with_a_warning_and_the_audit_says_so(client):
    consult = make_consult(name="Ann Example", phone="(555) 555-0177")
    ConsultRequest.objects.filter(pk=consult.pk).update(locale="es")
    client.force_login(UserFactory(group="Front desk"))
    page = client.get(reverse("consult_requests:detail", args=[consult.pk])).content.decode()
    assert "was not accepted by the form" in page
    assert "Ann Example" in page
    event = AuditEvent.objects.filter(action=AuditAction.VIEW).get()
    assert event.detail == "view: not accepted by the form"
    ConsultRequest.objects.filter(pk=consult.pk).update(next_action_at="2020-01-01T00:00Z")
    row = client.post(reverse("consult_requests:index"), {"request": consult.pk}).content.decode()
    assert "was not accepted by the form" in row


def test_no_copy_goes_to_an_address_that_nobody_accepted():
    consult = make_consult(copy="yes", email="ann@example.org")
    assert workflow.address_for_copy(consult) == "ann@example.org"
    ConsultRequest.objects.filter(pk=consult.pk).update(idempotency_key="other")
    consult.refresh_from_db()
    with pytest.raises(workflow.NoLongerWanted):
        workflow.address_for_copy(consult)
