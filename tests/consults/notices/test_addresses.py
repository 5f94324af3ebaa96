"""Several addresses: each has its own row, its own tries and its own end, and no row names one."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db.models.functions import Now

from consults import workflow
from consults.enums import Priority
from consults.models import OutboxMessage
from consults.models.outbox import GIVE_UP_AFTER
from consults.notices.addresses import hash_of
from consults.notices.digest import queue_digest
from consults.notices.escalation import queue_escalations
from consults.notices.outbox import send_due
from consults.triage.oversight.banners import troubles_panel
from tests.consults.passing_time import let_pass
from tests.consults.smtp_server import fake_smtp_server
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
ONE, TWO, THREE = "one@example.org", "two@example.org", "three@example.org"
LATER = timedelta(hours=2)


@pytest.fixture
def smtp(settings):
    """A mail server, and the site set to tell two addresses through it."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_TIMEOUT = 1
    settings.CONSULTS_NOTICE_RECIPIENTS = [ONE, TWO]
    with fake_smtp_server() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


@pytest.fixture
def two(settings):
    settings.CONSULTS_NOTICE_RECIPIENTS = [ONE, TWO]


def told(messages=None):
    """Return who got a mail, each as often as they did."""
    messages = mail.outbox if messages is None else messages
    return sorted(to for m in messages for to in (m.to if hasattr(m, "to") else [m["To"]]))


def row_of(address):
    return OutboxMessage.objects.get(address_hash=hash_of(address))


def send_all():
    while send_due():
        pass


@pytest.mark.parametrize(
    ("answer", "refused"), [("450 later", 0), ("550 unknown", 1)], ids=["for now", "for good"]
)
@pytest.mark.parametrize("unlucky", [ONE, TWO])
def test_one_of_two_refused_is_not_told_and_not_forgotten(smtp, answer, refused, unlucky):
    smtp.refused[unlucky] = answer
    make_consult()
    send_all()
    lucky = TWO if unlucky == ONE else ONE
    assert told(smtp.received) == [lucky]
    assert row_of(lucky).sent_at
    assert (row_of(unlucky).sent_at, row_of(unlucky).last_error) == (None, "SMTPRecipientsRefused")
    assert OutboxMessage.objects.problems() == {"given_up": 0, "refused": refused}
    smtp.refused.clear()
    let_pass(LATER)
    send_all()
    assert told(smtp.received) == [ONE, TWO]
    assert OutboxMessage.objects.problems() == {"given_up": 0, "refused": 0}


def test_one_of_two_given_up_is_said_by_the_banner_and_can_be_tried_again(smtp):
    smtp.refused[TWO] = "450 later"
    make_consult()
    let_pass(GIVE_UP_AFTER + timedelta(minutes=1))
    send_all()
    assert row_of(TWO).dead_at
    panel = troubles_panel(UserFactory(group="Front desk"))
    assert any(line.startswith("1 notice could not be sent") for line in panel.get_context_data({})["lines"])
    smtp.refused.clear()
    assert OutboxMessage.objects.try_again() == 1
    send_all()
    assert told(smtp.received) == [ONE, TWO]


def test_each_mail_names_its_own_reader_alone_and_has_its_own_number(two):
    make_consult()
    send_all()
    assert [m.to for m in mail.outbox] == [[ONE], [TWO]]
    assert len({m.message()["Message-ID"] for m in mail.outbox}) == 2


def test_every_kind_of_mail_to_several_is_one_row_for_each(two, settings):
    settings.CONSULTS_CRISIS_CLINICIAN, settings.CONSULTS_CRISIS_RECIPIENTS = "Dr. Sample", [ONE, TWO]
    settings.CONSULTS_OWNER_RECIPIENTS = [TWO, THREE]
    consult = make_consult()
    workflow.set_priority(
        consult, actor=UserFactory(group="Front desk"), version=consult.version, priority=Priority.NOW
    )
    workflow.break_glass(actor=UserFactory(superuser=True), reason="A reason of somebody")
    let_pass(timedelta(days=8))
    queue_escalations()
    queue_digest()
    before = OutboxMessage.objects.count()
    send_all()
    assert all(len(m.to) == 1 for m in mail.outbox)
    assert len(mail.outbox) == OutboxMessage.objects.exclude(sent_at=None).count() == 2 * before


def test_an_address_that_stands_twice_is_told_once(settings):
    settings.CONSULTS_NOTICE_RECIPIENTS = [ONE, "One@example.org", ONE]
    make_consult()
    send_all()
    assert len(mail.outbox) == 1


def test_no_row_holds_an_address(two):
    make_consult()
    send_all()
    assert "example.org" not in str(list(OutboxMessage.objects.values()))
    assert len({row.address_hash for row in OutboxMessage.objects.all()} - {""}) == 2


def test_the_hash_needs_the_key(settings):
    with_one_key = hash_of(ONE)
    settings.CONSULTS_INDEX_KEY = settings.CONSULTS_STOP_KEY
    assert hash_of(ONE) != with_one_key


# --- changed between two tries ---------------------------------------------------------------------------


def test_an_address_that_is_no_more_is_dropped_and_says_so(smtp, settings):
    smtp.refused[TWO] = "450 later"
    make_consult()
    send_all()
    settings.CONSULTS_NOTICE_RECIPIENTS = [ONE, THREE]
    let_pass(LATER)
    send_all()
    row = row_of(TWO)
    assert (row.sent_at, row.last_error, bool(row.dead_at)) == (None, "RecipientRemoved", True)
    # Whoever is new is told of what comes, not of what the others know.
    assert told(smtp.received) == [ONE]
    assert OutboxMessage.objects.problems() == {"given_up": 0, "refused": 0}
    assert OutboxMessage.objects.try_again() == 0
    make_consult()
    send_all()
    assert told(smtp.received) == [ONE, ONE, THREE]


def test_where_all_addresses_were_wrong_the_right_ones_are_told(smtp, settings):
    """A mistyped address that somebody corrects must not leave a request untold."""
    smtp.refused.update({ONE: "550 unknown", TWO: "550 unknown"})
    make_consult()
    send_all()
    settings.CONSULTS_NOTICE_RECIPIENTS = [THREE]
    let_pass(LATER)
    for _ in range(3):
        send_due()
    assert told(smtp.received) == [THREE]
    assert OutboxMessage.objects.problems() == {"given_up": 0, "refused": 0}


def test_another_key_lets_go_of_a_mail_that_somebody_else_already_has(smtp, settings):
    """So the queue is to be empty when the key is changed."""
    smtp.refused[TWO] = "450 later"
    make_consult()
    send_all()
    settings.CONSULTS_INDEX_KEY = settings.CONSULTS_STOP_KEY
    smtp.refused.clear()
    let_pass(LATER)
    send_all()
    assert told(smtp.received) == [ONE]
    assert OutboxMessage.objects.problems() == {"given_up": 0, "refused": 0}


def test_another_key_keeps_a_mail_that_nobody_has_yet(smtp, settings):
    smtp.refused.update({ONE: "450 later", TWO: "450 later"})
    make_consult()
    send_all()
    settings.CONSULTS_INDEX_KEY = settings.CONSULTS_STOP_KEY
    smtp.refused.clear()
    let_pass(LATER)
    for _ in range(3):
        send_due()
    assert told(smtp.received) == [ONE, TWO]


def test_a_row_of_the_release_before_is_fanned_out_as_well(two):
    """It knows nothing of addresses, and may have been tried."""
    make_consult()
    OutboxMessage.objects.update(attempts=3, next_attempt_at=Now())
    send_all()
    assert told() == [ONE, TWO]


def test_fanning_out_twice_makes_no_doubles(two):
    make_consult()
    row = OutboxMessage.objects.get()
    for _ in range(2):
        OutboxMessage.objects.fan_out(row, [hash_of(ONE), hash_of(TWO)])
    assert OutboxMessage.objects.count() == 2
    send_all()
    assert told() == [ONE, TWO]


def test_queued_once_more_nothing_is_sent_again(two):
    consult = make_consult()
    send_all()
    workflow.queue_notices(consult)
    send_all()
    assert told() == [ONE, TWO]
