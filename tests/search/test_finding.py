"""What is found for a query, and in which order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from clinic.core import generation
from clinic.core.models import Faq, RegulatoryStatement
from clinic.core.slips import distance_of
from clinic.search.building import Building
from clinic.search.documents import documents_of, public_keys
from clinic.search.finding import find
from clinic.search.keeper import path
from clinic.search.spelling import nearest
from clinic.search.wish import MOST_CONCEPTS, concepts_of
from tests.factories.many_posts import copy_post
from tests.factories.pages import (
    BlogIndexPageFactory,
    BlogPageFactory,
    FaqPageFactory,
    HomePageFactory,
    LocationIndexPageFactory,
    LocationPageFactory,
    TreatmentIndexPageFactory,
    TreatmentPageFactory,
)


@pytest.fixture
def home(db):
    return HomePageFactory.make_site()


@pytest.fixture
def blog(home):
    return BlogIndexPageFactory(parent=home)


def post(blog, words, **kwargs):
    return BlogPageFactory(parent=blog, body=[{"type": "text", "value": f"<p>{words}</p>"}], **kwargs)


def titles(query):
    found = find(query)
    return ["".join(piece.text for piece in one.title) for one in found.shown(found.hits)]


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Infusions are given slowly", "infusion"),
        ("An infusion is given slowly", "infusions"),
        ("Déjà vu", "DEJA VU"),
        ("A lantern on the ridge", "lant"),
        ("A lantern on the ridge", "lanterm"),
        ("A lantern on the ridge", "lnatern"),
        ("Low mood and depression", "depresión"),
        ("Low mood and depression", "tristeza"),
        ("What it costs", "how much"),
        ("Side effects and rarer ones", "is it safe"),
        ("After a trauma, or with PTSD", "post traumatic stress"),
        ("quiet ridge walk", '"ridge walk"'),
        ("quiet ridge walk", "“ridge walk”"),
        ("quiet ridge walk", '"ridge walk'),
        ("o’clock, don’t wait", "don't wait"),
    ],
)
def test_words_are_found_in_other_forms_too(blog, text, query):
    post(blog, text, title="Found")
    assert "Found" in titles(query)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("ridge and walk", '"ridge walk"'),
        ("walk ridge", '"ridge walk"'),
        ("cat", "car"),
        ("lantern", "lan tern"),
        ("ten", "tan"),
    ],
)
def test_other_words_are_not(blog, text, query):
    post(blog, text, title="Found")
    assert "Found" not in titles(query)


def test_what_was_read_instead_is_said(blog):
    post(blog, "lantern on the ridge")
    assert find("lanterm ridge").instead == {"lanterm": "lantern"}
    assert find("lanterm").missed == []


def test_guesses_beside_words_that_nobody_knows_are_worth_a_question_alone(blog):
    post(blog, "lantern on the ridge")
    found = find("lanterm xqzvbn")
    assert (found.hits, found.nearest, found.missed) == ([], ["lantern"], ["xqzvbn"])


def test_a_question_is_answered_by_the_questions_first(home, blog):
    post(blog, "You may hum.")
    question = Faq.objects.create(question="May I sing?", answer="<p>You may hum.</p>", topic="visit")
    entries = {"heading": "Visits and other things", "entries": [question.pk]}
    FaqPageFactory(parent=home, body=[{"type": "faqs", "value": entries}])
    assert titles("may I hum")[0] == "Questions"


def test_the_very_title_comes_first(blog):
    post(blog, "lantern " * 50, title="About many things")
    post(blog, "something else", title="Lantern")
    post(blog, "lantern", title="Lantern walks")
    assert titles("lantern")[0] == "Lantern"


def test_treatments_come_before_posts_where_both_fit(home, blog):
    post(blog, "an infusion by drip", title="A post")
    treatments = TreatmentIndexPageFactory(parent=home)
    TreatmentPageFactory(parent=treatments, title="A treatment", how_it_is_given="<p>an infusion by drip</p>")
    assert titles("drip")[:2] == ["A treatment", "A post"]


def test_everything_that_readers_see_is_found(home, blog):
    """Rows of a page, shared snippets, headings of a template, what stands without a page."""
    places = LocationIndexPageFactory(parent=home)
    LocationPageFactory(
        parent=places, title="North", street="1 Sycamore Row", parking="Behind the barn", city="Sampleton"
    )
    statement = RegulatoryStatement.objects.create(
        name="x",
        text="Approved by wizards",
        source_title="s",
        checked_on="2026-01-01",
        expires_on="2027-01-01",
    )
    treatments = TreatmentIndexPageFactory(parent=home)
    TreatmentPageFactory(parent=treatments, title="Drip", statement=statement)
    question = Faq.objects.create(question="May I hum?", answer="<p>Softly.</p>", topic="visit")
    entries = {"heading": "Visits", "entries": [question.pk]}
    FaqPageFactory(parent=home, body=[{"type": "faqs", "value": entries}])
    for query, title in [
        ("sycamore", "North"),
        ("barn", "North"),
        ("opening hours", "North"),
        ("wizards", "Drip"),
        ("what it costs", "Drip"),
        ("hum", "Questions"),
        ("crisis", "Get help now"),
        ("appointment", "Request a consultation"),
        ("cita", "Solicitar una consulta"),
    ]:
        assert title in titles(query), query


def test_nothing_hidden_is_in_the_index(home, blog):
    post(blog, "lantern", live=False)
    PageViewRestriction.objects.create(page=post(blog, "lantern"), restriction_type=PageViewRestriction.LOGIN)
    assert find("lantern").hits == []
    assert "lantern" not in " ".join(document.body for document in documents_of(public_keys()))


def test_a_notice_and_what_no_reader_sees_are_not(home):
    places = LocationIndexPageFactory(parent=home)
    LocationPageFactory(parent=places, notice="The zeppelin is late", notice_until="2020-01-01")
    assert find("zeppelin").hits == []


def test_concepts_are_bounded_bare_and_without_doubles():
    assert [concept.said for concept in concepts_of("Ríde, ride HOME!")] == [("ride",), ("home",)]
    assert len(concepts_of(" ".join(f"word{n}" for n in range(90)))) == MOST_CONCEPTS
    assert concepts_of('the "') == []


@given(st.text(max_size=300))
def test_an_expression_holds_bare_words_alone(text):
    for concept in concepts_of(text):
        for phrase in concept.phrases:
            assert all(word.isalnum() for word in phrase)


# Characters that mean something to an index, beside any others.
ODD = st.text(
    st.sampled_from("\"*^:()-+{}\x00'’ éßﬁ İ़ ANDORNEAR lantern\n\t_%;\\") | st.characters(), max_size=120
)


def test_whatever_is_typed_is_answered(blog, client):
    """One site for all examples, so that the index is made once."""
    post(blog, "lantern")

    @given(ODD)
    def ask(text):
        answer = client.get("/search/", {"query": text})
        assert answer.status_code == 200

    ask()


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ("a", "a", 0),
        ("lantern", "lanterm", 1),
        ("lantern", "lnatern", 1),
        ("lantern", "lanern", 1),
        ("ab", "cd", 2),
    ],
)
def test_slips_are_counted(one, other, distance):
    assert distance_of(one, other, 3) == distance


def test_the_nearest_and_most_usual_word_is_meant():
    assert nearest("lanterm", {"lantern": 1, "lanterns": 9, "cat": 50}, 2)[:2] == ["lantern", "lanterns"]
    assert nearest("lamp", {"lamb": 1, "camp": 9}, 1)[:2] == ["lamb", "camp"]
    assert nearest("x" * 26, {"x" * 25: 1}, 0) == []


def test_a_search_costs_the_same_few_queries(blog, client, count_queries):
    for _ in range(3):
        post(blog, "lantern")
    few = count_queries(lambda: client.get("/search/?query=lantern"))
    for _ in range(27):
        post(blog, "lantern")
    assert count_queries(lambda: client.get("/search/?query=lantern")) == few <= 6
    assert count_queries(lambda: client.get("/search/?query=nothinglikethis")) <= 6


@pytest.mark.once
@pytest.mark.long
def test_with_ten_thousand_posts_too(blog, client, count_queries):
    first = post(blog, "lantern")
    few = count_queries(lambda: client.get("/search/?query=lantern"))
    copy_post(first, 10_000)
    generation.start_new()
    # The worker's part.
    Building(path()).go_on(float("inf"))
    answer = client.get("/search/?query=lantern")
    assert answer.context["total"] == 100
    assert count_queries(lambda: client.get("/search/?query=lantern")) == few
    assert count_queries(lambda: client.get("/search/page/10/?query=lantern")) <= 6
    assert client.get("/search/page/11/?query=lantern").status_code == 404
