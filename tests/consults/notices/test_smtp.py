"""Against a mail server that is down, slow or refuses: every notice arrives, and no patient waits."""

from datetime import timedelta

import pytest
from django.urls import reverse

from consults.models import OutboxMessage
from consults.models.outbox import LEASE
from consults.notices.outbox import send_due
from tests.consults.passing_time import let_pass
from tests.consults.smtp_server import fake_smtp_server
from tests.factories.consults import form_data, make_consult
from tests.site.demo import free_port

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def smtp(settings):
    """A mail server, and the site set to use it."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_TIMEOUT = 1
    with fake_smtp_server() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


def numbers_of_all():
    return {f"<{pk}@example.org>" for pk in OutboxMessage.objects.values_list("pk", flat=True)}


def test_a_mail_arrives_in_two_parts(smtp):
    consult = make_consult(copy="yes")
    assert send_due() == 2
    assert set(smtp.message_ids()) == numbers_of_all()
    for mail in smtp.received:
        assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert {mail["To"] for mail in smtp.received} == {"frontdesk@example.org", "sample.person@example.org"}
    [notice] = [mail for mail in smtp.received if mail["To"] == "frontdesk@example.org"]
    assert consult.reference in notice.get_body(("plain",)).get_content()


def test_half_an_hour_without_a_mail_server_loses_and_doubles_nothing(smtp, settings):
    """Requests come in all the while; from the first try to the last the server isn't there."""
    settings.EMAIL_PORT = free_port()
    for number in range(6):
        # More copies than three a day go to nobody.
        make_consult(copy="yes", email=f"sample.person.{number}@example.org")
        assert send_due() == 0
        let_pass(timedelta(minutes=5))
    assert OutboxMessage.objects.filter(attempts__gt=1).exists()
    settings.EMAIL_PORT = smtp.port
    for _ in range(2):
        let_pass(timedelta(minutes=40))
        send_due()
    notices = [mail for mail in smtp.received if mail["To"] == "frontdesk@example.org"]
    copies = [mail for mail in smtp.received if mail not in notices]
    assert len(copies) == len({mail["Message-ID"] for mail in copies} & numbers_of_all()) == 6
    # The first one by itself, and whatever had to wait together.
    assert len(notices) == 2
    said = "".join(mail.get_body(("plain",)).get_content() for mail in notices)
    assert [said.count(row.reference) for row in OutboxMessage.objects.filter(recipient="staff")] == [1] * 6
    assert not OutboxMessage.objects.filter(sent_at=None).exists()


def test_a_worker_killed_after_250_sends_a_double_with_the_same_number(smtp, monkeypatch):
    make_consult()

    def die(self, message):
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(type(OutboxMessage.objects.all()), "mark_sent", die)
        patched.setattr(type(OutboxMessage.objects), "mark_sent", die)
        with pytest.raises(SystemExit):
            send_due()
    let_pass(LEASE + timedelta(seconds=1))
    assert [send_due(), send_due()] == [1, 0]
    assert len(smtp.received) == 2
    assert set(smtp.message_ids()) == numbers_of_all()


@pytest.mark.parametrize(
    ("command", "answer", "error", "refused"),
    [
        ("RCPT", "450 box is full", "SMTPRecipientsRefused", 0),
        ("RCPT", "550 unknown", "SMTPRecipientsRefused", 1),
        ("MAIL", "421 too busy", "SMTPSenderRefused", 0),
        ("MAIL", "530 who are you", "SMTPSenderRefused", 1),
        ("end of DATA", "451 later", "SMTPDataError", 0),
        ("end of DATA", "554 spam", "SMTPDataError", 1),
    ],
)
def test_a_refused_mail_is_tried_again_and_said_at_once(smtp, caplog, command, answer, error, refused):
    smtp.answers[command] = answer
    make_consult()
    assert send_due() == 0
    assert OutboxMessage.objects.get().last_error == error
    assert OutboxMessage.objects.problems() == {"given_up": 0, "refused": refused}
    assert "@example.org" not in caplog.text
    smtp.answers.clear()
    let_pass(timedelta(minutes=2))
    assert send_due() == 1
    assert OutboxMessage.objects.problems() == {"given_up": 0, "refused": 0}


def test_a_server_that_never_answers_is_left_alone(smtp):
    """It stays silent until the test is over: whoever waited for it would wait for ever."""
    smtp.speaks.clear()
    make_consult()
    assert send_due() == 0
    assert smtp.connections == 1
    assert OutboxMessage.objects.get().last_error in ("TimeoutError", "SMTPServerDisconnected")


def test_the_form_never_talks_to_the_mail_server(smtp, client):
    """Whether it answers or not: mail is the worker's business alone."""
    smtp.speaks.clear()
    answer = client.post(reverse("consultation"), form_data())
    assert client.post(answer.url).status_code == answer.status_code == 303
    assert smtp.connections == 0
    assert OutboxMessage.objects.count() == 2
