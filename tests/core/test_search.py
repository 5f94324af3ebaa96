"""The search: bounds, snippets, highlighting, paging."""

import pytest
from wagtail.models import Page

from clinic.core.models import Faq
from clinic.core.search import MAX_WORDS, Piece, excerpt, highlight, words_of
from tests.factories.pages import BlogIndexPageFactory, BlogPageFactory, FaqPageFactory, HomePageFactory


@pytest.fixture
def blog(db):
    return BlogIndexPageFactory(parent=HomePageFactory.make_site())


def text_post(blog, words, **kwargs):
    return BlogPageFactory(parent=blog, body=[{"type": "text", "value": f"<p>{words}</p>"}], **kwargs)


def test_words_are_bounded_and_without_doubles():
    assert words_of("Ride, ride HOME!") == ["ride", "home"]
    assert len(words_of(" ".join(map(str, range(50))))) == MAX_WORDS


def test_highlight_marks_the_beginning_of_words():
    assert highlight("A ride, then Rides, no bride", ["ride"]) == [
        Piece("A ", False),
        Piece("ride", True),
        Piece(", then ", False),
        Piece("Ride", True),
        Piece("s, no bride", False),
    ]


def test_excerpt_surrounds_the_word_found():
    text = "before " * 100 + "needle " + "after " * 100
    piece = excerpt(text, ["needle"])
    assert "needle" in piece
    assert piece.startswith("… before") and piece.endswith("after …")
    assert len(piece) < 240


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
