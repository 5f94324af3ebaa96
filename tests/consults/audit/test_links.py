"""New consents are linked to the audit behind the form, which has no part in it."""

import re
import threading
from contextlib import contextmanager

import pytest
from django.db import connection

from consults import audit
from consults.enums import AuditAction
from consults.models import (
    AuditEvent,
    ConsentReceipt,
)
from tests.factories.consults import make_consult

from .tampering import made_by_a_thief

pytestmark = pytest.mark.django_db


@contextmanager
def refusing(words):
    def refuse(execute, sql, params, many, context):
        if words in sql:
            raise AssertionError(f"{words} was asked of the database")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield


def test_taking_a_request_in_asks_the_audit_nothing():
    """The process of the form has neither the key of the audit nor a right on its tables."""
    with refusing("consults_audit"):
        make_consult()


def test_new_consents_make_one_event_that_says_whose_and_how_many(requests):
    count = AuditEvent.objects.filter(action=AuditAction.RECEIPTS).count()
    assert audit.link_receipts() == 0
    new = [make_consult() for _ in range(2)]
    assert audit.link_receipts() == 2
    event = AuditEvent.objects.filter(action=AuditAction.RECEIPTS).first()
    assert AuditEvent.objects.filter(action=AuditAction.RECEIPTS).count() == count + 1
    assert event.references.split() == [consult.reference for consult in new]
    number = ConsentReceipt.objects.filter(reference__in=event.references.split()).count()
    assert re.fullmatch(rf"{number} receipts, sha256 [0-9a-f]{{64}}", event.detail)


def test_the_receipts_of_an_unaccepted_request_are_not_linked(requests, settings):
    consult = made_by_a_thief(settings)
    assert audit.link_receipts() == 0
    consult.refresh_from_db()
    assert consult.linked_seq is None


@pytest.mark.usefixtures("committed")
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets nobody write meanwhile.")
def test_what_comes_in_while_it_looks_is_no_flaw():
    came = []

    def come():
        try:
            came.append(make_consult())
            audit.link_receipts()
        finally:
            connection.close()

    def let_come(execute, sql, params, many, context):
        if "consults_consentreceipt" in sql and not came:
            thread = threading.Thread(target=come)
            thread.start()
            thread.join()
        return execute(sql, params, many, context)

    make_consult()
    audit.link_receipts()
    with connection.execute_wrapper(let_come):
        found = audit.look_at_everything()
    assert len(came) == 1
    assert (found.flaws, found.requests) == ([], 1)
    assert audit.look_at_everything().requests == 2
