"""Where somebody came from is kept as a coarse bucket; click identifiers are never even read."""

import pytest

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


def test_sources_are_columns(client, db):
    client.post(FORM, form_data(campaign="print", heard_from="clinician", section="blog"))
    consult = ConsultRequest.objects.get()
    assert (consult.campaign, consult.heard_from, consult.source_section) == ("print", "clinician", "blog")


@pytest.mark.parametrize("changes", [{"campaign": "x"}, {"heard_from": "x"}, {"section": "x"}])
def test_an_invented_source_counts_as_none(client, db, changes):
    assert client.post(FORM, form_data(**changes)).status_code == 303
    consult = ConsultRequest.objects.get()
    assert "x" not in (consult.campaign, consult.heard_from, consult.source_section)
