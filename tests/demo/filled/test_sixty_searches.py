"""Sixty searches on the demo's pages, with what must come of each: tests/search/sixty.txt."""

import re
from pathlib import Path

import pytest
from django.test import Client

from clinic.core.facts import publish_facts

pytestmark = pytest.mark.django_db
LINES = (Path(__file__).parents[2] / "search" / "sixty.txt").read_text(encoding="utf-8").splitlines()
SEARCHES = [line.split("\t") for line in LINES if not line.startswith("#")]


@pytest.fixture(scope="module")
def found(site, django_db_blocker):
    """What the page says to each of them, asked once."""
    with django_db_blocker.unblock():
        publish_facts()
        browser = Client()
        return {query: browser.get("/search/", {"query": query}) for query, *_rest in SEARCHES}


def test_there_are_sixty_of_every_kind():
    assert len({query for query, *_rest in SEARCHES}) == 60
    assert {kind for _query, kind, _expected in SEARCHES} >= {
        "plain",
        "typo",
        "spanish",
        "danger",
        "phrase",
        "none",
    }


@pytest.mark.parametrize(("query", "kind", "expected"), SEARCHES)
def test_what_must_come_first(found, query, kind, expected):
    page = found[query]
    assert page.status_code == 200
    for demand in expected.split(" + "):
        assert _is_met(demand, page.context), (query, demand, _told(page.context))


def _is_met(demand, context):
    word, _space, value = demand.partition(" ")
    addresses = [result.url for result in context["results"]]
    match word:
        case "first":
            return addresses[:1] == [value]
        case "top3":
            return value in addresses[:3]
        case "pinned":
            return value in [answer.address for answer in context["answers"]]
        case "crisis":
            return context["danger"] == value
        case "no":
            return value == "card" and not context["danger"]
        case "meant":
            return value in context["found"].instead.values()
        case "none":
            return context["total"] == 0
    raise ValueError(demand)


def _told(context):
    addresses = [re.sub("^/treatments", "", result.url) for result in context["results"]]
    return addresses, context["found"].instead, context["found"].missed
