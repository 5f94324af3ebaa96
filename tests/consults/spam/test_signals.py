"""Each sign is seen, and none of them alone sends an honest request aside."""

from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone

from consults.enums import QUARANTINE_SCORE, WEIGHTS, SpamSignal, score_of
from consults.spam.signals import BROWSER_HEADERS, HONEYPOT_FIELD, form_signals
from tests.factories.forms import BROWSER, form_data


def signals(*, age=timedelta(minutes=5), headers=BROWSER, **changes):
    request = RequestFactory().post("/consultation/", form_data(**changes), headers=headers)
    return form_signals(request, issued_at=None if age is None else timezone.now() - age)


def test_an_ordinary_form_shows_none():
    assert signals() == ()
    assert signals(headers={**BROWSER, "Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}) == ()
    assert signals(headers={**BROWSER, "Origin": "null"}) == ()
    older = {name: BROWSER[name] for name in BROWSER_HEADERS}
    assert signals(headers={**older, "Origin": "http://testserver"}) == ()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({HONEYPOT_FIELD: "x"}, SpamSignal.HONEYPOT),
        ({"age": None}, SpamSignal.NO_TOKEN),
        ({"age": timedelta(seconds=1)}, SpamSignal.TOO_FAST),
        ({"age": timedelta(hours=25)}, SpamSignal.OLD_TOKEN),
        ({"note": "https://a.example http://b.example www.c.example"}, SpamSignal.LINKS),
        ({"headers": {}}, SpamSignal.ODD_HEADERS),
        ({"headers": {name: BROWSER[name] for name in BROWSER_HEADERS}}, SpamSignal.ODD_HEADERS),
        ({"headers": {**BROWSER, "Origin": "http://[x"}}, SpamSignal.FOREIGN_ORIGIN),
        ({"headers": {**BROWSER, "Origin": "https://elsewhere.example"}}, SpamSignal.FOREIGN_ORIGIN),
        ({"headers": {**BROWSER, "Sec-Fetch-Site": "cross-site"}}, SpamSignal.FOREIGN_ORIGIN),
    ],
)
def test_each_sign_is_seen(changes, expected):
    assert signals(**changes) == (expected.value,)


@pytest.mark.parametrize("age", [timedelta(seconds=4), timedelta(hours=10)])
def test_slow_and_quick_people_are_no_sign(age):
    assert signals(age=age) == ()


def test_two_links_are_no_sign():
    assert signals(note="See https://a.example and www.b.example, please.") == ()


def test_only_the_hidden_field_weighs_enough_by_itself():
    assert {s for s in SpamSignal if WEIGHTS[s] >= QUARANTINE_SCORE} == {SpamSignal.HONEYPOT}
    assert score_of(["odd_headers", "links"]) < QUARANTINE_SCORE
