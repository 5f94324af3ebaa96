"""The outbox: taken by one, tried with growing patience, given up after two days, sent once."""

from datetime import timedelta
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection
from django.db.models.functions import Now

from consults.enums import ClosedReason, Status
from consults.models import OutboxMessage
from consults.models.outbox import GIVE_UP_AFTER, LEASE
from consults.notices import outbox
from consults.notices.outbox import BATCH, FIRST_WAIT, LONGEST_WAIT, send_due, wait_before
from tests.consults.passing_time import let_pass
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
# What the statements of a test may take, at most.
MARGIN = timedelta(seconds=20)


class RefusingBackend(BaseEmailBackend):
    """A mail server that refuses, and repeats an address while doing so."""

    def send_messages(self, messages):
        raise SMTPException("frontdesk@example.org is unknown here")


class AbsentBackend(BaseEmailBackend):
    """A mail server that isn't there."""

    def send_messages(self, messages):
        raise ConnectionRefusedError("frontdesk@example.org")


class PickyBackend(BaseEmailBackend):
    """Raises what it is told to, for the mails whose body names a reference."""

    error, reference = None, ""

    def send_messages(self, messages):
        if self.reference in messages[0].body:
            raise self.error


@pytest.fixture
def refusing(settings):
    settings.EMAIL_BACKEND = f"{__name__}.RefusingBackend"


@pytest.fixture
def works(settings):
    """A function after which the mail server works."""

    def heal():
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    return heal


def make_message(**values):
    """Store a notice without a request."""
    number = OutboxMessage.objects.count()
    defaults = {"template": "staff_notice", "recipient": "staff", "reference": f"AB2CD3E{number:03}"}
    return OutboxMessage.objects.create(**{**defaults, **values})


def is_due():
    return OutboxMessage.objects.due().exists()


def now():
    """The database's time."""
    return OutboxMessage.objects.annotate(now=Now()).values_list("now", flat=True)[0]


# --- due and lease --------------------------------------------------------------------------------


def test_a_row_is_due_from_its_time_on():
    make_message(next_attempt_at=Now() + MARGIN)
    assert not is_due()
    let_pass(MARGIN)
    assert is_due()


def test_what_is_sent_or_given_up_is_not_due():
    make_message(sent_at=Now())
    make_message(dead_at=Now())
    assert not is_due()


def test_what_waits_longest_is_due_first():
    late, early, later = (make_message(next_attempt_at=Now() - timedelta(minutes=m)) for m in (2, 9, 1))
    assert list(OutboxMessage.objects.due()) == [early, late, later]


def test_only_one_gets_the_lease():
    message, other = make_message(), make_message()
    assert OutboxMessage.objects.lease(message) is True
    assert OutboxMessage.objects.lease(message) is False
    message.refresh_from_db()
    other.refresh_from_db()
    assert message.attempts == 1
    assert LEASE - MARGIN < message.lease_until - now() <= LEASE
    assert (other.attempts, other.lease_until) == (0, None)


def test_a_lease_runs_out():
    """A worker that died while sending doesn't hold the row for ever."""
    message = make_message()
    OutboxMessage.objects.lease(message)
    let_pass(LEASE - MARGIN)
    assert not is_due()
    let_pass(MARGIN + SECOND)
    assert is_due()
    assert OutboxMessage.objects.lease(message) is True
    message.refresh_from_db()
    assert message.attempts == 2


@pytest.mark.parametrize("shift", [timedelta(hours=2), timedelta(hours=-2)])
def test_a_wrong_clock_of_the_host_loses_nothing(shift):
    """Neither sends a wrong clock what is leased, nor does it keep what is due."""
    with time_machine.travel(now_here() + shift):
        leased = make_message()
        OutboxMessage.objects.lease(leased)
        assert send_due() == 0
        let_pass(LEASE + SECOND)
        assert send_due() == 1
        make_consult()
        assert send_due() == 1


def now_here():
    make_message(sent_at=Now(), reference="ZZ2ZZ2ZZ2Z")
    return now()


def test_what_is_sent_or_given_up_is_not_leased():
    for message in (make_message(sent_at=Now()), make_message(dead_at=Now())):
        assert OutboxMessage.objects.lease(message) is False


def test_what_somebody_else_is_sending_is_left_to_them():
    OutboxMessage.objects.lease(make_message())
    assert send_due() == 0
    assert mail.outbox == []


def test_a_lease_is_longer_than_the_mail_server_may_take(settings):
    assert timedelta(seconds=settings.EMAIL_TIMEOUT) < LEASE


# --- sending ----------------------------------------------------------------------------------------


def test_a_notice_is_sent_once():
    make_consult()
    assert [send_due(), send_due()] == [1, 0]
    let_pass(timedelta(days=7))
    assert send_due() == 0
    assert len(mail.outbox) == 1
    message = OutboxMessage.objects.get()
    assert (message.attempts, message.lease_until, message.last_error) == (1, None, "")
    assert message.sent_at >= message.created_at


def test_a_run_sends_a_batch_and_the_next_run_the_rest():
    for _ in range(BATCH + 2):
        make_message(template="emergency")
    assert [send_due(), send_due(), send_due()] == [BATCH, 2, 0]


def test_a_slow_run_ends_early_and_the_next_one_goes_on(monkeypatch):
    """The worker has a spool to look after and a sign of life to give."""
    for _ in range(3):
        make_message(template="emergency")
    monkeypatch.setattr(outbox, "LONGEST_PASS", -1)
    assert send_due() == 0
    monkeypatch.undo()
    assert send_due() == 3


def test_a_worker_that_died_before_noting_it_sends_the_same_mail_again():
    make_consult()

    def die(execute, sql, params, many, context):
        if sql.startswith("UPDATE") and "is_refused" in sql:
            raise SystemExit
        return execute(sql, params, many, context)

    with connection.execute_wrapper(die), pytest.raises(SystemExit):
        send_due()
    assert send_due() == 0
    let_pass(LEASE + SECOND)
    assert [send_due(), send_due()] == [1, 0]
    first, second = (m.message()["Message-ID"] for m in mail.outbox)
    assert first == second


def test_a_row_that_is_gone_meanwhile_harms_nothing(settings):
    message = make_message()
    OutboxMessage.objects.lease(message)
    OutboxMessage.objects.all().delete()
    OutboxMessage.objects.mark_sent(message)
    OutboxMessage.objects.postpone(message, wait=SECOND, error="X", is_refused=False)
    assert not OutboxMessage.objects.exists()


# --- failing ----------------------------------------------------------------------------------------


def test_a_failed_notice_is_postponed_with_a_growing_wait(refusing):
    make_consult()
    waits = []
    for attempt in range(1, 11):
        assert send_due() == 0
        message = OutboxMessage.objects.get()
        assert (message.attempts, message.sent_at, message.dead_at) == (attempt, None, None)
        assert message.lease_until is None
        wait = message.next_attempt_at - now()
        waits.append(wait)
        # Not before its time.
        let_pass(wait - MARGIN)
        assert send_due() == 0
        assert OutboxMessage.objects.get().attempts == attempt
        let_pass(MARGIN)
    shortest = [min(FIRST_WAIT * 2**n, LONGEST_WAIT) for n in range(1, 11)]
    assert all(s - MARGIN <= wait <= s * 1.2 for s, wait in zip(shortest, waits, strict=True))
    assert waits[:6] == sorted(waits[:6])
    assert mail.outbox == []


def test_the_wait_never_exceeds_an_hour_and_a_fifth():
    assert all(LONGEST_WAIT <= wait_before(n) <= LONGEST_WAIT * 1.2 for n in (7, 11, 100, 10**6))


@pytest.mark.parametrize(
    ("backend", "error"), [("Refusing", "SMTPException"), ("Absent", "ConnectionRefusedError")]
)
def test_a_failure_is_told_without_an_address(settings, caplog, backend, error):
    settings.EMAIL_BACKEND = f"{__name__}.{backend}Backend"
    make_consult()
    send_due()
    message = OutboxMessage.objects.get()
    assert message.last_error == error
    assert caplog.messages == [f"outbox: attempt 1 of notice {message.pk} failed: {error}"]


def test_a_notice_is_sent_when_the_server_is_back(refusing, works):
    make_consult()
    send_due()
    works()
    assert send_due() == 0
    let_pass(FIRST_WAIT * 3)
    assert [send_due(), send_due()] == [1, 0]
    assert len(mail.outbox) == 1
    message = OutboxMessage.objects.get()
    assert (message.attempts, message.dead_at, message.last_error) == (2, None, "")
    assert message.sent_at


def test_one_refused_notice_does_not_stop_the_next(refusing):
    make_message()
    make_message()
    assert send_due() == 0
    assert [m.attempts for m in OutboxMessage.objects.all()] == [1, 1]


@pytest.mark.parametrize(
    ("age", "is_dead"), [(GIVE_UP_AFTER - MARGIN, False), (GIVE_UP_AFTER + SECOND, True)]
)
def test_a_notice_is_given_up_after_48_hours(refusing, works, age, is_dead):
    assert timedelta(hours=48) == GIVE_UP_AFTER
    make_consult()
    let_pass(age)
    assert send_due() == 0
    message = OutboxMessage.objects.get()
    assert bool(message.dead_at) is is_dead
    assert (message.sent_at, message.lease_until, message.last_error) == (None, None, "SMTPException")
    # From now on only what isn't given up goes out.
    works()
    let_pass(timedelta(hours=2))
    assert send_due() == (0 if is_dead else 1)
    assert len(mail.outbox) == (0 if is_dead else 1)


def test_an_old_notice_still_gets_its_chance():
    """A worker that was down for days sends first and gives up only what fails."""
    make_consult()
    let_pass(timedelta(days=5))
    assert send_due() == 1


def test_a_mistake_of_ours_is_kept_in_the_row_and_holds_up_nobody(settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{__name__}.PickyBackend"
    bad, good = make_consult().reference, make_consult().reference
    monkeypatch.setattr(PickyBackend, "reference", bad)
    monkeypatch.setattr(PickyBackend, "error", LookupError("a bug"))
    assert send_due() == 1
    message = OutboxMessage.objects.get(reference=bad)
    assert (message.sent_at, message.attempts, message.last_error) == (None, 1, "LookupError")
    assert OutboxMessage.objects.get(reference=good).sent_at


def test_a_mail_to_nobody_does_not_count_as_sent(settings):
    settings.CONSULTS_NOTICE_RECIPIENTS = []
    make_consult()
    assert send_due() == 0
    assert OutboxMessage.objects.get().last_error == "NoRecipient"


# --- what a person has to look at ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "is_refused"),
    [
        (SMTPDataError(550, b"no"), True),
        (SMTPDataError(451, b"later"), False),
        (SMTPRecipientsRefused({"frontdesk@example.org": (550, b"unknown")}), True),
        (SMTPRecipientsRefused({"frontdesk@example.org": (450, b"full")}), False),
        (ConnectionRefusedError(), False),
    ],
)
def test_a_refusal_is_known_at_once_and_tried_again(settings, monkeypatch, works, error, is_refused):
    settings.EMAIL_BACKEND = f"{__name__}.PickyBackend"
    monkeypatch.setattr(PickyBackend, "error", error)
    make_consult()
    send_due()
    assert OutboxMessage.objects.problems() == {"given_up": 0, "refused": int(is_refused)}
    works()
    let_pass(FIRST_WAIT * 3)
    assert send_due() == 1
    assert OutboxMessage.objects.problems() == {"given_up": 0, "refused": 0}


def test_trying_again_gives_another_two_days(refusing, works):
    make_consult()
    let_pass(GIVE_UP_AFTER + SECOND)
    send_due()
    assert OutboxMessage.objects.problems()["given_up"] == 1
    assert OutboxMessage.objects.try_again() == 1
    send_due()
    message = OutboxMessage.objects.get()
    assert (message.dead_at, message.attempts) == (None, 1)
    let_pass(GIVE_UP_AFTER + SECOND)
    works()
    assert send_due() == 1
    assert OutboxMessage.objects.problems()["given_up"] == 0


def test_nobody_is_told_of_a_notice_for_a_request_that_is_closed():
    desk = UserFactory(group="Front desk")
    consult = make_consult(claimed_by=desk, status=Status.CLOSED, reason=ClosedReason.TEST)
    other = make_consult()
    OutboxMessage.objects.update(dead_at=Now())
    assert OutboxMessage.objects.problems()["given_up"] == 1
    assert OutboxMessage.objects.try_again() == 1
    assert OutboxMessage.objects.get(dead_at=None).reference == other.reference != consult.reference
