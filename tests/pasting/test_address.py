"""The address where the editor's page sends what was pasted."""

import json

import pytest
from django.urls import reverse

from clinic.pasting.limits import LONGEST, MOST_TAGS
from tests.factories.pages import HomePageFactory
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def paste(client):
    """Send something as an editor."""
    HomePageFactory.make_site()
    client.force_login(UserFactory(group="Editors"))
    return lambda **sent: client.post(reverse("pasting"), sent)


def test_a_field_gets_what_its_editor_takes(paste):
    answer = paste(
        html="<h2>Head</h2><p>10<sup>6</sup> <b>cells</b></p><ol><li>one</li></ol>",
        takes=["bold", "ol", "h3"],
    )
    blocks = answer.json()["content"]["blocks"]
    assert [(block["type"], block["text"]) for block in blocks] == [
        ("header-three", "Head"),
        ("unstyled", "10⁶ cells"),
        ("ordered-list-item", "one"),
    ]
    assert [span["style"] for span in blocks[1]["inlineStyleRanges"]] == ["BOLD"]
    assert answer["Cache-Control"].startswith("max-age=0")


def test_a_whole_text_gets_blocks_as_the_form_of_the_page_holds_them(paste):
    answer = paste(html="<h1>Title</h1><h2>Section</h2><p>Words</p>", whole="on").json()
    assert answer["title"] == "Title"
    assert [block["type"] for block in answer["blocks"]] == ["heading", "text"]
    assert answer["blocks"][0]["value"] == {"text": "Section"}
    assert json.loads(answer["blocks"][1]["value"])["blocks"][0]["text"] == "Words"


@pytest.mark.parametrize("group", ["Medical reviewers", "Front desk", "Managers", "Auditors", None])
def test_only_who_writes_pages_gets_an_answer(client, group):
    client.force_login(UserFactory(group=group))
    answer = client.post(reverse("pasting"), {"html": "<p>words</p>"})
    assert answer.status_code == 302
    assert b"words" not in answer.content


def test_it_takes_no_get_and_no_forged_form(client, paste):
    assert client.get(reverse("pasting")).status_code == 405
    client.handler.enforce_csrf_checks = True
    assert paste(html="<p>words</p>").status_code == 403


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<p>" + "x" * LONGEST + "</p>", "too much to paste at once"),
        ("x" * (3 * LONGEST), "too much to paste at once"),
        ("<b>" * (MOST_TAGS + 1), "too involved"),
        ("", "no words in what you copied"),
        ("<p> &nbsp; </p><img src='x.png'>", "no words in what you copied"),
    ],
)
def test_what_can_not_be_pasted_is_refused_in_plain_words(paste, html, said):
    answer = paste(html=html, whole="on")
    assert answer.status_code == 400
    assert said in answer.json()["error"]


def test_an_unknown_feature_is_no_fault_of_the_reader(paste):
    answer = paste(html="<p>words</p>", takes=["bold", "nonsense"])
    assert answer.status_code == 400
    assert "could not be read" in answer.json()["error"]
