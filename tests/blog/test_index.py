"""The list of posts by path, by topic and as a feed."""

from datetime import date

import pytest
from defusedxml import ElementTree

from tests.factories.pages import BlogIndexPageFactory, BlogPageFactory, BlogTopicFactory, HomePageFactory

pytestmark = pytest.mark.once

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def blog(db):
    return BlogIndexPageFactory(parent=HomePageFactory.make_site())


def titles(response):
    return [post.title for post in response.context["posts"]]


def test_newest_posts_come_first(client, blog):
    BlogPageFactory(parent=blog, title="Old", published_on=date(2026, 1, 1))
    BlogPageFactory(parent=blog, title="New", published_on=date(2026, 2, 1))
    assert titles(client.get("/blog/")) == ["New", "Old"]


def test_drafts_stay_away(client, blog):
    BlogPageFactory(parent=blog, live=False)
    assert titles(client.get("/blog/")) == []


def test_paging_by_path(client, blog):
    for day in range(1, 9):
        BlogPageFactory(parent=blog, title=f"Day {day}", published_on=date(2026, 1, day))
    assert titles(client.get("/blog/"))[0] == "Day 8"
    assert titles(client.get("/blog/page/2/")) == ["Day 2", "Day 1"]
    assert b'href="/blog/page/2/"' in client.get("/blog/").content


@pytest.mark.parametrize("address", ["/blog/page/0/", "/blog/page/1/", "/blog/page/9/", "/blog/topic/none/"])
def test_addresses_that_hold_nothing_are_unknown(client, blog, address):
    BlogPageFactory(parent=blog)
    assert client.get(address).status_code == 404


def test_posts_of_a_topic(client, blog):
    topic = BlogTopicFactory(name="Safety", slug="safety")
    post = BlogPageFactory(parent=blog, title="About safety")
    post.topics.add(topic)
    post.save()
    BlogPageFactory(parent=blog, title="About rest")
    response = client.get("/blog/topic/safety/")
    assert titles(response) == ["About safety"]
    assert response.context["list_url"] == "/blog/topic/safety/"


def test_feed_holds_the_newest_posts(client, blog, settings):
    settings.SITE_URL = "https://clinic.test"
    BlogPageFactory(parent=blog, title="Fresh & clear", summary="What is new.")
    response = client.get("/blog/feed/")
    assert response["Content-Type"].startswith("application/atom+xml")
    entry = ElementTree.fromstring(response.content).find(f"{ATOM}entry")
    assert entry.find(f"{ATOM}title").text == "Fresh & clear"
    assert entry.find(f"{ATOM}link").get("href") == "https://clinic.test/blog/fresh-clear/"


@pytest.mark.parametrize("mark", ["\x0b", "\x0c", "\x01", "\x1f", "\ufffe", "\uffff"])
def test_no_character_breaks_the_feed(client, blog, mark):
    blog.title, blog.summary = f"Our{mark} thoughts", f"What we{mark} write."
    blog.save()
    BlogPageFactory(parent=blog, title=f"Fresh{mark} air", slug="fresh", summary=f"What{mark} is new.")
    feed = ElementTree.fromstring(client.get("/blog/feed/").content)
    entry = feed.find(f"{ATOM}entry")
    assert feed.find(f"{ATOM}subtitle").text == "What we write."
    assert [entry.find(f"{ATOM}{name}").text for name in ("title", "summary")] == [
        "Fresh air",
        "What is new.",
    ]
    ElementTree.fromstring(client.get("/sitemap.xml").content)


def test_list_queries_do_not_grow(client, blog, count_queries):
    BlogPageFactory(parent=blog)
    few = count_queries(lambda: client.get("/blog/"))
    for _ in range(5):
        BlogPageFactory(parent=blog)
    assert count_queries(lambda: client.get("/blog/")) == few
