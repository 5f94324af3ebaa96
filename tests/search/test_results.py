"""The page of the search: what a visitor gets for a query."""

import pytest
from wagtail.models import Page

from clinic.core.models import Faq
from clinic.search.results import Piece
from tests.factories.pages import BlogIndexPageFactory, BlogPageFactory, FaqPageFactory, HomePageFactory


@pytest.fixture
def blog(db):
    return BlogIndexPageFactory(parent=HomePageFactory.make_site())


def text_post(blog, words, **kwargs):
    return BlogPageFactory(parent=blog, body=[{"type": "text", "value": f"<p>{words}</p>"}], **kwargs)


def test_a_result_shows_type_title_and_highlighted_snippet(client, blog):
    text_post(blog, "You need a lantern on the ridge.", title="Evening walk")
    response = client.get("/search/", {"query": "lantern"})
    (result,) = response.context["results"]
    assert result.kind == "Blog post"
    assert result.title == [Piece("Evening walk", False)]
    assert Piece("lantern", True) in result.snippet
    assert b"<mark>lantern</mark>" in response.content


def test_drafts_are_not_found(client, blog):
    text_post(blog, "lantern", live=False)
    assert client.get("/search/", {"query": "lantern"}).context["total"] == 0


def test_all_words_must_be_there(client, blog):
    text_post(blog, "lantern and compass", title="Both")
    text_post(blog, "lantern", title="One")
    results = client.get("/search/", {"query": "compass lantern"}).context["results"]
    assert [result.title for result in results] == [[Piece("Both", False)]]


def test_pages_with_some_of_the_words_are_better_than_none(client, blog):
    text_post(blog, "lantern", title="One")
    text_post(blog, "compass", title="Other")
    answer = client.get("/search/", {"query": "compass lantern"})
    assert answer.context["total"] == 2
    assert "none holds them all" in answer.content.decode()


def test_results_are_paged_by_path(client, blog):
    for number in range(11):
        text_post(blog, "lantern", title=f"Post {number}")
    first = client.get("/search/?query=lantern")
    second = client.get("/search/page/2/?query=lantern")
    assert (len(first.context["results"]), len(second.context["results"])) == (10, 1)
    assert b"/search/page/2/?query=lantern" in first.content
    assert client.get("/search/page/3/?query=lantern").status_code == 404


@pytest.mark.parametrize(
    "query", ["", "   ", "!?", "x" * 101, "nothinglikethis", "a\x00b", '" OR *', "<script>"]
)
def test_a_search_without_result_helps(client, blog, query):
    response = client.get("/search/", {"query": query})
    assert response.status_code == 200
    assert response.context["total"] == 0
    assert b"<script>" not in response.content.replace(b"<script src", b"")


def test_queries_do_not_grow_with_results(client, blog, count_queries):
    text_post(blog, "lantern")
    few = count_queries(lambda: client.get("/search/?query=lantern"))
    for _ in range(9):
        text_post(blog, "lantern")
    assert count_queries(lambda: client.get("/search/?query=lantern")) == few


def test_a_page_is_found_by_the_questions_on_it(client, blog):
    question = Faq.objects.create(question="Can I drive home?", answer="<p>Not that day.</p>", topic="visit")
    entries = {"heading": "Visits", "entries": [question.pk]}
    FaqPageFactory(parent=blog.get_parent(), body=[{"type": "faqs", "value": entries}])
    page = client.get("/search/?query=drive+home").content.decode()
    assert "/questions/" in page
    assert "Not that day." in page


def test_only_pages_of_the_site_are_found(client, blog):
    """The root of the tree bears a title and has no address; so has whatever stands beside the home page."""
    HomePageFactory(parent=Page.objects.get(depth=1), title="Lantern elsewhere", slug="elsewhere")
    assert client.get("/search/?query=root").context["total"] == 0
    assert client.get("/search/?query=lantern").context["total"] == 0


@pytest.mark.parametrize(
    ("query", "language", "words"),
    [("kill myself", "en", "Immediate help"), ("quiero morir", "es", "Ayuda inmediata")],
)
def test_words_of_danger_put_the_crisis_card_first(blog, client, query, language, words):
    text_post(blog, query, title="A found post")
    page = client.get("/search/", {"query": query}).content.decode()
    card = page.index('id="crisis-card"')
    assert f'<div lang="{language}">' in page
    assert words in page
    assert card < page.index("A found post")


def test_other_words_show_no_crisis_card(blog, client):
    assert 'id="crisis-card"' not in client.get("/search/", {"query": "ketamine"}).content.decode()


@pytest.mark.parametrize(
    "query",
    ["x" * 10_000, "lantern " * 1000, '"' * 3000, "NEAR(" * 500, "title:lantern OR (", "lantern* ^NOT -a"],
)
def test_long_and_operator_laden_queries_are_bounded(client, blog, query):
    assert client.get("/search/", {"query": query}).status_code == 200


def test_what_is_too_long_is_asked_by_its_beginning(client, blog):
    text_post(blog, "lantern")
    answer = client.get("/search/", {"query": "lantern " * 30})
    assert (answer.context["total"], answer.context["is_cut"]) == (1, True)
    assert len(answer.context["query"]) <= 100


def test_words_of_danger_behind_a_long_beginning_are_seen(client, blog):
    query = "I have read everything on these pages " * 4 + "and I want to kill myself"
    assert client.get("/search/", {"query": query}).context["danger"] == "en"


@pytest.mark.parametrize("before", ["! " * 55, "the " * 30, ""])
def test_words_of_danger_are_answered_whatever_stands_before_them(client, blog, before):
    answer = client.get("/search/", {"query": before + "I don't want to live"})
    assert answer.context["danger"] == "en"
    assert answer.context["results"][0].url == "/get-help-now/"


def test_help_stands_first_where_words_sound_like_danger_even_misspelt(client, blog):
    for query in ("kil myself", "sucide", "quiero morir"):
        results = client.get("/search/", {"query": query}).context["results"]
        assert results[0].url == "/get-help-now/", query


def test_no_answer_is_kept_anywhere(client, blog):
    for query in ("", "lantern"):
        assert "no-store" in client.get("/search/", {"query": query})["Cache-Control"]


def test_nothing_of_a_query_becomes_markup(client, blog):
    text_post(blog, "&lt;b&gt;lantern&lt;/b&gt; &amp; more")
    page = client.get("/search/", {"query": '"><img src=x> lantern'}).content.decode()
    assert "<img src=x" not in page
    assert "<b>lantern" not in page


def test_the_page_without_results_names_near_words_and_ways_on(client, blog):
    text_post(blog, "lantern")
    answer = client.get("/search/", {"query": "lamterms"})
    assert answer.context["total"] == 0
    assert 'href="/search/?query=lantern"' in answer.content.decode()
    assert 'href="/consultation/?from=search"' in answer.content.decode()
