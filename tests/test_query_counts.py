"""No page type asks the database more often when there is more to show."""

import pytest
from wagtail.models import Page, PageViewRestriction

from blog.models import BlogPage
from tests.factories.pages import (
    BlogIndexPageFactory,
    BlogPageFactory,
    BlogTopicFactory,
    ComparisonPageFactory,
    FaqPageFactory,
    FeesPageFactory,
    HomePageFactory,
    LocationIndexPageFactory,
    LocationPageFactory,
    PersonPageFactory,
    PolicyIndexPageFactory,
    PolicyPageFactory,
    StandardPageFactory,
    TeamIndexPageFactory,
    TreatmentIndexPageFactory,
    TreatmentPageFactory,
)

FEW, MANY = 3, 60


@pytest.fixture
def blog(db):
    """A site with a page of every type; the home page shows posts as well."""
    home = HomePageFactory.make_site()
    StandardPageFactory(parent=home)
    ComparisonPageFactory(parent=TreatmentIndexPageFactory(parent=home))
    TreatmentPageFactory(parent=home.get_children().get(title="Treatments"))
    PersonPageFactory(parent=TeamIndexPageFactory(parent=home))
    LocationPageFactory(parent=LocationIndexPageFactory(parent=home))
    PolicyPageFactory(parent=PolicyIndexPageFactory(parent=home))
    FaqPageFactory(parent=home)
    FeesPageFactory(parent=home)
    blog = BlogIndexPageFactory(parent=home)
    shown = {"heading": "From the blog", "introduction": "", "page": blog, "limit": 3}
    home.body = [("child_pages", shown)]
    home.save()
    return blog


def write_posts(blog, number):
    """Add posts on one topic."""
    topic = (
        BlogTopicFactory(slug="rest")
        if not blog.numchild
        else blog.get_children().first().specific.topics.first()
    )
    for post in BlogPageFactory.create_batch(number, parent=blog):
        post.topics.add(topic)
        post.save()


def counts(client, count_queries):
    """Return the number of queries for one page of each type, the feed, the topic and a search."""
    addresses = ["/blog/feed/", "/blog/topic/rest/", "/search/?query=post+says", "/sitemap.xml"]
    for model in {page.specific_class for page in Page.objects.live().filter(depth__gt=1)}:
        addresses.append(model.objects.live().order_by("path").first().url)
    return {address: count_queries(lambda a=address: client.get(a)) for address in addresses}


def test_counts_are_the_same_with_3_and_with_60_posts(client, blog, count_queries):
    write_posts(blog, FEW)
    few = counts(client, count_queries)
    blog.refresh_from_db()
    write_posts(blog, MANY - FEW)
    assert counts(client, count_queries) == few
    assert len(few) == 4 + 16


def test_what_is_remembered_ends_with_its_generation(client, blog):
    write_posts(blog, 1)
    post = BlogPage.objects.first()
    assert client.get(post.url).status_code == 200
    # Past every signal.
    Page.objects.filter(pk=blog.pk).update(title="Renamed", show_in_menus=True)
    assert b"Renamed" in client.get("/").content
    assert b"Renamed" in client.get(post.url).content
    PageViewRestriction.objects.bulk_create([PageViewRestriction(page_id=blog.pk, restriction_type="login")])
    assert client.get(post.url).status_code == 302
    assert b"Renamed" not in client.get("/").content
