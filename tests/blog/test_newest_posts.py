"""The block *Newest posts*, on any page."""

import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import PageViewRestriction

from clinic.core.blocks import StoryBlock
from tests.factories.many_posts import add_pictures
from tests.factories.pages import (
    BlogIndexPageFactory,
    BlogPageFactory,
    HomePageFactory,
    StandardPageFactory,
)

pytestmark = pytest.mark.once


@pytest.fixture
def blog(db):
    return BlogIndexPageFactory(parent=HomePageFactory.make_site(), title="Our blog")


@pytest.fixture
def page(blog):
    return StandardPageFactory(parent=blog.get_parent(), body=showing())


def showing(limit=3, more="All posts"):
    return [("newest_posts", {"heading": "Newly written", "limit": limit, "more": more})]


def post(blog, title, day, **fields):
    return BlogPageFactory(parent=blog, title=title, published_on=date(2026, 1, day), **fields)


def titles(html):
    return re.findall(r'<a class="card__link"[^>]*>([^<]*)</a>', html)


def html_of(client, page):
    return client.get(page.url).content.decode()


def test_as_many_as_wanted_the_newest_first(client, blog, page):
    for day, title in [(3, "Third"), (1, "First"), (4, "Fourth"), (2, "Second")]:
        post(blog, title, day)
    html = html_of(client, page)
    assert titles(html) == ["Fourth", "Third", "Second"]
    assert f'href="{blog.url}">All posts' in html
    post(blog, "Fifth", 5)
    assert titles(html_of(client, page)) == ["Fifth", "Fourth", "Third"]


def test_without_words_the_link_bears_the_title_of_the_blog(client, blog, page):
    post(blog, "One", 1)
    page.body = showing(more="")
    page.save()
    assert f'href="{blog.url}">Our blog' in html_of(client, page)


def test_nothing_is_shown_while_there_are_no_posts(client, blog, page):
    post(blog, "A draft", 1, live=False)
    assert "Newly written" not in html_of(client, page)


def test_nothing_is_shown_without_a_blog(client, blog, page):
    blog.delete()
    assert "Newly written" not in html_of(client, page)


def test_a_post_for_some_people_only_stays_away(client, blog, page):
    post(blog, "Open", 1)
    PageViewRestriction.objects.create(page=post(blog, "Closed", 2), restriction_type="login")
    assert titles(html_of(client, page)) == ["Open"]


def test_a_blog_that_is_not_public_shows_nowhere(client, blog, page):
    post(blog, "One", 1)
    blog.unpublish()
    assert "Newly written" not in html_of(client, page)


@pytest.mark.parametrize(("limit", "is_right"), [(0, False), (1, True), (6, True), (7, False)])
def test_between_one_and_six_posts_can_be_wanted(limit, is_right):
    story = StoryBlock()
    value = story.to_python([{"type": name, "value": value} for name, value in showing(limit)])
    if is_right:
        story.clean(value)
    else:
        with pytest.raises(ValidationError):
            story.clean(value)


def test_queries_are_the_same_with_1_and_30_posts(client, blog, page, count_queries):
    picture = add_pictures(1)
    post(blog, "One", 1, picture_id=picture)
    few = count_queries(lambda: client.get(page.url))
    for day in range(1, 30):
        post(blog, f"Day {day}", day, picture_id=picture)
    assert count_queries(lambda: client.get(page.url)) == few
