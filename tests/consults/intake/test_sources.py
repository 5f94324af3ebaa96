"""Where somebody came from is kept as a coarse bucket; click identifiers are never even read."""

from dataclasses import replace

import pytest

from clinic.core.facts import default_facts, write_facts
from consults.enums import Campaign
from consults.intake.submission import BUCKETS, campaign_of
from consults.models import ConsultRequest
from tests.factories.consults import form_data

FORM = "/consultation/"


@pytest.mark.parametrize(
    ("query", "bucket"),
    [
        ({}, Campaign.NONE),
        ({"utm_source": "google", "utm_medium": "cpc"}, Campaign.PAID_SEARCH),
        ({"utm_source": "Facebook"}, Campaign.SOCIAL),
        ({"utm_source": "spring-letter", "utm_medium": "email"}, Campaign.EMAIL),
        ({"utm_medium": "QR"}, Campaign.PRINT),
        ({"utm_source": "partner"}, Campaign.REFERRAL),
        ({"utm_source": "somebody@example.org"}, Campaign.OTHER),
        ({"gclid": "abc", "fbclid": "abc"}, Campaign.NONE),
    ],
)
def test_a_link_gives_a_bucket(query, bucket):
    assert campaign_of(query) == bucket


def test_no_word_stands_for_two_buckets():
    words = [word for known in BUCKETS.values() for word in known]
    assert len(words) == len(set(words))


def test_the_form_holds_the_bucket_and_nothing_of_the_link(client):
    link = {"utm_source": "google", "utm_campaign": "markercampaign", "gclid": "markerclick"}
    page = client.get(FORM, link).content.decode()
    assert 'name="campaign" value="paid_search"' in page
    assert "marker" not in page


@pytest.fixture
def asks():
    """A clinic that asks how people heard of it."""
    write_facts(replace(default_facts(), asks_heard_from=True))


def test_sources_are_columns(client, db, asks):
    client.post(FORM, form_data(campaign="print", heard_from="clinician", section="blog"))
    consult = ConsultRequest.objects.get()
    assert (consult.campaign, consult.heard_from, consult.source_section) == ("print", "clinician", "blog")


@pytest.mark.parametrize("changes", [{"campaign": "x"}, {"heard_from": "x"}, {"section": "x"}])
def test_an_invented_source_counts_as_none(client, db, asks, changes):
    assert client.post(FORM, form_data(**changes)).status_code == 303
    consult = ConsultRequest.objects.get()
    assert "x" not in (consult.campaign, consult.heard_from, consult.source_section)


def test_how_people_heard_of_it_is_asked_only_where_the_clinic_wants_it(client, db):
    assert 'name="heard_from"' not in client.get(FORM).content.decode()
    client.post(FORM, form_data(heard_from="clinician"))
    assert ConsultRequest.objects.get().heard_from == ""


def test_a_clinic_that_wants_it_asks(client, asks):
    assert 'name="heard_from"' in client.get(FORM).content.decode()
