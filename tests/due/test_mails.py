"""The mails on what is due: who gets one, when, what it says, and that none is lost."""

from datetime import UTC, date, datetime, timedelta
from smtplib import SMTPServerDisconnected

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from clinic.due.mails import queue_mails, send_waiting
from clinic.due.models import DueDay, DueMail
from tests.due.conftest import MONDAY, TODAY, changed_by
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]
OWNER = "owner@example.org"


@pytest.fixture(autouse=True)
def an_owner(settings):
    settings.CONSULTS_OWNER_RECIPIENTS = [OWNER]


@pytest.fixture
def editor():
    return UserFactory(group="Editors", username="ada", email="ada@example.org")


def on(day):
    """Travel to nine in the morning of so many days after the Monday."""
    return time_machine.travel(MONDAY + timedelta(days=day), tick=False)


def looked_at(day):
    """It was looked at on that day, and all mails of then went out."""
    DueDay.objects.create(day=TODAY + timedelta(days=day))


def mails_of(day):
    """Return whom the mails of a day go to."""
    with on(day):
        queue_mails()
        mail.outbox.clear()
        send_waiting()
    return sorted(address for message in mail.outbox for address in message.to)


def test_each_monday_who_answers_is_told_and_the_owner_of_what_is_over(clinic, editor):
    changed_by(clinic.review(TODAY + timedelta(days=20)), editor)
    assert mails_of(0) == ["ada@example.org"]
    changed_by(clinic.question(TODAY + timedelta(days=1)), editor)
    assert mails_of(7) == ["ada@example.org", OWNER]


def test_a_worker_that_was_away_on_monday_makes_up_for_it(clinic, editor):
    changed_by(clinic.review(TODAY + timedelta(days=20)), editor)
    looked_at(-3)
    assert mails_of(2) == ["ada@example.org"]
    assert mails_of(3) == []


def test_a_new_site_waits_for_its_first_monday(clinic, editor):
    changed_by(clinic.review(TODAY - timedelta(days=20)), editor)
    assert mails_of(1) == []


@pytest.mark.parametrize(
    ("before", "told"), [(31, False), (30, True), (29, False), (8, False), (7, True), (6, False)]
)
def test_reminders_come_thirty_and_seven_days_before(clinic, editor, before, told):
    # A Wednesday: no weekly mail.
    looked_at(1)
    changed_by(clinic.review(TODAY + timedelta(days=2 + before)), editor)
    assert mails_of(2) == (["ada@example.org"] if told else [])


def test_a_reminder_that_fell_on_a_day_without_a_worker_comes_later(clinic, editor):
    looked_at(1)
    changed_by(clinic.review(TODAY + timedelta(days=2 + 7)), editor)
    assert mails_of(4) == ["ada@example.org"]
    assert mails_of(5) == []


def test_a_day_at_the_beginning_of_time_keeps_nobody_from_being_told(clinic, editor):
    looked_at(0)
    for day, title in ((date.min, "A slip of the year"), (TODAY + timedelta(days=8), "Drip")):
        changed_by(clinic.review(day, title), editor)
    with on(1):
        assert queue_mails() == 1


def test_from_its_day_on_the_owner_is_told_too(clinic, editor):
    looked_at(1)
    changed_by(clinic.review(TODAY + timedelta(days=3)), editor)
    assert mails_of(2) == []
    assert mails_of(3) == ["ada@example.org", OWNER]
    assert mails_of(4) == []


@pytest.mark.parametrize("values", [{"is_active": False}, {"email": ""}])
def test_what_nobody_can_be_told_of_the_owner_is_told_of(clinic, values):
    changed_by(clinic.review(TODAY + timedelta(days=20)), UserFactory(group="Editors", **values))
    assert mails_of(0) == [OWNER]


def test_one_address_gets_one_mail(clinic, settings, editor):
    settings.CONSULTS_OWNER_RECIPIENTS = ["Ada@example.org"]
    changed_by(clinic.review(TODAY), editor)
    changed_by(clinic.question(TODAY), UserFactory(email="ADA@example.org"))
    assert len(mails_of(0)) == 1


def test_nothing_due_is_no_mail(clinic, editor):
    assert mails_of(0) == []


@pytest.mark.parametrize(
    ("moment", "asked"), [("2026-11-30T13:59:00Z", False), ("2026-11-30T14:00:00Z", True)]
)
def test_it_is_asked_from_seven_on_by_the_clinics_clock_and_once_a_day(clinic, editor, moment, asked):
    changed_by(clinic.review(TODAY), editor)
    with time_machine.travel(moment, tick=False):
        assert bool(queue_mails()) is asked
        assert queue_mails() == 0


# --- what a mail says ---------------------------------------------------------------------------------------


def test_it_holds_numbers_days_and_a_link_and_no_word_of_a_page(clinic, editor):
    changed_by(clinic.review(TODAY - timedelta(days=2), title="Ketamine drip"), editor)
    changed_by(clinic.review(TODAY - timedelta(days=9), title="Ketamine shot"), editor)
    changed_by(clinic.question(TODAY + timedelta(days=3), title="Does ketamine hurt?"), editor)
    clinic.statement(TODAY, title="Somebody else’s")
    mails_of(0)
    [message] = [one for one in mail.outbox if one.to == ["ada@example.org"]]
    assert message.subject == "Ridge: what is due on the website"
    assert "- 2 reviews, the first since November 21, 2026" in message.body
    assert "- 1 answer, the first on December 3, 2026" in message.body
    assert "/admin/due/" in message.body
    assert "statement" not in message.body
    assert "ketamine" not in (message.subject + message.body).casefold()
    [of_owner] = [one for one in mail.outbox if one.to == [OWNER]]
    assert "- 1 statement" in of_owner.body


def test_what_was_mended_before_the_mail_went_out_is_not_in_it(clinic, editor):
    page = changed_by(clinic.review(TODAY), editor)
    with on(0):
        assert queue_mails() == 2
        page.unpublish()
        send_waiting()
    assert mail.outbox == []
    assert not DueMail.objects.filter(sent_at=None).exists()


# --- nothing is lost ----------------------------------------------------------------------------------------


class Moody(EmailBackend):
    """A mail server that takes nothing for these."""

    refused = set()

    def send_messages(self, messages):
        if any(set(message.to) & self.refused for message in messages):
            raise SMTPServerDisconnected
        return super().send_messages(messages)


def test_a_mail_server_that_fails_loses_nothing_and_keeps_nobody_elses(clinic, editor, settings, monkeypatch):
    settings.EMAIL_BACKEND = "tests.due.test_mails.Moody"
    monkeypatch.setattr(Moody, "refused", {"ada@example.org"})
    changed_by(clinic.review(TODAY), editor)
    with on(0):
        queue_mails()
        with pytest.raises(SMTPServerDisconnected):
            send_waiting()
        # Not at once again.
        send_waiting()
    assert [message.to for message in mail.outbox] == [[OWNER]]
    monkeypatch.setattr(Moody, "refused", set())
    with on(1):
        send_waiting()
        send_waiting()
    assert [message.to for message in mail.outbox] == [[OWNER], ["ada@example.org"]]


def test_it_is_given_up_after_a_week_and_forgotten_later(clinic, editor, settings, monkeypatch):
    settings.EMAIL_BACKEND = "tests.due.test_mails.Moody"
    monkeypatch.setattr(Moody, "refused", {"ada@example.org", OWNER})
    changed_by(clinic.review(TODAY), editor)
    with on(0):
        queue_mails()
    with on(6), pytest.raises(SMTPServerDisconnected):
        send_waiting()
    with on(8):
        send_waiting()
        assert DueMail.objects.count() == 2
    with on(70):
        send_waiting()
        assert DueMail.objects.count() == 0


def test_a_mail_that_another_process_took_is_not_sent_twice(clinic, editor):
    changed_by(clinic.review(TODAY), editor)
    with on(0):
        queue_mails()
        DueMail.objects.update(next_try_at=datetime(2026, 12, 1, tzinfo=UTC))
        send_waiting()
    assert mail.outbox == []
