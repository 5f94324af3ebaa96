"""The builder's pages stand without a review where the site is a demonstration, and nobody else's do."""

import pytest

from blog.models import BlogPage
from clinic.core.live_rules import MayNotGoLive
from clinic.demo.builders.demo import Demo
from tests.factories.pages import PARAGRAPH, BlogIndexPageFactory, BlogPageFactory, HomePageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.judged, pytest.mark.once]


@pytest.fixture
def blog():
    return BlogIndexPageFactory(parent=HomePageFactory.make_site())


def build(blog):
    return Demo().page(blog, BlogPage, "sample", title="Sample", body=[("text", PARAGRAPH)])


@pytest.mark.parametrize("is_demo", [True, False])
def test_the_builders_pages(blog, settings, is_demo):
    settings.DEMO_MODE = is_demo
    assert BlogPage.objects.get(pk=build(blog).pk).live is is_demo


def test_whoever_changes_their_words_needs_a_review(blog, settings):
    settings.DEMO_MODE = True
    page = build(blog)
    page.summary = "What is not medical may change freely."
    page.save_revision().publish()
    page.title = "Another title"
    with pytest.raises(MayNotGoLive):
        page.save_revision().publish()


def test_what_somebody_writes_in_the_demonstration_is_judged(blog, settings):
    settings.DEMO_MODE = True
    build(blog)
    post = BlogPageFactory(parent=blog, live=False)
    with pytest.raises(MayNotGoLive):
        post.save_revision().publish()


def test_pages_of_an_older_demonstration_are_its_builders(blog, settings):
    settings.DEMO_MODE = True
    page = build(blog)
    page.delete()
    old = BlogPageFactory(parent=blog, live=False, slug="sample")
    build(blog)
    old.save_revision().publish()
    assert BlogPage.objects.get(pk=old.pk).live
