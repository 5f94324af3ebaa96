"""The button of an action leads to a page, or to a place beside the tree."""

from dataclasses import replace

import pytest
from django.urls import reverse

from clinic.core.blocks import StoryBlock
from clinic.core.blocks.links import ActionBlock
from clinic.core.facts import default_facts, write_facts
from clinic.core.fixed_places import FORMS, PLACES
from tests.factories.pages import HomePageFactory, StandardPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def main_of(client, **chosen):
    """The main part of a page with an action, as it is stored."""
    value = {"heading": "Talk with us", "text": "", "label": "Now", "page": None, **chosen}
    page = StandardPageFactory(parent=HomePageFactory.make_site())
    page.body = StoryBlock().to_python([{"type": "action", "value": value}])
    page.save()
    html = client.get(page.url).content.decode()
    return html[html.index("<main") : html.index("</main>")]


def button(address):
    return f'<a class="button button--action" href="{address}">Now</a>'


@pytest.mark.parametrize("place", PLACES)
def test_it_leads_to_its_place(client, place):
    where_from = "?from=other" if place in FORMS else ""
    assert button(reverse(place) + where_from) in main_of(client, place=place)


def test_it_calls_the_clinic_at_its_number(client):
    write_facts(replace(default_facts(), phone="(555) 555-0142"))
    assert button("tel:+15555550142") in main_of(client, place="phone")


def test_without_a_number_there_is_nothing_to_press(client):
    write_facts(replace(default_facts(), phone=""))
    assert "Talk with us" not in main_of(client, place="phone")


def test_one_of_the_release_before_leads_to_the_form(client):
    assert button(f"{reverse('consultation')}?from=other") in main_of(client)


@pytest.mark.parametrize("place", [{}, {"place": None}, {"place": ""}])
def test_one_that_code_made_without_a_place_leads_to_the_form(place):
    block = ActionBlock()
    value = block.normalize({"heading": "Talk with us", "text": "", "label": "Now", "page": None, **place})
    assert button(f"{reverse('consultation')}?from=other") in block.render(value)


def test_a_form_that_was_open_before_the_places_came_leads_to_the_form():
    data = {"x-heading": "Talk with us", "x-text": "", "x-label": "Now", "x-page": ""}
    block = ActionBlock()
    assert block.clean(block.value_from_datadict(data, {}, "x"))["place"] == "consultation"
