"""However many requests have ended, the lists look through the open ones, by the database's own steps."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from consults.enums import ClosedReason, Status
from consults.models import ConsultRequest
from tests.factories.consults import make_consult

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.once,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL doesn't count its steps"),
]

OPEN, FEW, MANY = 30, 200, 4_000
# The lists of what is open; *All requests* counts what it lists.
LISTS = ["consult_requests:index", "consult_requests:hand_over", "wagtailadmin_home"]


def add_ended(first, last):
    """Add requests with these numbers that came before those that are open, ten minutes apart, and ended."""
    now = timezone.now()
    ConsultRequest.objects.bulk_create(
        ConsultRequest(
            reference=f"R{number}",
            idempotency_key=f"k{number}",
            envelope=b"",
            key_id=1,
            status=Status.CLOSED,
            closed_reason=ClosedReason.NO_CONTACT,
            created_at=now - timedelta(days=1, minutes=10 * number),
            purged_at=now,
        )
        for number in range(first, last)
    )
    # As SQLite finds out by itself in time.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def steps_of(visit):
    """Return how many thousand steps the database's machine made for a visit."""
    steps = []
    connection.connection.set_progress_handler(lambda: steps.append(1) and None, 1000)
    try:
        visit()
    finally:
        connection.connection.set_progress_handler(None, 1000)
    return len(steps)


@pytest.mark.parametrize("name", LISTS)
def test_what_ended_costs_the_lists_nothing(name, client, desk):
    for number in range(OPEN):
        make_consult(phone=f"(555) 555-{number:04}")
    address = reverse(name)
    add_ended(0, FEW)
    client.get(address)
    few = steps_of(lambda: client.get(address))
    add_ended(FEW, MANY)
    many = steps_of(lambda: client.get(address))
    assert few > 0
    assert many <= 1.5 * few + 10, (few, many)
