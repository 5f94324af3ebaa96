"""What was deleted or hidden leaves no trace in public, and a warning in the editor."""

from datetime import date

import pytest
from django.urls import reverse

from clinic.core.models import Faq, Reference, RegulatoryStatement
from tests.factories.pages import (
    BlogIndexPageFactory,
    BlogPageFactory,
    BlogTopicFactory,
    ComparisonPageFactory,
    FaqPageFactory,
    HomePageFactory,
    PersonPageFactory,
    StandardPageFactory,
    TeamIndexPageFactory,
    TreatmentIndexPageFactory,
    TreatmentPageFactory,
)
from tests.factories.users import UserFactory

pytestmark = pytest.mark.once


@pytest.fixture
def home(db):
    return HomePageFactory.make_site()


@pytest.fixture
def editor(client, db):
    client.force_login(UserFactory(superuser=True))
    return client


def warnings(client, page):
    """Open the editor and return its warnings."""
    response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert response.status_code == 200
    return " ".join(str(message) for message in response.context["messages"])


def ask(text):
    return Faq.objects.create(question=text, answer="<p>Not that day.</p>", topic="visit")


def test_a_deleted_question_is_gone_and_the_editor_is_told(client, editor, home):
    kept, gone = ask("Can I drive?"), ask("Can I eat?")
    entries = {"heading": "Visits", "entries": [gone.pk, kept.pk]}
    page = FaqPageFactory(parent=home, body=[{"type": "faqs", "value": entries}])
    gone.delete()
    html = client.get(page.url).content.decode()
    assert html.count("question__summary") == 1
    assert "Body → Faqs: the question was deleted." in warnings(editor, page)


def test_a_block_whose_questions_are_all_gone_is_gone(client, home):
    question = ask("Can I drive?")
    entries = {"heading": "About the visit", "entries": [question.pk]}
    page = FaqPageFactory(parent=home, body=[{"type": "faqs", "value": entries}])
    question.delete()
    assert "About the visit" not in client.get(page.url).content.decode()


def test_a_whole_page_gets_no_warning(editor, home):
    entries = {"heading": "Visits", "entries": [ask("Can I drive?").pk]}
    page = FaqPageFactory(parent=home, body=[{"type": "faqs", "value": entries}])
    assert warnings(editor, page) == ""


def test_links_in_texts_are_looked_at_too(editor, home):
    target = StandardPageFactory(parent=home)
    link = f'<p><a linktype="page" id="{target.pk}">More</a></p>'
    page = StandardPageFactory(parent=home, body=[{"type": "text", "value": link}])
    assert f'<a href="{target.url}">More</a>' in editor.get(page.url).content.decode()
    target.unpublish()
    assert "<p><a>More</a></p>" in editor.get(page.url).content.decode()
    assert "Body → Text, in the text: the page isn’t published for everybody." in warnings(editor, page)
    target.delete()
    assert "Body → Text, in the text: the page was deleted." in warnings(editor, page)


def statement():
    return RegulatoryStatement.objects.create(
        name="standing line",
        text="Approved as an anesthetic only.",
        source_title="A sample source",
        checked_on=date(2026, 11, 1),
        expires_on=date(2027, 5, 1),
    )


@pytest.fixture
def treatment(home):
    return TreatmentPageFactory(parent=TreatmentIndexPageFactory(parent=home))


def test_a_deleted_source_leaves_the_others_their_numbers(client, editor, treatment):
    first, second = (Reference.objects.create(citation=f"Source {name}, 2025.") for name in ("one", "two"))
    treatment.references = [("reference", first), ("reference", second)]
    treatment.save()
    first.delete()
    html = client.get(treatment.url).content.decode()
    assert 'id="ref-1"' not in html
    assert '<li class="references__item" id="ref-2" value="2">' in html
    assert "References → Reference: the reference was deleted." in warnings(editor, treatment)
    second.delete()
    assert 'id="references"' not in client.get(treatment.url).content.decode()


def test_a_deleted_statement_block_is_gone(client, editor, home):
    line = statement()
    page = StandardPageFactory(parent=home, body=[{"type": "statement", "value": line.pk}])
    line.delete()
    assert 'class="statement' not in client.get(page.url).content.decode()
    assert "Body → Statement: the statement on approval was deleted." in warnings(editor, page)


def test_a_draft_with_a_deleted_statement_can_be_opened_and_published(editor, treatment):
    treatment.statement = line = statement()
    draft = treatment.save_revision()
    line.delete()
    assert editor.get(reverse("wagtailadmin_pages:edit", args=[treatment.pk])).status_code == 200
    draft.publish()
    treatment.refresh_from_db()
    assert treatment.statement is None


def test_a_draft_with_a_deleted_author_and_topic_can_be_opened_and_published(editor, home):
    author = PersonPageFactory(parent=TeamIndexPageFactory(parent=home))
    topic = BlogTopicFactory()
    post = BlogPageFactory(parent=BlogIndexPageFactory(parent=home), author=author, topics=[topic])
    draft = post.save_revision()
    author.delete()
    topic.delete()
    assert editor.get(reverse("wagtailadmin_pages:edit", args=[post.pk])).status_code == 200
    draft.publish()
    html = editor.get(post.url).content.decode()
    assert "<span>By " not in html
    assert "Topics of this post" not in html


def test_people_who_left_are_named_without_a_link(client, editor, home):
    author = PersonPageFactory(parent=TeamIndexPageFactory(parent=home), title="Nurse (sample)")
    post = BlogPageFactory(
        parent=BlogIndexPageFactory(parent=home),
        author=author,
        reviewer=author,
        reviewed_on=date(2026, 1, 1),
    )
    author.unpublish()
    html = client.get(post.url).content.decode()
    assert html.count("Nurse (sample)") == 2
    assert f'href="{author.url}"' not in html
    assert "Author: the person page isn’t published for everybody." in warnings(editor, post)


def action(page):
    value = {"heading": "Look at the fees", "text": "", "label": "See the fees", "page": page.pk}
    return [{"type": "action", "value": value}]


@pytest.mark.parametrize("lose", ["unpublish", "delete"])
def test_an_action_without_its_page_leads_nowhere_else(client, editor, home, lose):
    target = StandardPageFactory(parent=home)
    page = StandardPageFactory(parent=home, body=action(target))
    assert "See the fees" in client.get(page.url).content.decode()
    getattr(target, lose)()
    assert "Look at the fees" not in client.get(page.url).content.decode()
    assert "Body → Action: the page" in warnings(editor, page)


@pytest.mark.parametrize("lose", ["unpublish", "delete"])
def test_cards_of_pages_that_are_gone_leave_no_debris(client, home, lose):
    target = StandardPageFactory(parent=home, title="Below")
    StandardPageFactory(parent=target, title="A child")
    card = {"title": "Getting home", "text": "You can’t drive.", "page": target.pk}
    shown = {"heading": "What is below", "introduction": "", "page": target.pk, "limit": 3}
    body = [
        {"type": "cards", "value": {"heading": "Good to know", "cards": [card, card]}},
        {"type": "child_pages", "value": shown},
    ]
    page = StandardPageFactory(parent=home, title="Above", body=body)
    assert "A child" in client.get(page.url).content.decode()
    getattr(target, lose)()
    html = client.get(page.url).content.decode()
    assert "Getting home" in html
    assert f'href="{target.url}"' not in html
    assert ("What is below" in html) is (lose == "unpublish")


def test_an_option_whose_page_is_gone_stays_without_a_link(client, treatment):
    options = [
        {"type": "option", "value": {"name": "IV infusion", "page": treatment.pk}},
        {"type": "option", "value": {"name": "IM injection", "page": None}},
    ]
    page = ComparisonPageFactory(parent=treatment.get_parent(), options=options)
    assert f'<a href="{treatment.url}">IV infusion</a>' in client.get(page.url).content.decode()
    treatment.unpublish()
    html = client.get(page.url).content.decode()
    assert "IV infusion" in html
    assert f'href="{treatment.url}"' not in html


def test_a_topic_in_use_says_so_before_it_is_deleted(editor, home):
    topic = BlogTopicFactory()
    post = BlogPageFactory(parent=BlogIndexPageFactory(parent=home), title="Ride home", topics=[topic])
    html = editor.get(reverse("wagtailsnippets_blog_blogtopic:delete", args=[topic.pk])).content.decode()
    assert "referenced 1 time" in " ".join(html.split())
    usage = editor.get(reverse("wagtailsnippets_blog_blogtopic:usage", args=[topic.pk])).content.decode()
    assert "Ride home" in usage
    post.topics.clear()
    post.save()
    html = editor.get(reverse("wagtailsnippets_blog_blogtopic:delete", args=[topic.pk])).content.decode()
    assert "referenced 0 times" in " ".join(html.split())


def test_what_is_used_says_so_before_it_is_deleted(editor, home, treatment):
    question, source = ask("Can I drive?"), Reference.objects.create(citation="Source, 2025.")
    person = PersonPageFactory(parent=TeamIndexPageFactory(parent=home))
    entries = {"heading": "Visits", "entries": [question.pk]}
    FaqPageFactory(parent=home, body=[{"type": "faqs", "value": entries}])
    treatment.references, treatment.reviewer = [("reference", source)], person
    treatment.save()
    for address in (
        reverse("wagtailsnippets_core_faq:delete", args=[question.pk]),
        reverse("wagtailsnippets_core_reference:delete", args=[source.pk]),
    ):
        assert "referenced 1 time" in " ".join(editor.get(address).content.decode().split())
    for door in ("delete", "unpublish"):
        html = editor.get(reverse(f"wagtailadmin_pages:{door}", args=[person.pk])).content.decode()
        told = html.partition("What leads here")[2].partition("</ul>")[0]
        assert treatment.title in told and "Reviewer" in told


def test_a_statement_that_pages_carry_is_not_deleted(editor, treatment):
    treatment.statement = line = statement()
    treatment.save()
    one = reverse("wagtailsnippets_core_regulatorystatement:delete", args=[line.pk])
    many = reverse("wagtail_bulk_action", args=["core", "regulatorystatement", "delete"]) + f"?id={line.pk}"
    for address in (one, many):
        assert editor.get(address).status_code == 200
        assert editor.post(address).status_code == 302
    assert RegulatoryStatement.objects.filter(pk=line.pk).exists()


def test_links_of_an_answer_are_looked_at_too(editor, home):
    target = StandardPageFactory(parent=home)
    question = ask("Can I drive?")
    question.answer = f'<p><a linktype="page" id="{target.pk}">More</a></p>'
    question.save()
    target.delete()
    response = editor.get(reverse("wagtailsnippets_core_faq:edit", args=[question.pk]))
    assert "Answer, in the text: the page was deleted." in response.content.decode()
