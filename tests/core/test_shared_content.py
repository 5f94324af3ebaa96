"""Questions, sources and statements: drafts, earlier words, and what readers see meanwhile."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from wagtail import hooks
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from clinic.core.models import Faq, Reference, RegulatoryStatement
from tests.factories.pages import (
    FaqPageFactory,
    HomePageFactory,
    TreatmentIndexPageFactory,
    TreatmentPageFactory,
)
from tests.factories.users import UserFactory

OLD, NEW = "<p>Not on that day.</p>", "<p>Not before the next morning.</p>"


@pytest.fixture
def home(db):
    return HomePageFactory.make_site()


@pytest.fixture
def editor(client, db):
    user = UserFactory(group="Editors")
    client.force_login(user)
    return client


@pytest.fixture
def question(db):
    return Faq.objects.create(question="Can I drive?", answer=OLD, topic="visit")


@pytest.fixture
def page(home, question):
    return FaqPageFactory(
        parent=home, body=[{"type": "faqs", "value": {"heading": "Visits", "entries": [question.pk]}}]
    )


def today(days=0):
    return timezone.localdate() + timedelta(days=days)


def address(thing, name="edit", *more):
    return reverse(f"wagtailsnippets_core_{thing._meta.model_name}:{name}", args=[thing.pk, *more])


def filled(question, answer, **more):
    return {"question": question.question, "answer": editor_state(answer), "topic": question.topic, **more}


def editor_state(html):
    return ContentstateConverter(["bold", "italic", "ul", "link"]).from_database_format(html)


def statement(**changes):
    days = {"checked_on": today(-30), "expires_on": today(300)}
    return RegulatoryStatement.objects.create(
        **{"name": "standing line", "text": "Use is off-label.", "source_title": "FDA", **days, **changes}
    )


def test_a_draft_changes_nothing_for_readers_until_it_is_published(client, editor, page, question):
    saved = editor.post(address(question), filled(question, NEW))
    assert saved.status_code == 302
    assert "Not on that day" in client.get(page.url).content.decode()
    published = editor.post(address(question), filled(question, NEW, **{"action-publish": "1"}))
    assert published.status_code == 302
    html = client.get(page.url).content.decode()
    assert "next morning" in html and "Not on that day" not in html


def test_earlier_words_are_kept_compared_and_brought_back(client, editor, page, question):
    for words in (OLD, NEW):
        editor.post(address(question), filled(question, words, **{"action-publish": "1"}))
    first, second = question.revisions.order_by("pk")
    history = editor.get(address(question, "history")).content.decode()
    compare = address(question, "revisions_compare", first.pk, second.pk)
    assert escape(compare) in history
    compared = editor.get(compare).content.decode()
    assert "deletion" in compared and "addition" in compared
    back = editor.get(address(question, "revisions_revert", first.pk))
    assert "Not on that day" in back.content.decode()
    sent = filled(question, OLD, **{"action-publish": "1", "revision": first.pk})
    assert editor.post(address(question), sent).status_code == 302
    assert "Not on that day" in client.get(page.url).content.decode()


def test_an_unpublished_question_leaves_its_pages_and_comes_back(client, editor, page, question):
    assert editor.post(address(question, "unpublish")).status_code == 302
    assert "Can I drive?" not in client.get(page.url).content.decode()
    told = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).context["messages"]
    assert "the question isn’t published." in " ".join(map(str, told))
    editor.post(address(question), filled(question, OLD, **{"action-publish": "1"}))
    assert "Can I drive?" in client.get(page.url).content.decode()


def test_a_draft_that_arrives_as_it_is_published_does_not_take_it_down(editor, question):
    question.unpublish()
    first = question.save_revision()

    def publish(_request, _question):
        first.publish()

    # Wagtail has read the question by then, and writes it later.
    with hooks.register_temporarily("before_edit_snippet", publish):
        editor.post(address(question), filled(question, NEW))
    question.refresh_from_db()
    assert question.live and question.has_unpublished_changes and question.answer == OLD
    assert "next morning" in question.get_latest_revision_as_object().answer


def test_an_unpublished_source_leaves_a_gap_in_the_numbers(client, home):
    first, second = (Reference.objects.create(citation=f"Source {number}, 2025.") for number in (1, 2))
    sources = [("reference", first), ("reference", second)]
    page = TreatmentPageFactory(parent=TreatmentIndexPageFactory(parent=home), references=sources)
    first.unpublish()
    page = type(page).objects.get(pk=page.pk)
    assert [number for number, _source in page.numbered_references] == [2]
    html = client.get(page.url).content.decode()
    assert "Source 2" in html and "Source 1" not in html


def test_an_unpublished_statement_stands_nowhere(client, home):
    line = statement()
    body = [{"type": "statement", "value": line.pk}]
    page = TreatmentPageFactory(parent=TreatmentIndexPageFactory(parent=home), statement=line, body=body)
    assert client.get(page.url).content.decode().count("Use is off-label.") == 3
    line.unpublish()
    assert "Use is off-label." not in client.get(page.url).content.decode()


def test_what_was_not_checked_can_be_saved_but_not_published(editor):
    line = statement(expires_on=today(-1))
    data = {
        "name": line.name,
        "text": "Use is still off-label.",
        "source_title": "FDA",
        "checked_on": line.checked_on.isoformat(),
        "expires_on": line.expires_on.isoformat(),
    }
    refused = editor.post(address(line), {**data, "action-publish": "1"})
    assert refused.status_code == 200 and "This day is over." in refused.content.decode()
    assert "still off-label" in refused.content.decode()
    assert editor.post(address(line), data).status_code == 302
    line.refresh_from_db()
    assert line.text == "Use is off-label." and line.has_unpublished_changes
    later = editor.post(address(line), {**data, "checked_on": today(1).isoformat()})
    assert "This day is still to come." in later.content.decode()
    checked = {"checked_on": today().isoformat(), "expires_on": today(365).isoformat()}
    assert editor.post(address(line), {**data, **checked, "action-publish": "1"}).status_code == 302
    line.refresh_from_db()
    assert line.text == "Use is still off-label." and not line.has_unpublished_changes


def test_where_it_shows_is_said(editor, page, question):
    page.save()
    html = editor.get(address(question, "usage")).content.decode()
    assert page.title in html


def test_what_a_release_without_drafts_writes_is_published(db):
    columns = "question, answer, topic"
    with connection.cursor() as cursor:
        # As the release before writes it.
        cursor.execute(f"INSERT INTO core_faq ({columns}) VALUES (%s, %s, %s)", ["Old?", OLD, "visit"])  # noqa: S608
    written = Faq.objects.get(question="Old?")
    assert written.live and not written.has_unpublished_changes and not written.expired


@pytest.mark.parametrize("number", [1, 30])
def test_a_list_of_drafts_asks_no_more_for_more_of_them(editor, count_queries, number):
    for one in range(number):
        Faq.objects.create(question=f"Question {one}?", answer=OLD, topic="visit").save_revision()
    listing = reverse("wagtailsnippets_core_faq:list")
    assert count_queries(lambda: editor.get(listing)) <= 25
