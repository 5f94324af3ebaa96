"""Many requests of one contact or one network within an hour are a sign."""

import threading
from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from consults import workflow
from consults.enums import OPEN_STATUSES, CopyState, Outcome, SpamSignal, Status, score_of
from consults.intake.submission import submission_from
from consults.intake.token import FormToken
from consults.models import ConsultRequest, OutboxMessage
from consults.references import proof_for
from consults.spam.counting import (
    COPIES_FROM_NETWORK,
    COPIES_TO_ADDRESS,
    SAME_CONTACT,
    SAME_NETWORK,
    counted_signals,
    may_be_sent_a_copy,
)
from tests.factories.consults import valid_form
from tests.factories.forms import form_data
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def long_indexes(settings):
    """No two people share an index here."""
    settings.CONSULTS_INDEX_BITS = 24


def submission(number=0, network="", **changes):
    contact = {"phone": f"(555) 555-{number:04}", "email": f"person.{number}@example.org"}
    form = valid_form(**{"name": f"Person {number}", **contact, **changes})
    return submission_from(form, token=FormToken(), locale="en", network=network)


def send(*args, **kwargs):
    reference = workflow.accept(submission(*args, **kwargs)).reference
    return ConsultRequest.objects.get(reference=reference)


def busy(number):
    """Let so many requests come from one network."""
    ConsultRequest.objects.bulk_create(
        ConsultRequest(
            reference=f"R{n}",
            idempotency_key=f"k{n}",
            envelope=b"",
            key_id=1,
            network="here",
            next_action_at=timezone.now(),
        )
        for n in range(number)
    )


@pytest.mark.parametrize("same", [{"phone": "(555) 555-7777"}, {"email": "same@example.org"}])
def test_the_same_contact_again_and_again_is_a_sign(same):
    sent = [send(number, **same) for number in range(SAME_CONTACT + 1)]
    assert [consult.spam_signals for consult in sent] == [""] * SAME_CONTACT + ["repeated"]


def test_a_busy_network_is_a_sign_and_no_reason_to_set_aside():
    busy(SAME_NETWORK)
    assert send(1, network="here").spam_signals == "busy_network"
    assert send(2, network="there").spam_signals == ""
    assert send(3).spam_signals == ""
    assert not ConsultRequest.objects.quarantined().exists()


def test_an_hour_later_it_is_none():
    for number in range(SAME_CONTACT):
        send(number, phone="(555) 555-7777")
    ConsultRequest.objects.update(created_at=F("created_at") - timedelta(hours=1, minutes=1))
    assert send(9, phone="(555) 555-7777").spam_signals == ""


def test_counting_is_one_query_whatever_there_is(django_assert_num_queries):
    sealed = submission(1, network="here").sealed()
    for expected in range(2):
        with django_assert_num_queries(1):
            counted_signals(sealed)
        for number in range(20):
            send(number + 20 * expected, network="here")


def ask_for_copy_of(sealed):
    may_be_sent_a_copy(
        email_index=sealed.indexes["email_index"], network=sealed.network, since=sealed.received_at
    )


@pytest.mark.once
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads small tables whole")
@pytest.mark.parametrize(
    ("count", "network", "indexes"),
    [
        (counted_signals, "here", ("phone", "email", "network")),
        (ask_for_copy_of, "here", ("email", "network")),
        (ask_for_copy_of, "", ("email", "arrival")),
    ],
)
def test_counting_never_reads_the_whole_table(count, network, indexes):
    with CaptureQueriesContext(connection) as made:
        count(submission(1, network=network).sealed())
    with connection.cursor() as cursor:
        plan = ""
        for query in made:
            cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
            plan += " ".join(row[-1] for row in cursor.fetchall())
    assert [f"consult_{index}" in plan for index in indexes] == [True] * len(indexes)
    assert "SCAN consults_consultrequest" not in plan


def test_suspicious_requests_wait_silently_until_somebody_looks():
    desk = UserFactory(group="Front desk")
    form = valid_form(copy="yes")
    suspicious = submission_from(form, token=FormToken(), locale="en", signals=("honeypot", "links"))
    consult = ConsultRequest.objects.get(reference=workflow.accept(suspicious).reference)
    assert (consult.status, consult.spam_score) == (Status.QUARANTINE, 5)
    assert consult.spam_reasons == ["The hidden field was filled in", "Links in the text"]
    assert not OutboxMessage.objects.exists()
    workflow.change_status(consult, actor=desk, version=1, status=Status.SPAM)
    assert not OutboxMessage.objects.exists()


@pytest.mark.parametrize(
    "way", [[Status.NEW], [Status.SPAM, Status.NEW], [Status.NEW, Status.SPAM, Status.NEW]], ids=">".join
)
def test_a_person_who_was_taken_for_spam_gets_everything_once(way):
    desk = UserFactory(group="Front desk")
    suspicious = submission_from(
        valid_form(copy="yes"), token=FormToken(), locale="en", signals=("honeypot", "odd_headers")
    )
    consult = ConsultRequest.objects.get(reference=workflow.accept(suspicious).reference)
    for version, status in enumerate(way, start=1):
        workflow.change_status(consult, actor=desk, version=version, status=status)
    assert sorted(m.template for m in OutboxMessage.objects.all()) == ["patient_copy", "staff_notice"]
    # It joins the queue now, not at the time by which somebody was to look at it.
    assert timezone.now() - timedelta(minutes=1) < consult.next_action_at <= timezone.now()


def test_a_list_marks_a_person_as_none_of_the_spam_and_everything_goes_out_once(client):
    client.force_login(UserFactory(group="Front desk"))
    suspicious = submission_from(
        valid_form(copy="yes"), token=FormToken(), locale="en", signals=("honeypot", "odd_headers")
    )
    consult = ConsultRequest.objects.get(reference=workflow.accept(suspicious).reference)
    for action in ("spam", "ham", "spam", "ham"):
        consult.refresh_from_db()
        ticked = [f"{consult.pk}:{consult.version}"]
        client.post(
            reverse("consult_requests:bulk"), {"action": action, "ticked": ticked, "confirmed": "yes"}
        )
    consult.refresh_from_db()
    assert consult.status == Status.NEW
    assert sorted(m.template for m in OutboxMessage.objects.all()) == ["patient_copy", "staff_notice"]


def test_no_other_way_leads_from_suspected_spam_into_the_queue():
    desk = UserFactory(group="Front desk")
    suspicious = submission_from(valid_form(), token=FormToken(), locale="en", signals=("links", "honeypot"))
    consult = ConsultRequest.objects.get(reference=workflow.accept(suspicious).reference)
    known = {"actor": desk, "version": consult.version}
    for verb in (
        partial(workflow.claim, consult, **known),
        partial(workflow.assign, consult, assignee=desk, **known),
        partial(workflow.snooze, consult, until=timezone.now() + timedelta(hours=1), **known),
        partial(workflow.record_outcome, consult, outcome=Outcome.NO_ANSWER, **known),
        *(
            partial(workflow.change_status, consult, status=status, **known)
            for status in OPEN_STATUSES
            if status != Status.NEW
        ),
    ):
        with pytest.raises(workflow.InvalidTransition):
            verb()
    consult.refresh_from_db()
    assert (consult.status, consult.version) == (Status.QUARANTINE, 1)


def test_what_others_sent_never_sets_a_person_aside():
    for number in range(SAME_CONTACT):
        send(number, phone="(555) 555-7777", network="here")
    busy(SAME_NETWORK)
    consult = send(9, phone="(555) 555-7777", network="here")
    assert consult.spam_signals == "repeated busy_network"
    assert (consult.spam_score, consult.status) == (0, Status.NEW)


@pytest.mark.parametrize("own", SpamSignal)
def test_no_sign_of_ones_own_is_heavier_for_what_others_sent(own):
    assert score_of([own, "repeated", "busy_network"]) == score_of([own])


# --- copies -----------------------------------------------------------------------------------------


def copies():
    return OutboxMessage.objects.filter(template="patient_copy").count()


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize(
    ("same", "most"), [({"email": "same@example.org"}, COPIES_TO_ADDRESS), ({}, COPIES_FROM_NETWORK)]
)
def test_who_asks_for_many_copies_in_the_same_moment_gets_no_more(same, most):
    together = threading.Barrier(6)
    for number in range(most - 1):
        send(number, copy="yes", network="here", **same)

    def ask(number):
        try:
            together.wait(30)
            send(number, copy="yes", network="here", **same)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(90, 96)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ConsultRequest.objects.count() == most + 5
    assert copies() == most


def test_a_strangers_address_gets_a_few_copies_a_day():
    started = timezone.now()
    with time_machine.travel(started, tick=False) as clock:
        for number in range(COPIES_TO_ADDRESS + 3):
            consult = send(number, email="same@example.org", copy="yes", network=f"n{number}")
        assert copies() == COPIES_TO_ADDRESS
        # It waits like any other; only its copy is not sent, and never will be.
        assert (consult.status, consult.wants_copy) == (Status.NEW, False)
        assert send(90, copy="yes").wants_copy
        clock.move_to(started + timedelta(days=1, minutes=1))
        assert send(91, email="same@example.org", copy="yes").wants_copy


@pytest.mark.parametrize("network", ["here", ""])
def test_a_network_sends_so_many_copies_an_hour(network):
    started = timezone.now()
    with time_machine.travel(started, tick=False) as clock:
        asked = [send(n, copy="yes", network=network).wants_copy for n in range(COPIES_FROM_NETWORK + 2)]
        assert asked == [True] * COPIES_FROM_NETWORK + [False] * 2
        assert send(90, copy="yes", network="there").wants_copy
        clock.move_to(started + timedelta(hours=1, minutes=1))
        assert send(91, copy="yes", network=network).wants_copy


def test_what_was_set_aside_uses_up_nobodys_copies():
    for number in range(COPIES_TO_ADDRESS):
        form = valid_form(name=f"Bot {number}", email="same@example.org", copy="yes")
        signals = ("honeypot", "odd_headers")
        workflow.accept(submission_from(form, token=FormToken(), locale="en", signals=signals))
    assert send(9, email="same@example.org", copy="yes").wants_copy


def test_the_same_form_again_tells_the_same_of_its_copy():
    for number in range(COPIES_TO_ADDRESS):
        send(number, email="same@example.org", copy="yes")
    last = submission(9, email="same@example.org", copy="yes")
    answers = [workflow.accept(last) for _ in range(2)]
    assert [(a.is_new, a.copy) for a in answers] == [(n, CopyState.TOO_MANY) for n in (True, False)]


def test_whoever_is_on_the_phone_gets_a_copy_whatever_others_asked_for():
    for number in range(COPIES_TO_ADDRESS):
        send(number, email="same@example.org", copy="yes")
    desk = UserFactory(group="Front desk")
    entered = workflow.enter(submission(9, email="same@example.org", copy="yes"), actor=desk)
    assert ConsultRequest.objects.get(reference=entered.reference).wants_copy


def test_without_a_copy_the_page_offers_print_and_asks_no_database(client, django_assert_num_queries):
    for number in range(COPIES_TO_ADDRESS):
        client.post(client.post("/consultation/", form_data(name=f"Person {number}")).url)
    answer = client.post(client.post("/consultation/", form_data(name="Last")).url)
    with django_assert_num_queries(0):
        page = client.get(answer.url).content.decode()
    assert "No copy is sent by e-mail" in page
    assert "Print this page instead." in page
    # Nobody can make one address from the other.
    consult = ConsultRequest.objects.order_by("-pk").first()
    plain = f"/consultation/received/{consult.reference}/{proof_for(consult.reference)}/"
    assert answer.url != plain
    assert "No copy is sent" not in client.get(plain).content.decode()


def test_networks_are_forgotten_after_two_days():
    old, new = send(1, network="here"), send(2, network="here")
    ConsultRequest.objects.filter(pk=old.pk).update(created_at=F("created_at") - timedelta(days=2, minutes=1))
    assert workflow.forget_networks() == 1
    assert dict(ConsultRequest.objects.values_list("pk", "network")) == {old.pk: "", new.pk: "here"}
