"""Words that lead to the form, the help page and the clinic's phone, chosen where pages are chosen."""

import json
from dataclasses import replace

import pytest
from django.urls import reverse
from wagtail.rich_text import expand_db_html, features

from clinic.core.facts import default_facts, write_facts
from clinic.core.fixed_places import PLACES
from clinic.core.page_links import CLINIC_PHONE
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def editor(client):
    client.force_login(UserFactory(group="Editors"))
    return client


def choose(client, place, words="", **query):
    data = {"place-link-chooser-place": place, "place-link-chooser-link_text": words}
    return json.loads(client.post(reverse("choose_place", query=query), data).content)


def test_each_tab_of_the_link_chooser_offers_it(editor):
    tabs = {
        "wagtailadmin_choose_page": "A page",
        "wagtailadmin_choose_page_external_link": "Another site",
        "wagtailadmin_choose_page_email_link": "An e-mail address",
        "wagtailadmin_choose_page_phone_link": "Another phone",
        "wagtailadmin_choose_page_anchor_link": "A place on this page",
        "choose_place": "Form, help, phone",
    }
    allowed = {f"allow_{kind}_link": "true" for kind in ("external", "email", "phone", "anchor")}
    for name, words in tabs.items():
        html = json.loads(editor.get(reverse(name, query=allowed)).content)["html"]
        assert f"<b>{words}</b>" in html
        assert all(other in html for other in tabs.values()), name


def test_where_only_a_page_can_be_chosen_it_is_not_offered(editor):
    html = json.loads(editor.get(reverse("wagtailadmin_choose_page")).content)["html"]
    assert "Form, help, phone" not in html


@pytest.mark.parametrize("name", PLACES)
def test_a_place_becomes_a_link_of_this_site(editor, name):
    told = choose(editor, reverse(name))
    assert told["step"] == "external_link_chosen"
    assert (told["result"]["url"], told["result"]["title"]) == (reverse(name), PLACES[name])
    assert editor.get(reverse(name)).status_code == 200


def test_words_that_were_marked_stay(editor):
    told = choose(editor, CLINIC_PHONE, "call us", link_text="call us")["result"]
    assert (told["title"], told["prefer_this_title_as_link_text"]) == ("call us", False)


def test_a_link_that_is_there_is_found_chosen(editor):
    answer = editor.get(reverse("choose_place", query={"link_url": CLINIC_PHONE}))
    chosen = f'value="{CLINIC_PHONE}" required id="id_place-link-chooser-place_5" checked'
    assert chosen in json.loads(answer.content)["html"]


@pytest.mark.parametrize(
    ("door", "link", "title"),
    [
        ("choose_again", "/consultation/", "Link to the form"),
        ("choose_again_here", "clinic-phone", "Link to the form"),
        ("choose_again", "https://elsewhere.example/", "Add an external link"),
        ("choose_again", "", "Add an external link"),
        ("choose_again_here", "below", "Add an anchor link"),
    ],
)
def test_a_link_is_opened_again_where_it_was_made(editor, door, link, title):
    html = json.loads(editor.get(reverse(door, query={"link_url": link})).content)["html"]
    assert title in html
    assert ("checked" in html) == (title == "Link to the form")


def test_the_editor_opens_links_by_these_doors():
    options = {}
    features.get_editor_plugin("draftail", "link").construct_options(options)
    [doors] = [entity["chooserUrls"] for entity in options["entityTypes"]]
    assert (str(doors["externalLinkChooser"]), str(doors["anchorLinkChooser"])) == (
        reverse("choose_again"),
        reverse("choose_again_here"),
    )


@pytest.mark.parametrize("place", ["", "https://elsewhere.example/", "javascript:alert(1)", "x" * 9000])
def test_nothing_else_is_taken(editor, place):
    told = choose(editor, place)
    assert told["step"] == "external_link" and "error" in told["html"]


@pytest.mark.parametrize("number", ["(555) 555-0100", "(555) 555-0199"])
def test_what_calls_the_clinic_follows_its_number(number):
    write_facts(replace(default_facts(), phone=number))
    html = expand_db_html(
        f'<p><a href="{CLINIC_PHONE}">call us</a>, <a id="up" href="#b&amp;c">below</a></p>'
    )
    digits = "".join(filter(str.isdecimal, number))
    assert html == f'<p><a href="tel:+1{digits}">call us</a>, <a id="up" href="#b&amp;c">below</a></p>'


def test_without_a_number_the_words_stay():
    write_facts(replace(default_facts(), phone=""))
    assert expand_db_html(f'<a href="{CLINIC_PHONE}">call us</a>') == "<a>call us</a>"
