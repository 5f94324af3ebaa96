"""The feed is one that every reader of feeds takes."""

from datetime import date
from xml.etree import ElementTree

import pytest

from tests.blog.atom import ATOM, faults
from tests.factories.pages import BlogIndexPageFactory, BlogPageFactory, HomePageFactory

pytestmark = pytest.mark.once


@pytest.fixture
def blog(db, settings):
    settings.SITE_URL = "https://clinic.test"
    return BlogIndexPageFactory(
        parent=HomePageFactory.make_site(), slug="blog", summary="What we write & why."
    )


def feed_of(client):
    return client.get("/blog/feed/").content


def entry_of(client):
    return ElementTree.fromstring(feed_of(client)).find(f"{ATOM}entry")  # noqa: S314


def test_the_feed_is_valid_with_posts_and_without(client, blog):
    assert faults(feed_of(client)) == []
    BlogPageFactory(
        parent=blog, title="Less < more & “quotes” </feed>", summary="If a < b & c > d, say <b>so</b>."
    )
    BlogPageFactory(parent=blog, title="Without a summary", summary="")
    assert faults(feed_of(client)) == []


def test_a_summary_is_words_and_no_markup(client, blog):
    BlogPageFactory(parent=blog, summary="Below <120 & calm")
    summary = entry_of(client).find(f"{ATOM}summary")
    assert (summary.get("type"), summary.text) == ("html", "Below &lt;120 &amp; calm")


def test_an_empty_feed_says_the_same_each_time(client, blog):
    assert feed_of(client) == feed_of(client)
    assert b"<updated>2000-01-01T" in feed_of(client)


def test_a_post_keeps_its_name_in_the_feed_whatever_becomes_of_it(client, blog):
    post = BlogPageFactory(parent=blog, slug="first", published_on=date(2026, 3, 1))
    before = entry_of(client).findtext(f"{ATOM}id")
    post.slug, post.title, post.published_on = "renamed", "Other words", date(2026, 3, 2)
    post.save()
    assert entry_of(client).find(f"{ATOM}link").get("href") == "https://clinic.test/blog/renamed/"
    assert entry_of(client).findtext(f"{ATOM}id") == before


def test_a_post_says_when_its_text_changed(client, blog):
    BlogPageFactory(parent=blog, published_on=date(2026, 3, 1), updated_on=date(2026, 5, 4))
    entry = entry_of(client)
    assert entry.findtext(f"{ATOM}published").startswith("2026-03-01T00:00:00")
    assert entry.findtext(f"{ATOM}updated").startswith("2026-05-04T00:00:00")
    assert ElementTree.fromstring(feed_of(client)).findtext(f"{ATOM}updated").startswith("2026-05-04T")  # noqa: S314


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (
            lambda text: text.replace(b"<author>", b"<contributor>").replace(b"</author>", b"</contributor>"),
            "author",
        ),
        (lambda text: text.replace(b"&amp;lt;", b"&lt;").replace(b"&amp;gt;", b"&gt;"), "no HTML"),
        (lambda text: text.replace(b'rel="self"', b'rel="me"'), "own address"),
        (lambda text: text.replace(b"urn:uuid:", b""), "id"),
        (lambda text: text.replace(b"T00:00:00", b" 00:00:00"), "moment"),
        (lambda text: text.replace(b"</entry>", b"<pubDate/></entry>"), "pubDate"),
    ],
)
def test_the_check_finds_what_is_wrong(client, blog, broken, told):
    BlogPageFactory(parent=blog, summary="One <b>word</b>.")
    assert any(told in fault for fault in faults(broken(feed_of(client))))
