"""The outbox: taken by one, tried with growing patience, given up after two days, sent once."""

from datetime import timedelta
from smtplib import SMTPException

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from consults.models import OutboxMessage
from consults.models.outbox import LEASE
from consults.notices.outbox import BATCH, FIRST_WAIT, GIVE_UP_AFTER, LONGEST_WAIT, send_due, wait_before
from tests.factories.consults import make_request

pytestmark = pytest.mark.django_db
START = "2026-11-24T16:00:00Z"
SECOND = timedelta(seconds=1)


class RefusingBackend(BaseEmailBackend):
    """A mail server that refuses, and repeats an address while doing so."""

    def send_messages(self, messages):
        raise SMTPException("frontdesk@example.org is unknown here")


class AbsentBackend(BaseEmailBackend):
    """A mail server that isn't there."""

    def send_messages(self, messages):
        raise ConnectionRefusedError("frontdesk@example.org")


class BrokenBackend(BaseEmailBackend):
    """A mistake of ours, which no patience heals."""

    def send_messages(self, messages):
        raise LookupError("a bug")


@pytest.fixture
def clock():
    """A clock that stands still until it is moved."""
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


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


def is_due(now=None):
    return OutboxMessage.objects.due(now or timezone.now()).exists()


# --- due and lease --------------------------------------------------------------------------------


def test_a_row_is_due_from_its_time_on(clock):
    message = make_message()
    at = message.next_attempt_at
    assert [is_due(at + shift) for shift in (-SECOND, timedelta(0), SECOND)] == [False, True, True]


def test_what_is_sent_or_given_up_is_not_due(clock):
    make_message(sent_at=timezone.now())
    make_message(dead_at=timezone.now())
    assert not is_due()


def test_what_waits_longest_is_due_first(clock):
    late, early, later = (
        make_message(next_attempt_at=timezone.now() - timedelta(minutes=m)) for m in (2, 9, 1)
    )
    assert list(OutboxMessage.objects.due(timezone.now())) == [early, late, later]


def test_only_one_gets_the_lease(clock):
    message, other = make_message(), make_message()
    now = timezone.now()
    assert OutboxMessage.objects.lease(message, now) is True
    assert OutboxMessage.objects.lease(message, now) is False
    message.refresh_from_db()
    other.refresh_from_db()
    assert (message.attempts, message.lease_until) == (1, now + LEASE)
    assert (other.attempts, other.lease_until) == (0, None)


def test_a_lease_runs_out(clock):
    """A worker that died while sending doesn't hold the row for ever."""
    message = make_message()
    now = timezone.now()
    OutboxMessage.objects.lease(message, now)
    assert [is_due(now + shift) for shift in (LEASE - SECOND, LEASE, LEASE + SECOND)] == [False, False, True]
    assert OutboxMessage.objects.lease(message, now + LEASE + SECOND) is True
    message.refresh_from_db()
    assert message.attempts == 2


def test_what_is_sent_or_given_up_is_not_leased(clock):
    now = timezone.now()
    for message in (make_message(sent_at=now), make_message(dead_at=now)):
        assert OutboxMessage.objects.lease(message, now) is False


def test_what_somebody_else_is_sending_is_left_to_them(clock):
    OutboxMessage.objects.lease(make_message(), timezone.now())
    assert send_due() == 0
    assert mail.outbox == []


def test_a_lease_is_longer_than_the_mail_server_may_take(settings):
    assert timedelta(seconds=settings.EMAIL_TIMEOUT) < LEASE


# --- sending ----------------------------------------------------------------------------------------


def test_a_notice_is_sent_once(clock):
    make_request()
    assert [send_due(), send_due()] == [1, 0]
    clock.shift(timedelta(days=7))
    assert send_due() == 0
    assert len(mail.outbox) == 1
    message = OutboxMessage.objects.get()
    assert (message.attempts, message.lease_until, message.last_error) == (1, None, "")
    assert message.sent_at == message.created_at


def test_a_run_sends_a_batch_and_the_next_run_the_rest(clock):
    for _ in range(BATCH + 2):
        make_message()
    assert [send_due(), send_due(), send_due()] == [BATCH, 2, 0]


# --- failing ----------------------------------------------------------------------------------------


def test_a_failed_notice_is_postponed_with_a_growing_wait(clock, refusing):
    make_request()
    waits = []
    for attempt in range(1, 11):
        assert send_due() == 0
        message = OutboxMessage.objects.get()
        assert (message.attempts, message.sent_at, message.dead_at) == (attempt, None, None)
        assert message.lease_until is None
        waits.append(message.next_attempt_at - timezone.now())
        # Not a second before its time.
        clock.move_to(message.next_attempt_at - SECOND)
        assert send_due() == 0
        assert OutboxMessage.objects.get().attempts == attempt
        clock.move_to(message.next_attempt_at)
    shortest = [min(FIRST_WAIT * 2**n, LONGEST_WAIT) for n in range(1, 11)]
    assert all(s <= wait <= s * 1.2 for s, wait in zip(shortest, waits, strict=True))
    assert waits[:6] == sorted(waits[:6])
    assert mail.outbox == []


def test_the_wait_never_exceeds_an_hour_and_a_fifth():
    assert all(LONGEST_WAIT <= wait_before(n) <= LONGEST_WAIT * 1.2 for n in (7, 11, 100, 10**6))


@pytest.mark.parametrize(
    ("backend", "error"), [("Refusing", "SMTPException"), ("Absent", "ConnectionRefusedError")]
)
def test_a_failure_is_told_without_an_address(clock, settings, caplog, backend, error):
    settings.EMAIL_BACKEND = f"{__name__}.{backend}Backend"
    make_request()
    send_due()
    message = OutboxMessage.objects.get()
    assert message.last_error == error
    assert caplog.messages == [f"outbox: attempt 1 of notice {message.pk} failed: {error}"]


def test_a_notice_is_sent_when_the_server_is_back(clock, refusing, works):
    make_request()
    send_due()
    works()
    assert send_due() == 0
    clock.move_to(OutboxMessage.objects.get().next_attempt_at)
    assert [send_due(), send_due()] == [1, 0]
    assert len(mail.outbox) == 1
    message = OutboxMessage.objects.get()
    assert (message.attempts, message.sent_at, message.dead_at) == (2, timezone.now(), None)


def test_one_refused_notice_does_not_stop_the_next(clock, refusing):
    make_message()
    make_message()
    assert send_due() == 0
    assert [m.attempts for m in OutboxMessage.objects.all()] == [1, 1]


@pytest.mark.parametrize(
    ("age", "is_dead"),
    [(GIVE_UP_AFTER - SECOND, False), (GIVE_UP_AFTER, True), (GIVE_UP_AFTER + SECOND, True)],
)
def test_a_notice_is_given_up_after_48_hours(clock, refusing, works, age, is_dead):
    assert timedelta(hours=48) == GIVE_UP_AFTER
    make_request()
    clock.shift(age)
    assert send_due() == 0
    message = OutboxMessage.objects.get()
    assert message.dead_at == (timezone.now() if is_dead else None)
    assert (message.sent_at, message.lease_until, message.last_error) == (None, None, "SMTPException")
    # From now on only what isn't given up goes out.
    works()
    clock.shift(timedelta(hours=2))
    assert send_due() == (0 if is_dead else 1)
    assert len(mail.outbox) == (0 if is_dead else 1)


def test_an_old_notice_still_gets_its_chance(clock):
    """A worker that was down for days sends first and gives up only what fails."""
    make_request()
    clock.shift(timedelta(days=5))
    assert send_due() == 1


def test_a_mistake_of_ours_is_not_hidden_and_the_row_stays(clock, settings):
    settings.EMAIL_BACKEND = f"{__name__}.BrokenBackend"
    make_request()
    with pytest.raises(LookupError):
        send_due()
    message = OutboxMessage.objects.get()
    assert (message.sent_at, message.dead_at, message.attempts) == (None, None, 1)
    clock.shift(LEASE + SECOND)
    assert is_due()
