"""The mail to the front desk: neutral outside, four values inside, and always the same mail."""

from dataclasses import replace
from datetime import timedelta
from smtplib import SMTPException

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from clinic.core.facts import default_facts, write_facts
from consults.models import OutboxMessage
from consults.notices.mail import compose
from consults.notices.outbox import send_due
from tests.factories.consults import make_request
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
START = "2026-11-24T16:00:00Z"
TYPED = {
    "name": "Markername",
    "phone": "(555) 555-0177",
    "email": "marker@example.net",
    "note": "Markernote",
    "topic": "cost",
    "needs": "Markerneeds",
    "time_zone": "America/Chicago",
}
BODY = """A new request waits in the inbox.

Reference: {reference}
Waiting since: {age}
Requests that nobody has yet: {count}

Open it here: {link}

This message holds nothing of the request itself. Please don't answer it.
"""
attempted = []


class NotingBackend(BaseEmailBackend):
    """Refuses, and keeps what it was given."""

    def send_messages(self, messages):
        attempted.extend(messages)
        raise SMTPException


@pytest.fixture(autouse=True)
def neutral_short_name():
    write_facts(replace(default_facts(), name="Ridge Ketamine Clinic", short_name="Ridge"))


def message_of(request):
    return OutboxMessage.objects.get(reference=request.reference)


def test_subject_and_sender_are_neutral():
    sent = compose(message_of(make_request(**TYPED)))
    assert sent.subject == "Ridge: a new website request"
    assert "ketamine" not in str(sent.message()).lower()
    assert (sent.to, sent.cc, sent.bcc) == (["frontdesk@example.org"], [], [])


def test_a_short_name_over_two_lines_stays_one_subject():
    write_facts(replace(default_facts(), short_name="Ridge\n  Clinic"))
    assert compose(message_of(make_request())).subject == "Ridge Clinic: a new website request"


@pytest.mark.parametrize(
    ("waited", "age"), [(timedelta(minutes=5), "5\xa0minutes"), (timedelta(hours=3), "3\xa0hours")]
)
def test_the_body_says_four_things(settings, waited, age):
    settings.SITE_URL = "https://clinic.example.org"
    with time_machine.travel(START, tick=False) as clock:
        make_request()
        make_request(claimed_by=UserFactory(group="Front desk"))
        request = make_request(**TYPED)
        clock.shift(waited)
        body = compose(message_of(request)).body
    assert body.strip() == BODY.strip().format(
        reference=request.reference, age=age, count=2, link="https://clinic.example.org/admin/requests/"
    )


def test_nothing_that_was_typed_is_in_the_mail():
    make_request(**TYPED, section="fees")
    send_due()
    raw = mail.outbox[0].message().as_string()
    whole = f"{raw}{mail.outbox[0].body}{mail.outbox[0].subject}".lower()
    for typed in (*TYPED.values(), "555-0177", "5555550177", "fees", "weekday"):
        assert typed.lower() not in whole


def test_the_mail_keeps_its_number_over_all_attempts(settings):
    settings.DEFAULT_FROM_EMAIL = "Ridge <website@clinic.example.org>"
    settings.EMAIL_BACKEND = f"{__name__}.NotingBackend"
    attempted.clear()
    with time_machine.travel(START, tick=False) as clock:
        row = message_of(make_request())
        for _ in range(3):
            send_due()
            row.refresh_from_db()
            clock.move_to(row.next_attempt_at)
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        send_due()
    messages = [*attempted, *mail.outbox]
    assert len(messages) == 4
    assert {m.message()["Message-ID"] for m in messages} == {f"<{row.pk}@clinic.example.org>"}


def test_two_notices_have_two_numbers():
    first, second = (compose(message_of(make_request())).message()["Message-ID"] for _ in range(2))
    assert first != second


def test_no_machine_answers():
    assert compose(message_of(make_request())).message()["Auto-Submitted"] == "auto-generated"


def test_the_date_is_that_of_the_attempt():
    with time_machine.travel(START, tick=False):
        sent = compose(message_of(make_request())).message()
        assert sent["Date"] == timezone.localtime().strftime("%a, %d %b %Y %H:%M:%S %z")
