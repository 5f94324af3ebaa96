"""Any change that can show in public starts a new generation, however it is made; no other does."""

import pytest
from django.db import connection
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Page, PageViewRestriction, Site

from blog.models import BlogPage
from clinic.core import generation, generation_triggers
from clinic.core.models import ClinicSettings, Faq
from tests.factories.pages import BlogIndexPageFactory, BlogPageFactory, HomePageFactory, StandardPageFactory


@pytest.fixture
def post(db):
    home = HomePageFactory.make_site()
    StandardPageFactory(parent=home, slug="other")
    return BlogPageFactory(parent=BlogIndexPageFactory(parent=home), title="First")


def _other(post):
    return Page.objects.get(slug="other")


def _publish_edit(post):
    post.title = "Changed"
    post.save_revision().publish()


def _restrict(post):
    PageViewRestriction.objects.create(page=post.page_ptr, restriction_type="login")


def _move(post):
    post.move(_other(post), pos="last-child")


SEEN = {
    "publish": _publish_edit,
    "unpublish": lambda post: post.unpublish(),
    "expire": lambda post: post.unpublish(set_expired=True),
    "restrict": _restrict,
    "move": _move,
    "delete": lambda post: post.delete(),
    "copy": lambda post: post.copy(update_attrs={"slug": "again", "title": "Again"}),
    "update of a title": lambda post: Page.objects.filter(pk=post.pk).update(title="By hand"),
    "update of a body": lambda post: BlogPage.objects.filter(pk=post.pk).update(summary="By hand"),
    "settings": lambda post: ClinicSettings.objects.create(site=Site.objects.get(), name="Ridge"),
    "snippet": lambda post: Faq.objects.create(question="Why?", answer="<p>So.</p>"),
    "site": lambda post: Site.objects.update(hostname="other.example.org"),
    "redirect": lambda post: Redirect.objects.create(old_path="/old", redirect_page=post),
    "collection": lambda post: Collection.objects.update(name="Other"),
}


def _number():
    """Return the number as if all so far were committed.

    PostgreSQL counts once a transaction, and a test is one.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('clinic.generation_of', '', true)")
    return generation.current()


@pytest.mark.parametrize("change", SEEN)
def test_what_shows_starts_a_generation(post, change):
    before = _number()
    SEEN[change](post)
    assert _number() > before


def test_what_editors_do_among_themselves_starts_nothing(post):
    page, draft = (
        _other(post).specific,
        StandardPageFactory(parent=post.get_parent().get_parent(), live=False),
    )
    before = _number()
    for version in ("Not yet", "Nor now"):
        page.title = version
        page.save_revision()
    draft.save_revision()
    Page.objects.filter(pk=page.pk).update(locked=True, draft_title="Other")
    StandardPageFactory(parent=page, live=False)
    # Saved as it is.
    BlogPage.objects.get(pk=post.pk).save()
    draft.delete()
    assert _number() == before


def test_every_public_table_has_its_triggers(db):
    assert generation_triggers.missing() == []
    generation_triggers.take_off()
    assert "blog_blogpage" in generation_triggers.missing()
    generation_triggers.put_on()
    assert generation_triggers.missing() == []


def test_a_number_is_never_given_twice(db):
    generation.start_new()
    generation.start_new()
    after = generation.current()
    generation.start_new()
    assert generation.current() == after + 1
