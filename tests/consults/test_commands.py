"""The commands: the worker sends and stops when told, and printed keys can be used as they stand."""

import os
import signal
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import OperationalError, connection
from django.utils import timezone

from consults import workflow
from consults.enums import ClosedReason, Status
from consults.models import ConsultRequest, Heartbeat, OutboxMessage
from consults.sealing.keys import (
    is_pair,
    is_signing_pair,
    parse_sealing_key,
    parse_sealing_keys,
    parse_secret,
)
from consults.workflow.retention import purging
from tests.consults.passing_time import let_pass, zone_where_it_is
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

pytestmark = pytest.mark.usefixtures("connection_stays")
SIGNALS = (signal.SIGTERM, signal.SIGINT)


class StoppingBackend(EmailBackend):
    """Tells the worker to stop while it sends."""

    number = signal.SIGTERM

    def send_messages(self, messages):
        sent = super().send_messages(messages)
        signal.raise_signal(self.number)
        return sent


@pytest.fixture
def own_signals():
    """A worker that doesn't listen, or doesn't stop, fails the test instead of ending or stalling it."""

    def fail(*_):
        raise AssertionError("The worker didn't listen or didn't stop.")

    before = {number: signal.signal(number, fail) for number in (*SIGNALS, signal.SIGALRM)}
    signal.alarm(20)
    yield
    signal.alarm(0)
    for number, handler in before.items():
        signal.signal(number, handler)


def printed_keys():
    out = StringIO()
    call_command("consults_keys", stdout=out)
    return dict(line.split("=", 1) for line in out.getvalue().splitlines())


def test_the_worker_sends_what_waits_once():
    references = {make_consult().reference for _ in range(2)}
    call_command("consults_worker", once=True)
    call_command("consults_worker", once=True)
    assert len(mail.outbox) == 2
    assert {r for r in references for m in mail.outbox if r in m.body} == references
    assert OutboxMessage.objects.filter(sent_at=None).count() == 0


def test_the_worker_has_nothing_to_do_without_requests():
    call_command("consults_worker", once=True)
    assert mail.outbox == []


def test_the_worker_waits_for_a_database_that_is_away(caplog):
    make_consult()

    def refuse(execute, sql, params, many, context):
        raise OperationalError("secret address of the server")

    with connection.execute_wrapper(refuse):
        call_command("consults_worker", once=True)
    assert caplog.messages == ["worker: the database is away: OperationalError"]
    call_command("consults_worker", once=True)
    assert len(mail.outbox) == 1


def test_the_worker_tells_the_owner_and_gives_a_sign_of_life(settings):
    settings.CONSULTS_OWNER_RECIPIENTS = ["owner@example.org"]
    make_consult()
    # At any hour of the test it is an afternoon where the person is.
    ConsultRequest.objects.update(time_zone=zone_where_it_is(14), best_times=0)
    let_pass(timedelta(hours=1))
    call_command("consults_worker", once=True)
    assert {address for m in mail.outbox for address in m.to} == {
        "frontdesk@example.org",
        "owner@example.org",
    }
    assert Heartbeat.silences()[Heartbeat.Name.WORKER] < timedelta(seconds=20)


def test_the_worker_sends_the_owner_the_week_once(settings):
    settings.CONSULTS_OWNER_RECIPIENTS = ["owner@example.org"]
    make_consult()
    with time_machine.travel("2040-01-03T12:00Z"):
        for _ in range(2):
            call_command("consults_worker", once=True)
    assert len([m for m in mail.outbox if m.subject.endswith("the week in numbers")]) == 1


def test_a_spool_that_cannot_be_swept_does_not_hold_up_the_mail(settings, tmp_path, caplog):
    settings.CONSULTS_SPOOL_DIR = tmp_path
    draft = tmp_path / ".draft.1.2"
    draft.mkdir()
    os.utime(draft, (0, 0))
    make_consult()
    call_command("consults_worker", once=True)
    assert len(mail.outbox) == 1
    assert len(caplog.messages) == 1
    assert caplog.messages[0].startswith("worker: step spool failed: ")


@pytest.mark.parametrize("number", SIGNALS)
def test_the_worker_finishes_its_mail_and_stops_when_told(settings, own_signals, monkeypatch, number):
    settings.EMAIL_BACKEND = f"{__name__}.StoppingBackend"
    monkeypatch.setattr(StoppingBackend, "number", number)
    make_consult()
    call_command("consults_worker", pause=0.01)
    assert len(mail.outbox) == 1
    assert OutboxMessage.objects.filter(sent_at=None).count() == 0


def test_printed_keys_fit_together():
    values = printed_keys()
    assert list(values) == [
        "CONSULTS_SEALING_PUBLIC_KEY",
        "CONSULTS_SEALING_PRIVATE_KEYS",
        "CONSULTS_SIGNING_PRIVATE_KEY",
        "CONSULTS_SIGNING_PUBLIC_KEYS",
        "CONSULTS_REFERENCE_KEY",
        "CONSULTS_IDEMPOTENCY_KEY",
        "CONSULTS_TOKEN_KEY",
        "CONSULTS_INDEX_KEY",
        "CONSULTS_NETWORK_KEY",
        "CONSULTS_AUDIT_KEY",
        "CONSULTS_STOP_KEY",
        "STAFF_FACTOR_KEY",
    ]
    assert is_pair(
        parse_sealing_key(values["CONSULTS_SEALING_PUBLIC_KEY"]),
        parse_sealing_keys(values["CONSULTS_SEALING_PRIVATE_KEYS"]),
    )
    for name in ("REFERENCE", "IDEMPOTENCY", "TOKEN"):
        assert len(parse_secret(values[f"CONSULTS_{name}_KEY"])) == 32


def test_a_request_goes_the_whole_way_with_printed_keys(settings):
    for name, value in printed_keys().items():
        setattr(settings, name, value)
    consult = make_consult(name="Sample Reader")
    contents, _notes = workflow.open_consult(consult, actor=UserFactory(group="Front desk"), purpose="triage")
    assert contents["name"] == "Sample Reader"


def test_keys_are_never_printed_twice():
    assert not set(printed_keys().values()) & set(printed_keys().values())


def make_old():
    """Store a request whose contents are due to be removed."""
    consult = make_consult()
    long_ago = timezone.now() - timedelta(days=91)
    ConsultRequest.objects.filter(pk=consult.pk).update(
        status=Status.CLOSED, closed_reason=ClosedReason.COST, closed_at=long_ago, next_action_at=None
    )


def test_the_worker_removes_old_contents_once_a_day():
    def work():
        call_command("consults_worker", once=True)
        return ConsultRequest.objects.with_contents().count()

    make_old()
    assert work() == 0
    make_old()
    assert work() == 1
    Heartbeat.objects.filter(name="purge").update(at=timezone.now() - timedelta(hours=25))
    assert work() == 0


def test_the_worker_leaves_an_unusual_number_to_a_person(monkeypatch, caplog):
    monkeypatch.setattr(purging, "BRAKE_ROWS", 0)
    make_old()
    call_command("consults_worker", once=True)
    assert any("the contents of 1 requests are due" in message for message in caplog.messages)
    assert ConsultRequest.objects.with_contents().count() == 1
    assert Heartbeat.silences()["purge"] >= timedelta(days=1)


def test_a_second_process_gets_a_signing_key_of_its_own():
    out = StringIO()
    call_command("consults_keys", signing=2, stdout=out)
    values = dict(line.split("=", 1) for line in out.getvalue().splitlines())
    private = parse_sealing_key(values["CONSULTS_SIGNING_PRIVATE_KEY"])
    assert private.key_id == 2
    assert is_signing_pair(private, parse_sealing_keys(values["CONSULTS_SIGNING_PUBLIC_KEYS"]))
