"""Choosers of pages ask in words that a nurse understands."""

import json
from html import unescape

import pytest
from django.urls import reverse

from blog.models import BlogPage
from clinic.core.blocks.choosers import PageChooserBlock
from clinic.core.page_choosers import KindChooser
from clinic.team.models import PersonPage
from tests.factories.pages import BlogIndexPageFactory, BlogPageFactory, HomePageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def texts(widget):
    return widget.choose_one_text, widget.choose_another_text, widget.link_to_chosen_text


def widget_of(model, field):
    return model.get_edit_handler().get_form_class().base_fields[field].widget


def test_a_post_asks_who_wrote_it():
    assert texts(widget_of(BlogPage, "author")) == (
        "Choose who wrote it",
        "Choose another person",
        "Edit this person",
    )


def test_what_leads_to_a_kind_asks_for_it():
    assert texts(KindChooser(PersonPage))[0] == "Choose a person"
    assert texts(PageChooserBlock("treatments.TreatmentPage").widget)[0] == "Choose a treatment"
    assert texts(BlogPage._meta.get_field("chosen_posts").stream_block.child_blocks["post"].widget) == (
        "Choose a blog post",
        "Choose another blog post",
        "Edit this blog post",
    )


def test_what_leads_to_any_page_asks_for_a_page():
    assert texts(PageChooserBlock().widget)[0] == "Choose a page"


def test_the_editor_of_a_post_shows_it(admin_client):
    post = BlogPageFactory(parent=BlogIndexPageFactory(parent=HomePageFactory.make_site()))
    html = unescape(admin_client.get(reverse("wagtailadmin_pages:edit", args=[post.pk])).content.decode())
    assert "Choose who wrote it" in html and "Choose a blog post" in html
    assert "Choose a page (" not in html


def test_the_window_says_what_can_be_chosen(admin_client):
    BlogPageFactory(parent=BlogIndexPageFactory(parent=HomePageFactory.make_site()))
    address = reverse("wagtailadmin_choose_page")
    html = json.loads(admin_client.get(address, {"page_type": "blog.blogpage"}).content)["html"]
    assert "blog post" in html and "The search finds nothing else" in html
    assert "of type" not in html
    whole = json.loads(admin_client.get(address).content)["html"]
    assert "Choose a page" in whole and "finds nothing else" not in whole
