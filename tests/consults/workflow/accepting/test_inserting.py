"""A request and what belongs to it: few round trips, and all of it or nothing."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, connections
from django.test.utils import CaptureQueriesContext

from consults import workflow
from consults.enums import TimelineAction
from consults.intake.submission import submission_from
from consults.intake.token import FormToken
from consults.models import ConsentReceipt, ConsultRequest, OutboxMessage, TimelineEvent
from consults.workflow.accepting.accept import store
from tests.factories.consults import valid_form

pytestmark = pytest.mark.django_db
TABLES = (ConsultRequest, TimelineEvent, ConsentReceipt, OutboxMessage)
# The count of others like it, and the request. SQLite inserts into each table for itself, in a transaction.
MOST_STATEMENTS = {"postgresql": 2, "sqlite": 8}


def submission():
    return submission_from(valid_form(), token=FormToken(), locale="en", page="/consultation/")


def test_a_request_costs_few_round_trips(monkeypatch):
    # As outside of a test, which is a transaction.
    monkeypatch.setattr(connections["default"], "in_atomic_block", connection.vendor != "postgresql")
    with CaptureQueriesContext(connection) as made:
        accepted = workflow.accept(submission())
    assert accepted.is_new and not accepted.is_spooled
    assert len(made) <= MOST_STATEMENTS[connection.vendor]


def test_everything_is_there():
    accepted = workflow.accept(submission())
    consult = ConsultRequest.objects.get(reference=accepted.reference)
    event = consult.timeline.get()
    assert (event.action, event.to_status) == (TimelineAction.SUBMIT, consult.status)
    assert event.at == consult.created_at
    assert ConsentReceipt.objects.filter(reference=accepted.reference).exists()
    message = OutboxMessage.objects.get(reference=accepted.reference)
    # Made up by the database.
    assert message.created_at and message.next_attempt_at and message.address_hash == ""


def test_what_one_table_refuses_leaves_nothing_in_the_others():
    sealed = submission().sealed()
    # A second receipt for the same purpose is none.
    twice = replace(sealed, consents=(*sealed.consents, *sealed.consents))
    with pytest.raises(IntegrityError):
        store(twice)
    assert [model.objects.count() for model in TABLES] == [0, 0, 0, 0]
    assert store(sealed).is_new
