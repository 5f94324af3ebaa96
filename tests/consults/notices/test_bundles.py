"""A flood of mail: few mails, each of its own kind's name, and no request that none of them tells of."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend

from clinic.core.facts import default_facts, write_facts
from clinic.core.opening_hours import Period, Schedule
from consults.enums import Status
from consults.models import ConsultRequest, OutboxMessage
from consults.notices.bundles import PACES
from consults.notices.escalation import queue_escalations
from consults.notices.mail import compose
from consults.notices.outbox import send_due
from consults.notices.suspected import queue_suspected
from tests.consults.passing_time import let_pass, zone_where_it_is
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
KINDS = {"staff_notice": "staff", "escalation": "owner", "clinician": "clinician"}


class FailingBackend(BaseEmailBackend):
    """A mail server that isn't there."""

    def send_messages(self, messages):
        raise ConnectionRefusedError


@pytest.fixture(autouse=True)
def a_clinician(settings):
    settings.CONSULTS_CRISIS_CLINICIAN, settings.CONSULTS_CRISIS_RECIPIENTS = "Dr. A", ["dr@example.org"]


def queue(template, number, recipient=None):
    """Queue notices of a kind; return their references."""
    count = OutboxMessage.objects.count()
    references = [f"AB2CD{count + n:05}" for n in range(number)]
    for reference in references:
        recipient = recipient or KINDS[template]
        OutboxMessage.objects.create(template=template, recipient=recipient, reference=reference)
    return references


def send_all():
    while send_due():
        pass


def told(references):
    """Return which of these stand in a mail, each as often as it does."""
    return sorted(r for m in mail.outbox for r in references if r in m.body)


@pytest.mark.parametrize("template", KINDS)
def test_a_flood_is_few_mails_and_loses_nothing(template):
    first = queue(template, 15)
    send_all()
    for _ in range(6):
        let_pass(5 * MINUTE)
        first += queue(template, 2)
        send_all()
    # Half an hour and its first moment.
    most = PACES[template].mails * (30 * MINUTE // PACES[template].per + 1)
    assert len(mail.outbox) <= most
    let_pass(16 * MINUTE)
    send_all()
    assert told(first) == sorted(first)
    assert not OutboxMessage.objects.filter(sent_at=None).exists()


@pytest.mark.parametrize("template", ["escalation", "clinician"])
def test_there_is_one_mail_of_a_kind_in_a_quarter_of_an_hour(template):
    queue(template, 3)
    send_all()
    queue(template, 3)
    let_pass(14 * MINUTE)
    send_all()
    assert len(mail.outbox) == 1
    let_pass(2 * MINUTE)
    send_all()
    assert len(mail.outbox) == 2


def test_kinds_do_not_wait_for_each_other_nor_readers(settings):
    settings.CONSULTS_OWNER_RECIPIENTS = ["owner@example.org"]
    queue("escalation", 1)
    queue("escalation", 1, recipient="staff")
    queue("clinician", 1)
    send_all()
    assert len(mail.outbox) == 3


def test_each_kind_has_a_subject_of_its_own(settings):
    settings.CONSULTS_OWNER_RECIPIENTS = ["owner@example.org"]
    reference = make_consult().reference
    ConsultRequest.objects.update(status=Status.QUARANTINE, next_action_at=None)
    kinds = [*KINDS.items(), ("escalation", "staff"), ("suspected", "staff"), ("emergency", "owner")]
    subjects = set()
    for template, recipient in kinds:
        row = OutboxMessage(template=template, recipient=recipient, reference=reference)
        subjects |= {compose(row).subject, compose(row, row).subject}
    # The last two hold no requests, so that two of them say the same.
    assert len(subjects) == 2 * len(kinds) - 2


def test_on_a_usual_day_each_request_has_its_own_mail_at_once():
    for _ in range(3):
        make_consult()
        send_all()
        let_pass(3 * MINUTE)
    assert [m.subject.partition(": ")[2] for m in mail.outbox] == ["a new website request"] * 3


def test_a_bunch_is_two_mails_and_the_next_one_waits_for_minutes_alone():
    references = [make_consult().reference for _ in range(5)]
    send_all()
    assert [m.subject.partition(": ")[2] for m in mail.outbox] == [
        "a new website request",
        "4 new website requests",
    ]
    assert told(references) == sorted(references)
    late = make_consult().reference
    send_all()
    assert len(mail.outbox) == 2
    let_pass(5 * MINUTE)
    send_all()
    assert late in mail.outbox[2].body


def test_many_references_are_counted_and_the_link_leads_to_all():
    references = queue("escalation", 25)
    send_all()
    [sent] = mail.outbox
    assert told(references) == references[:20]
    assert "and 5 more" in sent.body
    assert "25 website requests wait too long" in sent.subject
    assert "/admin/requests/" in sent.body


def test_a_bundle_that_fails_is_tried_again_whole(settings):
    references = queue("escalation", 4)
    settings.EMAIL_BACKEND = f"{__name__}.FailingBackend"
    send_due()
    assert {row.attempts for row in OutboxMessage.objects.all()} == {1}
    assert {row.last_error for row in OutboxMessage.objects.all()} == {"ConnectionRefusedError"}
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    let_pass(5 * MINUTE)
    send_all()
    assert told(references) == references
    assert len(mail.outbox) == 1


def test_a_bundle_that_grew_is_another_mail():
    """A mail program drops what bears a number it knows: whoever came later would never be told of."""
    numbers = []
    for _ in range(2):
        queue("escalation", 2)
        OutboxMessage.objects.update(lease_until=None)
        rows = OutboxMessage.objects.filter(template="escalation").leased_together()
        numbers.append(compose(*rows).message()["Message-ID"])
    assert len(set(numbers)) == 2
    OutboxMessage.objects.update(lease_until=None)
    same = OutboxMessage.objects.filter(template="escalation").leased_together()
    assert compose(*same).message()["Message-ID"] == numbers[1]


def test_two_workers_do_not_send_the_same_bundle():
    queue("escalation", 3)
    kind = OutboxMessage.objects.filter(template="escalation")
    assert [len(kind.leased_together()), len(kind.leased_together())] == [3, 0]


def test_reminders_of_many_requests_are_one_mail(settings):
    settings.CONSULTS_REMIND_AFTER_MINUTES = 0
    references = [make_consult().reference for _ in range(4)]
    # At any hour of the test it is an afternoon where they are.
    ConsultRequest.objects.update(time_zone=zone_where_it_is(14), best_times=0)
    send_all()
    mail.outbox.clear()
    let_pass(timedelta(hours=1))
    queue_escalations()
    send_all()
    assert len(mail.outbox) == 1
    assert told(references) == sorted(references)


def test_the_queries_of_a_flood_do_not_grow_with_it(count_queries):
    queue("escalation", 3)
    few = count_queries(send_due)
    OutboxMessage.objects.all().delete()
    queue("escalation", 40)
    # Each row learns its address by itself, in two statements between two savepoints.
    assert count_queries(send_due) - few <= 37 * 4


# --- suspected spam --------------------------------------------------------------------------------------


def suspect(number):
    for _ in range(number):
        make_consult()
    ConsultRequest.objects.update(status=Status.QUARANTINE, next_action_at=None)
    OutboxMessage.objects.exclude(template="suspected").delete()


def subjects():
    return [m.subject.partition(": ")[2] for m in mail.outbox]


def test_suspected_spam_is_told_at_once_and_then_hourly_whatever_comes():
    suspect(3)
    for ten in range(12):
        queue_suspected()
        send_all()
        suspect(1)
        let_pass(10 * MINUTE)
        # Time goes by for what is stored; the hour in the row's name would stay.
        OutboxMessage.objects.filter(reference__startswith="S2").update(reference=f"S{ten}")
    assert subjects() == ["suspected spam waits for somebody to look"] * 2
    assert "3 website requests look like spam" in mail.outbox[0].body
    assert "/admin/requests/all/?status=quarantine" in mail.outbox[0].body


def test_once_somebody_has_looked_there_is_no_mail():
    assert not queue_suspected()
    suspect(1)
    assert queue_suspected()
    ConsultRequest.objects.update(shown_at=datetime.now(UTC))
    send_all()
    assert mail.outbox == []
    assert OutboxMessage.objects.problems() == {"given_up": 0, "refused": 0}
    let_pass(2 * timedelta(hours=1))
    assert not queue_suspected()


def test_nobody_is_told_while_nobody_is_there():
    suspect(1)
    today = datetime.now(UTC).weekday()
    day = (Period(time(0), time(23, 59)),)
    for weekdays, is_told in (([(today + 3) % 7], False), (range(7), True)):
        write_facts(replace(default_facts(), hours=Schedule(zone="UTC", week=dict.fromkeys(weekdays, day))))
        assert queue_suspected() is is_told


def test_the_sites_own_tests_are_not_suspected():
    suspect(1)
    ConsultRequest.objects.update(is_canary=True)
    assert not queue_suspected()


# --- what the release before left ------------------------------------------------------------------------


def test_a_row_of_the_release_before_is_sent_and_loses_its_name():
    consult = make_consult(claimed_by=UserFactory(group="Front desk"))
    OutboxMessage.objects.all().delete()
    OutboxMessage.objects.create(template="crisis", recipient="clinician", reference=consult.reference)
    send_all()
    assert [m.to for m in mail.outbox] == [["dr@example.org"]]
    assert OutboxMessage.objects.get().template == "clinician"
