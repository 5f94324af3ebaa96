"""Many requests of one contact or one network within an hour are a sign."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consults import workflow
from consults.enums import Status
from consults.intake.submission import submission_from
from consults.intake.token import FormToken
from consults.models import ConsultRequest, OutboxMessage
from consults.spam.counting import SAME_CONTACT, SAME_NETWORK, counted_signals
from tests.factories.consults import valid_form
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


@pytest.mark.parametrize("same", [{"phone": "(555) 555-7777"}, {"email": "same@example.org"}])
def test_the_same_contact_again_and_again_is_a_sign(same):
    sent = [send(number, **same) for number in range(SAME_CONTACT + 1)]
    assert [request.spam_signals for request in sent] == [""] * SAME_CONTACT + ["repeated"]


def test_a_busy_network_is_a_sign_and_no_reason_to_set_aside():
    ConsultRequest.objects.bulk_create(
        ConsultRequest(
            reference=f"R{n}",
            idempotency_key=f"k{n}",
            envelope=b"",
            key_id=1,
            network="here",
            next_action_at=timezone.now(),
        )
        for n in range(SAME_NETWORK)
    )
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


@pytest.mark.once
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads small tables whole")
def test_counting_never_reads_the_whole_table():
    with CaptureQueriesContext(connection) as made:
        counted_signals(submission(1, network="here").sealed())
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {made[0]['sql']}")
        plan = " ".join(row[-1] for row in cursor.fetchall())
    assert [f"consult_{index}" in plan for index in ("phone", "email", "network")] == [True] * 3
    assert "SCAN consults_consultrequest" not in plan


def test_suspicious_requests_wait_silently_until_somebody_looks():
    desk = UserFactory(group="Front desk")
    form = valid_form(copy="yes")
    suspicious = submission_from(form, token=FormToken(), locale="en", signals=("honeypot", "links"))
    request = ConsultRequest.objects.get(reference=workflow.accept(suspicious).reference)
    assert (request.status, request.spam_score) == (Status.QUARANTINE, 5)
    assert request.spam_reasons == ["The hidden field was filled in", "Links in the text"]
    assert not OutboxMessage.objects.exists()
    workflow.change_status(request, actor=desk, version=1, status=Status.SPAM)
    assert not OutboxMessage.objects.exists()
    workflow.change_status(request, actor=desk, version=2, status=Status.NEW)
    assert not OutboxMessage.objects.exists()


def test_a_person_who_was_taken_for_spam_gets_everything():
    desk = UserFactory(group="Front desk")
    suspicious = submission_from(
        valid_form(copy="yes"), token=FormToken(), locale="en", signals=("honeypot", "odd_headers")
    )
    request = ConsultRequest.objects.get(reference=workflow.accept(suspicious).reference)
    workflow.change_status(request, actor=desk, version=1, status=Status.NEW)
    assert {m.template for m in OutboxMessage.objects.all()} == {"staff_notice", "patient_copy"}


def test_networks_are_forgotten_after_two_days():
    old, new = send(1, network="here"), send(2, network="here")
    ConsultRequest.objects.filter(pk=old.pk).update(created_at=F("created_at") - timedelta(days=2, minutes=1))
    assert workflow.forget_networks() == 1
    assert dict(ConsultRequest.objects.values_list("pk", "network")) == {old.pk: "", new.pk: "here"}
