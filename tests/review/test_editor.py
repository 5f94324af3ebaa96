"""While somebody writes, the editor says what is missing, and leads there."""

import re

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from clinic.review.models import ReviewingAccount
from clinic.review.reading.decisions import ask_back
from clinic.treatments.models import ComparisonPage, TreatmentPage
from tests.factories.pages import StandardPageFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.judged
HEADING = "What is missing before this can go live"


@pytest.fixture
def edit(client):
    client.force_login(UserFactory(superuser=True))

    def get(page):
        return client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()

    return get


def test_what_is_missing_leads_to_its_field(clinic, edit):
    html = edit(clinic.draft(author=None, statement=None, references=[]))
    missing = html.partition(HEADING)[2].partition("</ul>")[0]
    links = re.findall(r'<a href="#([\w-]+)"[^>]*>([^<]+)</a>', missing)
    assert [words.split(",")[0] for _place, words in links] == [
        "Choose who wrote it",
        "Choose a statement on approval.",
        "Name at least one source",
        "No clinician has reviewed it yet. Submit it for medical review.",
    ]
    there = set(re.findall(r'id="([\w-]+-section)"', html))
    assert {place for place, _words in links} - there == set()
    assert "Publish (4 missing)" in html


@pytest.mark.parametrize("model", [TreatmentPage, ComparisonPage])
def test_treatments_say_it_too(clinic, edit, model):
    html = edit(clinic.draft(model))
    assert HEADING in html and "Publish (1 missing)" in html


def test_where_nothing_is_missing_nothing_is_said(clinic, edit):
    for page in (clinic.reviewed(), StandardPageFactory(parent=clinic.home)):
        html = edit(page)
        assert HEADING not in html and "missing)" not in html


def test_what_is_said_follows_what_the_editor_saves_by_itself(client, clinic, edit):
    page = clinic.draft(author=None)
    edit(page)
    fields = {
        "title": "A claim",
        "slug": page.slug,
        "published_on": "2026-01-01",
        "body": streamfield([("text", rich_text("<p>A real cure.</p>"))]),
        "references": streamfield([]),
        "share_pictures": inline_formset([]),
    }
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = client.post(address, nested_form_data(fields), headers={"accept": "application/json"}).json()
    said = answer["html"].partition("[data-editor-says]")[2].partition("</template>")[0]
    assert "Promises a cure" in said and "Choose who wrote it" in said


def test_a_question_stands_above_the_fields_until_the_page_is_submitted_again(clinic, edit):
    page = clinic.draft()
    page.get_workflow().start(page, clinic.writer)
    ask_back(page, clinic.reviewer.account, comment="Which trial is this?")
    assert "Which trial is this?" in edit(page)
    page.current_workflow_state.resume(clinic.writer)
    assert "Which trial is this?" not in edit(page)


def test_a_new_page_is_not_scolded(client, clinic, edit):
    address = reverse("wagtailadmin_pages:add", args=["blog", "blogpage", clinic.blog.pk])
    html = client.get(address).content.decode()
    assert HEADING not in html and "missing)" not in html


def test_where_nobody_reviews_the_editor_says_who_can_change_that(clinic, edit):
    ReviewingAccount.objects.all().delete()
    assert "nobody can: a site administrator says who reviews pages" in edit(clinic.draft())
