"""Answers that editors pin: when they show, where they lead, who writes them."""

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError

from clinic.search.finding import find
from clinic.search.models import LeadsTo, PinnedAnswer
from tests.factories.pages import (
    BlogIndexPageFactory,
    BlogPageFactory,
    FeesPageFactory,
    HomePageFactory,
)
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return HomePageFactory.make_site()


def answers(query):
    return [(answer.title, answer.address) for answer in find(query).answers]


def pin(words, title="Pinned", **kwargs):
    kwargs.setdefault("leads_to", LeadsTo.HELP)
    return PinnedAnswer.objects.create(words=words, title=title, sentence="So it is.", **kwargs)


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("cost", "What a visit costs"),
        ("How much is it?", "What a visit costs"),
        ("insurence", "Insurance"),
        ("phone", "Call us"),
        ("directions", "How to find us"),
        ("cancel", "Cancel or change a visit"),
        ("espanol", "Solicitar una consulta en español"),
        ("¿Cuánto cuesta?", "Lo que cuesta una visita"),
    ],
)
def test_a_new_site_has_the_usual_answers(home, query, title):
    assert title in [one for one, _address in answers(query)]


def test_an_answer_shows_where_its_words_stand_side_by_side(home):
    pin("purple  Lámp\n\nzebra")
    assert answers("a purple lamp please") == [("Pinned", "/get-help-now/")]
    assert answers("zebras zebra") == [("Pinned", "/get-help-now/")]
    assert answers("lamp purple") == []
    assert answers("purple") == []


def test_the_longest_phrase_wins_and_few_are_shown(home):
    for number, words in enumerate(["red", "red lamp", "red lamp shade"]):
        pin(words, title=f"Pinned {number}")
    assert [title for title, _address in answers("red lamp shade")] == ["Pinned 2", "Pinned 1"]


def test_it_stands_above_what_was_found_on_the_first_page_alone(home, client):
    blog = BlogIndexPageFactory(parent=home)
    for number in range(11):
        words = [{"type": "text", "value": "<p>zebra</p>"}]
        BlogPageFactory(parent=blog, body=words, title=f"Post {number}")
    pin("zebra")
    page = client.get("/search/?query=zebra").content.decode()
    assert page.index("So it is.") < page.index('class="results"')
    assert "So it is." not in client.get("/search/page/2/?query=zebra").content.decode()


def test_what_is_not_there_yet_leads_to_the_phone(home, settings):
    settings.CLINIC_DEFAULTS = settings.CLINIC_DEFAULTS | {"phone": "+1 303 555 0100"}
    assert answers("cost") == [("What a visit costs", "tel:+13035550100")]


def test_a_section_leads_to_its_page(home):
    FeesPageFactory(parent=home, slug="fees")
    assert answers("cost") == [("What a visit costs", "/fees/")]


def test_a_page_that_is_not_public_is_not_led_to(home):
    hidden = BlogIndexPageFactory(parent=home, live=False)
    pin("zebra", leads_to=LeadsTo.PAGE, page=hidden)
    assert answers("zebra") == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"words": "?!", "leads_to": LeadsTo.HELP}, "words"),
        ({"words": "\n".join(f"w{n}" for n in range(31)), "leads_to": LeadsTo.HELP}, "words"),
        ({"words": "zebra", "leads_to": LeadsTo.PAGE}, "page"),
    ],
)
def test_an_answer_that_would_never_show_is_refused(values, field):
    with pytest.raises(ValidationError) as refused:
        PinnedAnswer(title="t", sentence="s", **values).full_clean()
    assert field in refused.value.message_dict


def test_editors_write_them_and_see_earlier_versions(client):
    client.force_login(UserFactory(group="Editors"))
    sent = {
        "words": "zebra",
        "title": "Pinned",
        "sentence": "So it is.",
        "leads_to": "help",
        "language": "en",
    }
    assert client.post("/admin/snippets/search/pinnedanswer/add/", sent).status_code == 302
    answer = PinnedAnswer.objects.get(title="Pinned")
    assert answer.revisions.count() == 1
    assert client.get(f"/admin/snippets/search/pinnedanswer/history/{answer.pk}/").status_code == 200


def test_others_do_not(client):
    client.force_login(UserFactory(group="Front desk"))
    assert client.get("/admin/snippets/search/pinnedanswer/").status_code == 302
    assert Permission.objects.filter(group__name="Front desk", content_type__app_label="search").count() == 0
