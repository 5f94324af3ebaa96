"""A post and what stands around it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Page

from blog.models import BlogPage
from tests.factories.pages import (
    BlogIndexPageFactory,
    BlogPageFactory,
    BlogTopicFactory,
    HomePageFactory,
    PersonPageFactory,
    TeamIndexPageFactory,
)

pytestmark = pytest.mark.once


@pytest.fixture
def home(db):
    return HomePageFactory.make_site()


@pytest.fixture
def blog(home):
    return BlogIndexPageFactory(parent=home)


def page_of(client, post):
    return client.get(post.url).content.decode()


def test_byline_names_author_and_date(client, home, blog):
    author = PersonPageFactory(parent=TeamIndexPageFactory(parent=home), title="Nurse (sample)")
    html = page_of(client, BlogPageFactory(parent=blog, author=author, published_on=date(2026, 3, 1)))
    assert "Nurse (sample)" in html
    assert '<time datetime="2026-03-01"' in html


def test_numbered_lists_are_kept(client, blog):
    body = [{"type": "text", "value": "<ol><li>First</li><li>Second</li></ol>"}]
    assert "<ol><li>First</li><li>Second</li></ol>" in page_of(
        client, BlogPageFactory(parent=blog, body=body)
    )


def test_share_row_holds_plain_links(client, blog, settings):
    settings.SITE_URL = "https://clinic.test"
    html = page_of(client, BlogPageFactory(parent=blog, title="Ride home", slug="ride-home"))
    assert "Share this post" in html
    for host in [
        "www.facebook.com/sharer",
        "mail.google.com/mail/?view=cm",
        "x.com/intent/post",
        "www.linkedin.com/sharing",
        "www.pinterest.com/pin/create",
    ]:
        assert f"https://{host}" in html
    assert "https%3A%2F%2Fclinic.test%2Fblog%2Fride-home%2F" in html
    assert "mailto:?subject=Ride%20home" in html
    assert html.count('target="_blank"') == html.count('rel="noopener noreferrer"')


def test_consultation_link_names_the_section_only(client, blog):
    assert 'href="/consultation/?from=blog"' in page_of(client, BlogPageFactory(parent=blog))


def test_other_posts_on_the_same_topic_come_first(blog):
    topic = BlogTopicFactory()
    post, near = BlogPageFactory(parent=blog), BlogPageFactory(parent=blog, published_on=date(2020, 1, 1))
    far = BlogPageFactory(parent=blog, published_on=date(2026, 5, 1))
    BlogPageFactory(parent=blog, live=False)
    for page in (post, near):
        page.topics.add(topic)
        page.save()
    assert [card.title for card in post.related_posts] == [near.title, far.title]


def test_other_posts_without_topics_are_the_newest(blog):
    post = BlogPageFactory(parent=blog)
    old, new = [BlogPageFactory(parent=blog, published_on=date(year, 1, 1)) for year in (2020, 2021)]
    assert [card.title for card in post.related_posts] == [new.title, old.title]


def choosing(*posts):
    return [("post", post) for post in posts]


def test_chosen_posts_come_first_and_once(client, blog):
    old, older = [BlogPageFactory(parent=blog, published_on=date(year, 1, 1)) for year in (2020, 2019)]
    new, newer = [BlogPageFactory(parent=blog, published_on=date(year, 1, 1)) for year in (2024, 2025)]
    post = BlogPageFactory(parent=blog, chosen_posts=choosing(older, new))
    assert [card.title for card in post.related_posts] == [older.title, new.title, newer.title]
    html = page_of(client, post)
    assert html.index(f">{older.title}<") < html.index(f">{new.title}<") < html.index(f">{newer.title}<")
    assert f">{old.title}<" not in html


def test_chosen_posts_that_nobody_may_read_and_the_post_itself_are_left_out(blog):
    other, gone, post = BlogPageFactory.create_batch(3, parent=blog)
    draft = BlogPageFactory(parent=blog, live=False)
    post.chosen_posts = choosing(draft, gone, post)
    post.save()
    gone.delete()
    post.refresh_from_db()
    assert [card.title for card in post.related_posts] == [other.title]


def test_no_more_than_three_posts_are_chosen(blog):
    field = BlogPage._meta.get_field("chosen_posts")
    posts = choosing(*BlogPageFactory.create_batch(4, parent=blog))
    field.stream_block.clean(field.to_python(posts[:3]))
    with pytest.raises(ValidationError):
        field.stream_block.clean(field.to_python(posts))


def test_a_post_of_the_release_before_has_chosen_none(client, blog):
    other, post = BlogPageFactory(parent=blog), BlogPageFactory(parent=blog)
    # Its rows leave the column empty.
    BlogPage.objects.filter(pk=post.pk).update(chosen_posts=None)
    assert f">{other.title}<" in page_of(client, post)


def test_choosing_costs_the_same_for_one_and_for_three(client, blog, count_queries):
    posts = BlogPageFactory.create_batch(5, parent=blog)
    one = BlogPageFactory(parent=blog, chosen_posts=choosing(posts[0]))
    three = BlogPageFactory(parent=blog, chosen_posts=choosing(*posts[:3]))
    assert count_queries(lambda: client.get(one.url)) == count_queries(lambda: client.get(three.url))


def test_no_post_takes_the_place_of_the_feed(client, blog):
    with pytest.raises(ValidationError, match="taken by the blog itself"):
        BlogPageFactory(parent=blog, slug="feed")
    # From a time when it could be chosen.
    Page.objects.filter(pk=BlogPageFactory(parent=blog).pk).update(slug="feed")
    assert client.get("/blog/feed/")["Content-Type"].startswith("application/atom+xml")


def test_read_more_carries_the_title(client, blog):
    BlogPageFactory(parent=blog, title="Why a ride home")
    html = page_of(client, BlogPageFactory(parent=blog))
    assert "Other Recent Post" in html
    assert "Read More »" in html


def test_changed_slug_redirects(client, blog, django_capture_on_commit_callbacks):
    post = BlogPageFactory(parent=blog, slug="before")
    post.slug = "after"
    with django_capture_on_commit_callbacks(execute=True):
        post.save_revision().publish()
    response = client.get("/blog/before/")
    assert (response.status_code, response["Location"]) == (301, "/blog/after/")
    assert client.get("/blog/after/").status_code == 200


def test_queries_are_the_same_with_3_and_60_posts(client, blog, count_queries):
    post = BlogPageFactory(parent=blog)
    BlogPageFactory.create_batch(2, parent=blog)
    few = count_queries(lambda: client.get(post.url))
    BlogPageFactory.create_batch(57, parent=blog)
    assert count_queries(lambda: client.get(post.url)) == few
