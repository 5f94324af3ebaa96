"""An acknowledged request is kept exactly once: in the database, or sealed in the spool until it is."""

import hashlib
import os
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError, connection

from consults import workflow
from consults.enums import ConsentPurpose
from consults.intake.submission import submission_from
from consults.intake.token import FormToken
from consults.models import ConsentReceipt, ConsultRequest, OutboxMessage, StoppedContact, TimelineEvent
from consults.references import reference_for
from consults.spool import files
from consults.workflow.do_not_contact import stop_contact
from tests.factories.consults import make_consult, valid_form
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
TABLES = (ConsultRequest, OutboxMessage, TimelineEvent, ConsentReceipt)


@pytest.fixture(autouse=True)
def spool(settings, tmp_path):
    settings.CONSULTS_SPOOL_DIR = tmp_path / "spool"
    return settings.CONSULTS_SPOOL_DIR


def submission(**changes):
    return submission_from(valid_form(**changes), token=FormToken(), locale="en", page="/consultation/")


def away(error=OperationalError, words=""):
    """Let every statement that holds these words fail."""

    def refuse(execute, sql, params, many, context):
        if words in sql:
            raise error("gone")
        return execute(sql, params, many, context)

    return connection.execute_wrapper(refuse)


def rows():
    """Everything that was stored, without what differs between two equal requests."""
    return [model.objects.count() for model in TABLES]


@pytest.mark.parametrize("error", [OperationalError, InterfaceError, DatabaseError])
def test_what_the_database_refuses_is_spooled_under_the_same_reference(spool, error):
    with away(error):
        spooled = workflow.accept(submission())
    assert rows() == [0, 0, 0, 0]
    assert workflow.replay_spool() == 1
    stored = ConsultRequest.objects.get()
    assert stored.reference == spooled.reference == workflow.accept(submission()).reference
    assert files.pending(spool) == []


def test_a_replayed_request_is_like_any_other(spool):
    desk = UserFactory(group="Front desk")
    ordinary = workflow.accept(submission(name="First", copy="yes"))
    with away():
        spooled = workflow.accept(submission(name="Second", copy="yes"))
    workflow.replay_spool()
    first, second = (ConsultRequest.objects.get(reference=a.reference) for a in (ordinary, spooled))
    differing = {"id", "reference", "idempotency_key", "envelope", "mark"}
    differing |= {"created_at", "updated_at", "next_action_at"}
    # A spool file says no way in clear, which a worker of the release before couldn't read.
    differing |= {"way"}
    values = [
        {f.name: getattr(r, f.name) for f in ConsultRequest._meta.fields if f.name not in differing}
        for r in (first, second)
    ]
    assert values[0] == values[1]
    assert workflow.open_consult(second, actor=desk, purpose="triage")[0]["name"] == "Second"
    second.refresh_from_db()
    assert (first.way, second.way) == ("call", "call")
    for model in (OutboxMessage, ConsentReceipt):
        kinds = [
            sorted(
                str(vars(row).get("template", vars(row).get("purpose")))
                for row in model.objects.filter(reference=r.reference)
            )
            for r in (first, second)
        ]
        assert kinds[0] == kinds[1]
        assert kinds[0]


def test_a_replay_that_was_cut_short_doubles_nothing(spool):
    with away():
        workflow.accept(submission())
    [path] = files.pending(spool)
    content = path.read_bytes()
    assert workflow.replay_spool() == 1
    # As if the process had died between storing the request and removing the file.
    path.write_bytes(content)
    before = rows()
    assert workflow.replay_spool() == 0
    assert rows() == before == [1, 1, 1, 2]
    assert files.pending(spool) == []


def test_a_commit_that_nobody_heard_of_doubles_nothing(spool):
    """The row is there, yet the process only saw the connection break."""
    stored = workflow.accept(submission())
    with away():
        again = workflow.accept(submission())
    assert again.reference == stored.reference
    assert workflow.replay_spool() == 0
    assert ConsultRequest.objects.count() == 1


def test_a_database_that_is_still_away_leaves_the_files(spool):
    with away():
        workflow.accept(submission())
        with pytest.raises(OperationalError):
            workflow.replay_spool()
    assert len(files.pending(spool)) == 1


def test_neither_database_nor_spool_means_no_thank_you(spool):
    spool.parent.mkdir(exist_ok=True)
    spool.touch()
    with away(), pytest.raises(workflow.CouldNotKeep):
        workflow.accept(submission())


def test_damaged_and_strange_files_are_kept_for_a_person(spool):
    with away():
        workflow.accept(submission())
    [path] = files.pending(spool)
    path.write_bytes(path.read_bytes()[:-1])
    files.write(spool, "strange", {"reference": "AB2CD3EF4G"}, b"envelope", max_bytes=10**6)
    assert workflow.replay_spool() == 0
    assert len(files.damaged(spool)) == 2
    assert rows() == [0, 0, 0, 0]


def test_the_spool_holds_nothing_in_clear(spool):
    with away():
        workflow.accept(submission(name="Markername", phone="(555) 555-0177", note="Markernote"))
    content = files.pending(spool)[0].read_bytes()
    for typed in (b"Markername", b"5550177", b"555-0177", b"sample.person", b"Markernote"):
        assert typed not in content


def test_a_taken_reference_gives_the_next_one():
    first = workflow.accept(submission())
    other = submission(name="Somebody Else")
    ConsultRequest.objects.update(reference=reference_for(other.idempotency_key))
    second = workflow.accept(other)
    assert second.reference == reference_for(other.idempotency_key, attempt=1)
    assert workflow.accept(other) == workflow.Accepted(second.reference, is_new=False)
    assert first.is_new
    opened, _notes = workflow.open_consult(
        ConsultRequest.objects.get(reference=second.reference),
        actor=UserFactory(group="Front desk"),
        purpose="triage",
    )
    assert opened["name"] == "Somebody Else"


def test_a_spooled_request_whose_reference_is_taken_stays_for_a_person(spool):
    spooled = submission(name="Somebody Else")
    with away():
        workflow.accept(spooled)
    workflow.accept(submission())
    ConsultRequest.objects.update(reference=reference_for(spooled.idempotency_key))
    assert workflow.replay_spool() == 0
    assert len(files.pending(spool)) == 1


# --- a table that a newer release already changed -----------------------------------------------------


@contextmanager
def a_column_nobody_knows(model=ConsultRequest):
    """Let the table ask for more than the running code gives, as in the middle of an upgrade."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} ADD COLUMN of_tomorrow integer NOT NULL")
        yield
        cursor.execute(f"ALTER TABLE {table} DROP COLUMN of_tomorrow")


@pytest.mark.parametrize("model", TABLES)
def test_what_a_newer_table_refuses_is_spooled_and_comes_in_later(spool, model):
    with a_column_nobody_knows(model):
        spooled = workflow.accept(submission())
        assert rows() == [0, 0, 0, 0]
        with pytest.raises(IntegrityError):
            workflow.replay_spool()
    assert len(files.pending(spool)) == 1
    assert workflow.replay_spool() == 1
    assert ConsultRequest.objects.get().reference == spooled.reference


def test_a_refused_file_holds_up_no_other(spool):
    with away():
        refused, sound = (workflow.accept(submission(name=name)) for name in ("First", "Second"))
    for age, accepted in enumerate((sound, refused)):
        [path] = [p for p in files.pending(spool) if accepted.reference.encode() in p.read_bytes()]
        os.utime(path, (1000 - age, 1000 - age))

    def refuse(execute, sql, params, many, context):
        if "INSERT" in sql and refused.reference in params:
            raise IntegrityError("a value")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse), pytest.raises(IntegrityError):
        workflow.replay_spool()
    assert ConsultRequest.objects.get().reference == sound.reference
    assert len(files.pending(spool)) == 1


def test_a_file_that_can_not_be_read_holds_up_no_other(spool):
    """A folder in the place of a file is one that even root can't read."""
    with away():
        unreadable, sound = (workflow.accept(submission(name=name)) for name in ("First", "Second"))
    [path] = [p for p in files.pending(spool) if unreadable.reference.encode() in p.read_bytes()]
    path.unlink()
    path.mkdir()
    os.utime(path, (1000, 1000))
    with pytest.raises(OSError, match="directory"):
        workflow.replay_spool()
    assert ConsultRequest.objects.get().reference == sound.reference


def test_a_stop_is_never_left_out_in_silence():
    """SQLite, told to ignore conflicts, ignores every other objection with them."""
    consult = make_consult()
    desk = UserFactory(group="Front desk")
    with a_column_nobody_knows(StoppedContact), pytest.raises(IntegrityError):
        stop_contact(consult, actor=desk)


def test_why_the_spool_takes_nothing_is_logged(settings, caplog):
    settings.CONSULTS_SPOOL_MAX_BYTES = 10
    with away(), pytest.raises(workflow.CouldNotKeep):
        workflow.accept(submission())
    assert (
        "intake: the spool did not take a request either: The spool has reached its limit." in caplog.messages
    )


# --- receipts ---------------------------------------------------------------------------------------


def test_each_tick_has_its_receipt_in_the_words_that_were_shown():
    accepted = workflow.accept(submission(way="text", texting="yes"))
    receipts = ConsentReceipt.objects.filter(reference=accepted.reference)
    assert [r.purpose for r in receipts] == [ConsentPurpose.CONTACT, ConsentPurpose.TEXTING]
    for receipt in receipts:
        assert receipt.text_sha256 == hashlib.sha256(receipt.text.encode()).hexdigest()
        assert (receipt.version, receipt.locale, receipt.page) == ("en-0b", "en", "/consultation/")
        assert not receipt.version_is_proven


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_a_receipt(change):
    workflow.accept(submission())
    receipts = ConsentReceipt.objects.all()
    with pytest.raises(DatabaseError, match="never changed"):
        receipts.update(text="Other words.") if change == "update" else receipts.delete()


def test_a_copy_is_only_for_those_who_asked():
    plain = workflow.accept(submission())
    consult = ConsultRequest.objects.get(reference=plain.reference)
    with pytest.raises(workflow.NotAllowed):
        workflow.address_for_copy(consult)
    asked = workflow.accept(submission(name="Asks", copy="yes"))
    consult = ConsultRequest.objects.get(reference=asked.reference)
    assert workflow.address_for_copy(consult) == "sample.person@example.org"
    assert [event.action for event in consult.timeline.all()] == ["submit", "copy"]


# --- test requests ----------------------------------------------------------------------------------


def test_a_canary_leaves_nothing_behind_and_nobody_else_goes_that_way():
    form = valid_form(name="Canary")
    accepted = workflow.accept(submission_from(form, token=FormToken(), locale="en", is_canary=True))
    canary = ConsultRequest.objects.get(reference=accepted.reference)
    assert OutboxMessage.objects.get().recipient == OutboxMessage.Recipient.CANARY
    assert not ConsultRequest.objects.from_people().exists()
    workflow.remove_canary(canary)
    assert rows() == [0, 0, 0, 0]
    person = ConsultRequest.objects.get(reference=workflow.accept(submission()).reference)
    with pytest.raises(workflow.NotAllowed):
        workflow.remove_canary(person)
    assert rows() == [1, 1, 1, 2]
