"""The editor's pages load what listens for pasting."""

import pytest
from django.urls import reverse

from tests.factories.pages import BlogIndexPageFactory, HomePageFactory
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def editor(client):
    client.force_login(UserFactory(group="Editors"))
    return client


def test_a_page_with_blocks_takes_a_whole_text(editor):
    blog = BlogIndexPageFactory(parent=HomePageFactory.make_site())
    page = editor.get(reverse("wagtailadmin_pages:add", args=["blog", "blogpage", blog.pk])).content.decode()
    # Posts extend the story, and so have the place above it too.
    assert "clinic.pasting.Story" in page
    for script in ("ask.js", "rich_text.js", "plain_field.js", "whole_text.js"):
        assert f"pasting/js/{script}" in page
    assert f'data-pasting="{reverse("pasting")}"' in page


def test_a_question_has_a_rich_text_that_is_pasted_into(editor):
    page = editor.get(reverse("wagtailsnippets_core_faq:add")).content.decode()
    assert f'data-pasting="{reverse("pasting")}"' in page
    assert "pasting/js/rich_text.js" in page
