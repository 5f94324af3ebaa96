"""Fees hold from a day to a day."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from clinic.treatments.models import Fee
from tests.factories.pages import FeesPageFactory, HomePageFactory

pytestmark = pytest.mark.once


@pytest.fixture
def page(db):
    return FeesPageFactory(parent=HomePageFactory.make_site())


def fee(page, **kwargs):
    values = {
        "name": "Infusion",
        "amount": 100,
        "unit": "per visit",
        "included": "The visit",
        "effective_from": date(2026, 1, 1),
        "expires_on": date(2026, 7, 1),
    }
    return Fee(page=page, **{**values, **kwargs})


@pytest.mark.parametrize(
    ("today", "expected"),
    [("2025-12-31", False), ("2026-01-01", True), ("2026-06-30", True), ("2026-07-01", False)],
)
def test_a_fee_is_current_between_its_days(today, expected):
    with time_machine.travel(f"{today}T19:00:00Z"):
        assert fee(None).is_current is expected


def test_only_current_fees_are_shown(client, page):
    fee(page, amount=111).save()
    fee(page, amount=222, effective_from=date(2026, 7, 1), expires_on=date(2027, 1, 1)).save()
    with time_machine.travel("2026-08-01T19:00:00Z"):
        html = client.get(page.url).content.decode()
    assert "$222" in html
    assert "$111" not in html
    assert "was valid until" not in html
    # The last day on which it holds.
    assert "until Dec 31, 2026" in html.replace("\xa0", " ")


def test_a_fee_that_ended_says_so_until_another_one_follows(client, page):
    fee(page, name="Infusion").save()
    with time_machine.travel("2026-06-30T19:00:00Z"):
        assert "was valid until" not in client.get(page.url).content.decode()
    with time_machine.travel("2026-07-01T19:00:00Z"):
        html = client.get(page.url).content.decode()
        assert "Our fee for “Infusion” was valid until" in html
        assert "June 30, 2026" in html
        assert "$100" not in html
        fee(page, name="infusion", effective_from=date(2026, 8, 1), expires_on=date(2027, 1, 1)).save()
        assert "was valid until" not in client.get(page.url).content.decode()


def test_a_fee_that_ends_before_it_starts_is_refused(page):
    wrong = fee(page, expires_on=date(2025, 1, 1))
    with pytest.raises(ValidationError, match="must end after"):
        wrong.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        wrong.save()


def test_the_price_comes_before_what_is_said_about_it(client, db):
    page = FeesPageFactory(parent=HomePageFactory.make_site(), introduction="<p>Before you book.</p>")
    fee(page).save()
    with time_machine.travel("2026-02-01T19:00:00Z"):
        html = client.get(page.url).content.decode()
    assert html.index("table__price") < html.index("Before you book.")
