"""A medical answer, and a statement on approval, are published by who checks what the site says."""

import pytest
from django.urls import reverse
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from clinic.core.models import Faq
from clinic.review import shared_content
from tests.factories.pages import HomePageFactory, TeamIndexPageFactory
from tests.factories.review import ReviewingAccountFactory, a_statement
from tests.factories.users import UserFactory

pytestmark = pytest.mark.judged

OLD, NEW = "<p>Not on that day.</p>", "<p>Not before the next morning.</p>"
WRITTEN = ContentstateConverter(["bold", "italic", "ul", "link", "superscript", "subscript"])


@pytest.fixture
def team(db):
    return TeamIndexPageFactory(parent=HomePageFactory.make_site())


@pytest.fixture
def reviewer(team):
    return ReviewingAccountFactory(team=team).account


@pytest.fixture
def nurse(db):
    return UserFactory(group="Editors")


@pytest.fixture
def question(db):
    return Faq.objects.create(question="Can I drive?", answer=OLD, topic="visit")


def send(client, who, question, answer=NEW, **more):
    client.force_login(who)
    state = WRITTEN.from_database_format(answer)
    data = {"question": question.question, "answer": state, "topic": question.topic, **more}
    return client.post(reverse("wagtailsnippets_core_faq:edit", args=[question.pk]), data)


def publish(client, who, question, answer=NEW, **more):
    return send(client, who, question, answer, **{"action-publish": "1", **more})


def drafts_to_check(user):
    return list(shared_content.drafts_to_check(user))


def said(question):
    question.refresh_from_db()
    return question.answer


def test_a_nurse_drafts_it_and_a_reviewer_publishes_it(client, nurse, reviewer, question):
    refused = publish(client, nurse, question)
    assert refused.status_code == 200
    html = refused.content.decode()
    assert "a medical reviewer publishes it" in html and "next morning" in html
    assert send(client, nurse, question).status_code == 302
    assert "Not on that day" in said(question)
    client.force_login(reviewer)
    start = client.get(reverse("wagtailadmin_home")).content.decode()
    edit = reverse("wagtailsnippets_core_faq:edit", args=[question.pk])
    assert [row.address for row in drafts_to_check(reviewer)] == [edit]
    assert "Answers and statements to check" in start and edit in start
    draft = client.get(edit).context["form"].instance.answer
    assert publish(client, reviewer, question, draft).status_code == 302
    assert "next morning" in said(question)
    assert not drafts_to_check(reviewer)


def test_a_reviewer_does_not_publish_her_own_words_where_there_is_another(client, team, reviewer, question):
    other = ReviewingAccountFactory(team=team).account
    assert "another medical reviewer publishes it" in publish(client, reviewer, question).content.decode()
    assert send(client, reviewer, question).status_code == 302
    draft = Faq.objects.get(pk=question.pk).latest_revision.as_object().answer
    assert "another medical reviewer" in publish(client, reviewer, question, draft).content.decode()
    assert publish(client, other, question, draft).status_code == 302
    assert "next morning" in said(question)


def test_the_only_reviewer_publishes_her_own_words(client, reviewer, question):
    assert publish(client, reviewer, question).status_code == 302
    assert "next morning" in said(question)


def test_money_and_privacy_need_no_reviewer_as_long_as_no_medicine_is_named(client, nurse, db):
    plain = Faq.objects.create(question="Do you take cards?", answer="<p>Yes.</p>", topic="cost")
    assert publish(client, nurse, plain, "<p>Yes, most.</p>").status_code == 302
    assert "Yes, most." in said(plain)
    hidden = "<p>Yes, and keta<b>mine</b> cures depression.</p>"
    assert "a medical reviewer publishes it" in publish(client, nurse, plain, hidden).content.decode()
    assert "Yes, most." in said(plain)


def test_another_topic_makes_no_medical_answer_a_plain_one(client, nurse, reviewer, question):
    refused = publish(client, nurse, question, "<p>Yes, for everybody.</p>", topic="cost")
    assert "a medical reviewer publishes it" in refused.content.decode()
    assert said(question) == OLD
    assert publish(client, reviewer, question, "<p>Ask us.</p>", topic="cost").status_code == 302


def test_a_draft_that_somebody_saves_once_more_is_still_its_writers(client, nurse, reviewer, team, question):
    ReviewingAccountFactory(team=team)
    assert send(client, reviewer, question).status_code == 302
    assert send(client, nurse, question).status_code == 302
    assert "You wrote this draft" in publish(client, reviewer, question).content.decode()
    assert said(question) == OLD


def test_a_new_question_is_judged_as_well(client, nurse):
    client.force_login(nurse)
    data = {
        "question": "Is it safe?",
        "answer": WRITTEN.from_database_format("<p>Ask.</p>"),
        "topic": "safety",
    }
    address = reverse("wagtailsnippets_core_faq:add")
    refused = client.post(address, {**data, "action-publish": "1"})
    assert "a medical reviewer publishes it" in refused.content.decode() and not Faq.objects.exists()
    assert client.post(address, data).status_code == 302
    assert not Faq.objects.get().live


def test_a_statement_is_always_medical(client, nurse, reviewer):
    line = a_statement()
    address = reverse("wagtailsnippets_core_regulatorystatement:edit", args=[line.pk])
    data = {
        "name": line.name,
        "text": "Approved for everything.",
        "source_title": line.source_title,
        "checked_on": line.checked_on.isoformat(),
        "expires_on": line.expires_on.isoformat(),
        "action-publish": "1",
    }
    client.force_login(nurse)
    assert "a medical reviewer publishes it" in client.post(address, data).content.decode()
    line.refresh_from_db()
    assert line.text == "Not approved for this use."
    client.force_login(reviewer)
    assert client.post(address, data).status_code == 302


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_of_drafts_asks_no_more_for_more_of_them(client, reviewer, count_queries, number):
    for one in range(number):
        Faq.objects.create(question=f"May I {one}?", answer=OLD, topic="visit", live=False)
    client.force_login(reviewer)
    assert count_queries(lambda: client.get(reverse("wagtailadmin_home"))) <= 35
