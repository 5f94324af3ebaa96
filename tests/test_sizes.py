"""As many questions to the database with ten thousand posts as with three, for every kind of page."""

from datetime import date

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.documents import get_document_model

from blog.models import BlogPage
from clinic.core import generation_memory
from clinic.core.models import ClinicImage, Faq, Reference, RegulatoryStatement
from tests.factories.many_posts import add_pictures, copy_post
from tests.factories.pages import (
    BlogIndexPageFactory,
    BlogPageFactory,
    BlogTopicFactory,
    HomePageFactory,
    LocationIndexPageFactory,
    LocationPageFactory,
    PersonPageFactory,
    PolicyIndexPageFactory,
    PolicyPageFactory,
    TeamIndexPageFactory,
    TreatmentIndexPageFactory,
    TreatmentPageFactory,
)

POSTS_PER_PAGE = 6
# Where nobody asked for this page in this generation, but somebody for others like it.
MOST = {"post": 8, "home": 10, "search": 6}


@pytest.fixture
def post(db):
    """The first of many posts, with something of everything, on a site that shows posts everywhere."""
    home = HomePageFactory.make_site()
    picture = ClinicImage.objects.get(pk=add_pictures(1))
    treatments = TreatmentIndexPageFactory(parent=home, show_in_menus=True)
    treatment = TreatmentPageFactory(parent=treatments, slug="infusion", picture=picture)
    team = TeamIndexPageFactory(parent=home)
    author = PersonPageFactory(parent=team, slug="doctor", portrait=picture)
    LocationPageFactory(parent=LocationIndexPageFactory(parent=home), slug="ridge")
    PolicyPageFactory(parent=PolicyIndexPageFactory(parent=home))
    blog = BlogIndexPageFactory(parent=home, slug="blog")
    shown = {"heading": "From the blog", "introduction": "", "page": blog, "limit": 3}
    home.body = [("child_pages", shown), ("child_pages", shown | {"page": treatments})]
    home.save()
    question = Faq.objects.create(question="Does it hurt?", answer="<p>No.</p>", topic=Faq.Topic.values[0])
    statement = RegulatoryStatement.objects.create(
        name="Approval",
        text="Not approved.",
        source_title="A source",
        checked_on=date(2026, 1, 1),
        expires_on=date(2036, 1, 1),
    )
    document = get_document_model().objects.create(title="Sheet", file="sheet.pdf", file_size=1)
    links = f'<a linktype="page" id="{treatment.pk}">a</a> <a linktype="document" id="{document.pk}">b</a>'
    post = BlogPageFactory(
        parent=blog,
        slug="first",
        author=author,
        reviewer=author,
        statement=statement,
        picture=picture,
        references=[("reference", Reference.objects.create(citation="A study"))],
        body=[
            ("text", f"<p>{links}</p>"),
            ("figure", {"image": picture, "caption": "", "source": ""}),
            ("faqs", {"heading": "Questions", "entries": [question]}),
            ("action", {"heading": "Next", "text": "", "label": "On", "page": treatment}),
            ("download", {"document": document, "title": "Sheet", "language": "English"}),
            ("text", f"<p>{links}</p>"),
        ],
    )
    post.topics.add(BlogTopicFactory(slug="rest"))
    post.save()
    return post


def addresses(number):
    """Return the addresses of every kind, with so many posts; ``deep`` is the last page of a list."""
    last = -(-number // POSTS_PER_PAGE)
    page = f"page/{last}/" if last > 1 else ""
    return {
        "post": "/blog/first/",
        "home": "/",
        "listing": "/blog/",
        "deep": f"/blog/{page}",
        "topic": "/blog/topic/rest/",
        "deep topic": f"/blog/topic/rest/{page}",
        "feed": "/blog/feed/",
        "sitemap": "/sitemap.xml",
        "search": "/search/",
        "treatments": "/treatments/",
        "treatment": "/treatments/infusion/",
        "team": "/team/",
        "person": "/team/doctor/",
        "location": "/locations/ridge/",
        "unknown": "/nothing/at/all/",
    }


def queries(client, address):
    """Return the statements that one answer asks."""
    with CaptureQueriesContext(connection) as made:
        assert client.get(address).status_code in (200, 404), address
    return [query["sql"] for query in made.captured_queries]


def counts(client, number):
    """Return for each kind of page how many queries it needs, first in a generation and later."""
    first, later = {}, {}
    for kind, address in addresses(number).items():
        generation_memory.forget()
        for cache in caches.all(initialized_only=True):
            cache.clear()
        first[kind] = len(queries(client, address))
        later[kind] = len(queries(client, address))
    return first, later


def grow(post, to):
    copy_post(post, to - BlogPage.objects.count())


def test_counts_are_the_same_with_3_and_300_posts(client, post):
    grow(post, 3)
    first, later = counts(client, 3)
    grow(post, 300)
    first_of_300, later_of_300 = counts(client, 300)
    assert later_of_300 == later
    # With three posts a page also looks for others beside those on its topics.
    assert all(first_of_300[kind] <= first[kind] for kind in first)
    assert all(later[kind] <= most for kind, most in MOST.items()), later
    assert max(later.values()) <= 8, later


@pytest.mark.once
@pytest.mark.long
def test_counts_are_the_same_with_10_000_posts(client, post):
    grow(post, 300)
    few = counts(client, 300)
    grow(post, 10_000)
    assert counts(client, 10_000) == few


def test_a_page_that_nobody_asked_for_yet_asks_little(client, post):
    grow(post, 300)
    for address in addresses(300).values():
        client.get(address)
    assert len(queries(client, "/blog/copy-150/")) <= MOST["post"]
    assert len(queries(client, "/blog/page/20/")) <= MOST["post"]


def test_no_list_reads_a_body_or_a_revision(client, post):
    grow(post, 10)
    lists = [kind for kind in addresses(10) if kind not in ("post", "home", "treatment", "person")]
    for kind in lists:
        generation_memory.forget()
        for statement in queries(client, addresses(10)[kind]):
            assert '"blog_blogpage"."body"' not in statement, kind
            assert "wagtailcore_revision" not in statement, kind
    generation_memory.forget()
    assert any('"blog_blogpage"."body"' in statement for statement in queries(client, "/blog/first/"))
    assert not any('"blog_blogpage"."body"' in statement for statement in queries(client, "/"))


def test_the_first_picture_of_a_page_is_not_waited_for_in_vain(client, post):
    grow(post, 10)
    for address in ("/blog/", "/blog/first/", "/treatments/", "/treatments/infusion/", "/team/doctor/"):
        shown = client.get(address).content.decode().split("<img")[1:]
        assert 'loading="eager"' in shown[0] and 'fetchpriority="high"' in shown[0], address
        assert all('loading="lazy"' in picture for picture in shown[1:]), address
