"""What is remembered of the public pages ends with its generation, whoever changed something and however."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site

from blog.models import BlogPage, BlogTopic
from clinic.core import generation_memory
from clinic.core.generation_memory import kept, kept_of, remembering
from clinic.core.models import ClinicImage, Faq, Reference, RegulatoryStatement
from tests.factories.many_posts import add_pictures
from tests.factories.pages import (
    BlogIndexPageFactory,
    BlogPageFactory,
    BlogTopicFactory,
    HomePageFactory,
    PersonPageFactory,
    StandardPageFactory,
    TeamIndexPageFactory,
)


@pytest.fixture
def post(db):
    """A post with something of everything that pages share, on a site whose home page shows it."""
    home = HomePageFactory.make_site()
    author = PersonPageFactory(parent=TeamIndexPageFactory(parent=home), title="Old author", slug="doctor")
    blog = BlogIndexPageFactory(parent=home, show_in_menus=True)
    home.body = [("child_pages", {"heading": "Blog", "introduction": "", "page": blog, "limit": 3})]
    home.save()
    statement = RegulatoryStatement.objects.create(
        name="Approval",
        text="Old statement",
        source_title="A source",
        checked_on=date(2026, 1, 1),
        expires_on=date(2036, 1, 1),
    )
    linked = StandardPageFactory(parent=home, title="Linked", slug="old-place")
    question = Faq.objects.create(question="Old question?", answer="<p>No.</p>", topic="safety")
    post = BlogPageFactory(
        parent=blog,
        title="Old title",
        slug="walk",
        author=author,
        statement=statement,
        picture_id=add_pictures(1),
        references=[("reference", Reference.objects.create(citation="Old study"))],
        body=[
            ("figure", {"image": ClinicImage.objects.get(), "caption": "", "source": ""}),
            ("text", f'<p><a linktype="page" id="{linked.pk}">there</a></p>'),
            ("faqs", {"heading": "Questions", "entries": [question]}),
        ],
    )
    post.topics.add(BlogTopicFactory(name="Old topic", slug="rest"))
    post.save()
    BlogPageFactory(parent=blog, title="Another")
    return post


# Each past every signal: the change, what is gone with it, and what is there instead.
CHANGES = {
    "title": (
        lambda: Page.objects.filter(title="Old title").update(title="New title"),
        "Old title",
        "New title",
    ),
    "author": (
        lambda: Page.objects.filter(title="Old author", slug="doctor").update(title="New one"),
        "Old author",
        "New one",
    ),
    "statement": (lambda: RegulatoryStatement.objects.update(text="New one"), "Old statement", "New one"),
    "reference": (lambda: Reference.objects.update(citation="New one"), "Old study", "New one"),
    "question": (lambda: Faq.objects.update(question="New one?"), "Old question?", "New one?"),
    "topic": (lambda: BlogTopic.objects.update(name="New topic"), "Old topic", "New topic"),
    "link": (
        lambda: Page.objects.filter(slug="old-place").update(slug="new-place", url_path="/front/new-place/"),
        "/old-place/",
        "/new-place/",
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_no_answer_shows_what_was_before(client, post, name):
    change, old, new = CHANGES[name]
    addresses = [post.url, "/", "/blog/", "/blog/feed/", "/blog/topic/rest/", "/search/"]
    assert any(old in client.get(address).content.decode() for address in addresses)
    change()
    after = [client.get(address).content.decode() for address in addresses]
    assert not any(old in page for page in after)
    assert any(new in page for page in after)


def test_a_description_of_a_picture_is_that_of_now(client, post):
    client.get(post.url)
    ClinicImage.objects.update(description="A lake at dawn")
    assert 'alt="A lake at dawn"' in client.get(post.url).content.decode()


def test_a_new_post_and_one_that_is_gone_show_at_once(client, post):
    assert "Third" not in client.get("/blog/").content.decode()
    third = BlogPageFactory(parent=post.get_parent(), title="Third")
    for address in ("/blog/", "/blog/feed/", "/", post.url):
        assert "Third" in client.get(address).content.decode(), address
    Page.objects.filter(pk=third.pk).update(live=False)
    for address in ("/blog/", "/blog/feed/", "/", post.url, "/sitemap.xml"):
        assert "hird" not in client.get(address).content.decode(), address
    assert client.get(third.url).status_code == 404


def test_another_front_door_is_the_front_door_at_once(client, post):
    assert "Blog" in client.get("/").content.decode()
    other = HomePageFactory(parent=Page.objects.get(depth=1), slug="other", hero_heading="Another house")
    StandardPageFactory(parent=other, slug="inside")
    Site.objects.update(root_page=other)
    assert "Another house" in client.get("/").content.decode()
    assert client.get(post.url).status_code == 404
    assert '/inside/"' in client.get("/inside/").content.decode()


@pytest.mark.parametrize("address", ["/", "/blog/", "/blog/feed/", "/sitemap.xml", "/search/", "/nothing/"])
def test_the_number_is_read_before_anything_else(client, post, address):
    for _first_and_later in range(2):
        with CaptureQueriesContext(connection) as made:
            client.get(address)
        assert "core_generation" in made.captured_queries[0]["sql"]
        assert sum("core_generation" in query["sql"] for query in made.captured_queries) == 1


def test_only_what_is_there_is_remembered_and_only_while_something_is_shown(db):
    found = iter([None, "first", "second", "third"])
    with remembering():
        assert [kept("key", lambda: next(found)) for _time in range(3)] == [None, "first", "first"]
    assert kept("key", lambda: next(found)) == "second"
    with remembering():
        assert kept("key", lambda: next(found)) == "first"
        with remembering():
            assert kept("key", lambda: next(found)) == "first"
        assert kept("key", lambda: next(found)) == "first"
    assert kept("key", lambda: next(found)) == "third"


def test_several_are_found_together_and_each_once(db):
    asked = []

    def find(keys):
        asked.append(sorted(keys))
        return {key: key * 10 for key in keys if key < 9}

    with remembering():
        assert kept_of("kind", [1, 2, 9], find) == {1: 10, 2: 20}
        assert kept_of("kind", [2, 3], find) == {2: 20, 3: 30}
        assert kept_of("other", [2], find) == {2: 20}
    assert asked == [[1, 2, 9], [3], [2]]


def test_what_is_remembered_stays_within_bounds(db, monkeypatch):
    monkeypatch.setattr(generation_memory, "MOST", 10)
    with remembering():
        for number in range(100):
            assert kept(number, lambda n=number: str(n)) == str(number)
            assert len(generation_memory._kept[1]) <= 10


def test_nobody_who_edits_is_shown_something_remembered(client, post, django_user_model):
    client.force_login(django_user_model.objects.create_superuser("editor", "editor@example.org", "x"))
    with CaptureQueriesContext(connection) as made:
        assert client.get(f"/admin/pages/{post.pk}/edit/").status_code == 200
    assert not any("core_generation" in query["sql"] for query in made.captured_queries)
    assert BlogPage.objects.get(pk=post.pk).title == "Old title"
