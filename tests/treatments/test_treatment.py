"""A treatment page: its sections, and what always stands beside them."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from wagtail.models import Site

from clinic.core.facts import publish_facts
from clinic.core.models import ClinicSettings, RegulatoryStatement
from tests.factories.pages import HomePageFactory, TreatmentIndexPageFactory, TreatmentPageFactory

pytestmark = pytest.mark.once


@pytest.fixture
def index(db):
    return TreatmentIndexPageFactory(parent=HomePageFactory.make_site())


def statement():
    return RegulatoryStatement.objects.create(
        name="standing line",
        text="Approved as an anesthetic only.",
        source_title="A sample source",
        checked_on=date(2026, 11, 1),
        expires_on=date(2027, 5, 1),
    )


def test_sections_keep_their_order_and_leave_out_empty_ones(index):
    page = TreatmentPageFactory(parent=index)
    page.cost = ""
    assert [section.anchor for section in page.sections] == [
        "what-it-is",
        "how-it-is-given",
        "before-visit",
        "during-visit",
        "after-visit",
        "evidence",
        "risks",
        "not-for",
        "aftercare",
    ]


def test_the_statement_stands_on_the_page_with_its_source(client, index):
    html = client.get(TreatmentPageFactory(parent=index, statement=statement()).url).content.decode()
    assert "Approved as an anesthetic only." in html
    assert "A sample source" in html


def test_our_interest_is_said(client, index):
    html = client.get(TreatmentPageFactory(parent=index).url).content.decode()
    assert "We provide this treatment and charge for it." in html


def test_the_consultation_link_and_no_networks(client, index):
    html = client.get(TreatmentPageFactory(parent=index).url).content.decode()
    assert 'href="/consultation/?from=treatments"' in html
    assert "facebook.com" not in html


def test_the_review_line_is_honest(client, index, settings):
    page = TreatmentPageFactory(parent=index)
    settings.DEMO_MODE = True
    assert "No clinician has reviewed it." in client.get(page.url).content.decode()


def test_queries_do_not_grow_with_treatments(client, index, count_queries):
    TreatmentPageFactory(parent=index)
    few = count_queries(lambda: client.get(index.url))
    TreatmentPageFactory.create_batch(5, parent=index)
    assert count_queries(lambda: client.get(index.url)) == few


def test_it_begins_with_what_it_is_then_the_statement_then_the_rest(client, index):
    html = client.get(TreatmentPageFactory(parent=index, statement=statement()).url).content.decode()
    # What search engines read in the head says the same.
    main = html[html.index("<main") :]
    order = [
        main.index(part)
        for part in (
            '<h2 id="what-it-is">',
            "Approved as an anesthetic only.",
            '<h2 id="how-it-is-given">',
            '<h2 id="evidence">',
            "We provide this treatment and charge for it.",
            '<h2 id="risks">',
        )
    ]
    assert order == sorted(order)


def test_a_drawing_stands_in_for_a_picture_on_the_page_and_its_card(client, index):
    page = TreatmentPageFactory(parent=index, drawing="drip")
    assert 'class="drawing"' in client.get(page.url).content.decode()
    assert 'class="drawing"' in client.get(index.url).content.decode()


def topics(client, address):
    """What the form sends for each treatment, and what somebody reads beside it."""
    form = client.get(address).context["form"]
    return {value: label for value, label in form.fields["topic"].choices if value in ("Drip", "Talks")}


def test_the_spanish_form_offers_spanish_names_and_says_where_there_is_none(client, index):
    TreatmentPageFactory(parent=index, title="Drip", title_es="Suero")
    TreatmentPageFactory(parent=index, title="Talks")
    publish_facts()
    assert topics(client, "/consultation/es/") == {"Drip": "Suero", "Talks": "Talks (en inglés)"}
    assert topics(client, "/consultation/") == {"Drip": "Drip", "Talks": "Talks"}


@pytest.mark.parametrize(
    ("after_days", "days", "told"), [(30, 29, False), (30, 30, True), (0, -1, False), (0, 0, True)]
)
def test_readers_are_told_of_an_overdue_check_after_the_time_that_the_clinic_sets(
    client, index, settings, tmp_path, after_days, days, told
):
    settings.CLINIC_FACTS_FILE = tmp_path / "facts.json"
    ClinicSettings.objects.create(site=Site.objects.get(), overdue_after_days=after_days)
    publish_facts()
    page = TreatmentPageFactory(parent=index, next_review_on=date(2026, 6, 1))
    with time_machine.travel(datetime(2026, 6, 1, 19, tzinfo=UTC) + timedelta(days=days)):
        html = client.get(page.url).content.decode()
    assert ("The check of this page is overdue since" in html) is told


def test_a_page_without_a_day_for_its_next_review_says_nothing_of_it(client, index):
    assert "overdue" not in client.get(TreatmentPageFactory(parent=index).url).content.decode()


def test_a_statement_says_until_when_it_holds_and_that_it_no_longer_does(client, index):
    page = TreatmentPageFactory(parent=index, statement=statement())
    ends = page.statement.expires_on
    for day, words in (
        (ends - timedelta(days=1), "To be checked again by"),
        (ends, "This statement is due to be checked again."),
    ):
        with time_machine.travel(datetime(day.year, day.month, day.day, 19, tzinfo=UTC)):
            assert words in client.get(page.url).content.decode()
