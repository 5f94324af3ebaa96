"""The audit shows every way in which somebody could change the past."""

import threading
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, OperationalError, connection, transaction

from consults import audit
from consults.enums import AuditAction
from consults.models import AuditEvent, AuditTail
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
NUMBER = 6


@pytest.fixture
def chain():
    """Some events by one person."""
    actor = UserFactory()
    return [
        audit.append(AuditAction.VIEW, actor=actor, references=[f"R{n}"], purpose="triage")
        for n in range(NUMBER)
    ]


@contextmanager
def without_triggers():
    """Let somebody in who owns the database."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
        else:
            for action in ("update", "delete"):
                cursor.execute(f"DROP TRIGGER audit_event_no_{action}")
        yield
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = origin")


def test_what_was_written_holds(chain):
    assert audit.verify() == []
    assert [event.seq for event in chain] == list(range(1, NUMBER + 1))


@pytest.mark.parametrize("field", ["action", "references", "purpose", "detail", "actor_name"])
def test_a_changed_event_shows(chain, field):
    with without_triggers():
        AuditEvent.objects.filter(seq=3).update(**{field: "other"})
    assert [fault.seq for fault in audit.verify()] == [3]


def test_a_removed_event_shows(chain):
    with without_triggers():
        AuditEvent.objects.filter(seq=3).delete()
    assert {fault.seq for fault in audit.verify()} == {3, 4}


def test_an_event_put_in_shows(chain):
    AuditEvent.objects.create(
        seq=NUMBER + 1, at=chain[-1].at, action="view", previous_mac=chain[-1].mac, mac="0" * 64
    )
    assert [fault.seq for fault in audit.verify()] == [NUMBER + 1]


def test_events_in_another_order_show(chain):
    with without_triggers():
        for seq, other in ((2, 100), (3, 2), (100, 3)):
            AuditEvent.objects.filter(seq=seq).update(seq=other)
    assert {fault.seq for fault in audit.verify()} >= {2, 3}


def test_a_cut_tail_shows_against_the_published_heads(chain, settings, tmp_path):
    settings.CONSULTS_AUDIT_HEADS_FILE = tmp_path / "heads.jsonl"
    assert audit.publish_head()
    assert not audit.publish_head()
    heads = audit.published_heads()
    assert heads == [(NUMBER, chain[-1].mac)]
    with without_triggers():
        AuditEvent.objects.filter(seq__gt=4).delete()
    AuditTail.objects.update(seq=4, mac=chain[3].mac)
    assert audit.verify() == []
    assert [fault.seq for fault in audit.verify(heads)] == [NUMBER]


@pytest.mark.parametrize("torn", [b'{"seq": 7, "mac": "ab', b'{"s', b"{", b"\0\0\0", b'{"seq": 7, "m\0\0'])
def test_a_head_that_was_only_begun_blocks_nothing(chain, settings, tmp_path, torn):
    settings.CONSULTS_AUDIT_HEADS_FILE = tmp_path / "heads.jsonl"
    audit.publish_head()
    with settings.CONSULTS_AUDIT_HEADS_FILE.open("ab") as file:
        file.write(torn)
    assert audit.published_heads() == [(NUMBER, chain[-1].mac)]
    newest = audit.append(AuditAction.LIST, actor=UserFactory())
    assert audit.publish_head()
    assert audit.published_heads() == [(NUMBER, chain[-1].mac), (newest.seq, newest.mac)]


def test_a_whole_last_line_counts_also_without_its_end(chain, settings, tmp_path):
    settings.CONSULTS_AUDIT_HEADS_FILE = path = tmp_path / "heads.jsonl"
    audit.publish_head()
    path.write_text(path.read_text().rstrip())
    assert audit.published_heads() == [(NUMBER, chain[-1].mac)]
    newest = audit.append(AuditAction.LIST, actor=UserFactory())
    audit.publish_head()
    assert audit.published_heads()[-1] == (newest.seq, newest.mac)


@pytest.mark.parametrize("text", ["nonsense", "12\n", "{}\n", 'nonsense\n{"seq": 1, "mac": "a"}\n'])
def test_heads_that_somebody_else_wrote_prove_nothing(tmp_path, text):
    (tmp_path / "heads.jsonl").write_text(text)
    with pytest.raises(ValueError):
        audit.published_heads(tmp_path / "heads.jsonl")


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_changes(chain, change):
    rows = AuditEvent.objects.filter(seq=2)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(detail="x") if change == "update" else rows.delete()


def test_what_is_rolled_back_was_never_noted():
    actor = UserFactory()
    with pytest.raises(ValueError), transaction.atomic():
        audit.append(AuditAction.VIEW, actor=actor)
        raise ValueError
    audit.append(AuditAction.LIST, actor=actor)
    assert [(e.seq, e.action) for e in AuditEvent.objects.all()] == [(1, "list")]
    assert audit.verify() == []


def test_an_audit_that_cannot_be_written_says_so():
    def refuse(execute, sql, params, many, context):
        if "auditevent" in sql:
            raise OperationalError("full")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse), pytest.raises(audit.AuditProblem, match="^OperationalError$"):
        audit.append(AuditAction.VIEW, actor=None)


def test_eight_at_once_write_one_chain(committed):
    audit.append(AuditAction.LIST, actor=None)

    def write():
        for _ in range(10):
            audit.append(AuditAction.VIEW, actor=None)
        connection.close()

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert AuditEvent.objects.count() == 81
    assert audit.verify() == []
