"""A page that isn't for everybody shows nowhere, and who asks for it meets a page of ours."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from clinic.core.facts import publish_facts
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
from tests.factories.users import UserFactory

pytestmark = pytest.mark.once

PASSWORD, LOGIN, GROUPS = PageViewRestriction.PASSWORD, PageViewRestriction.LOGIN, PageViewRestriction.GROUPS
TOPIC = "Talk of rest"


@pytest.fixture
def pages(db):
    """A site in which every page that can be pointed at is pointed at in every way there is."""
    home = HomePageFactory.make_site()
    team = TeamIndexPageFactory(parent=home, title="Our people", show_in_menus=True)
    places = LocationIndexPageFactory(parent=home, title="Our places", show_in_menus=True)
    policies = PolicyIndexPageFactory(parent=home, title="Our promises", show_in_menus=True)
    treatments = TreatmentIndexPageFactory(parent=home, title="Our care", show_in_menus=True)
    blog = BlogIndexPageFactory(parent=home, title="Our thoughts", slug="blog", show_in_menus=True)
    person = PersonPageFactory(parent=team, title="Zelda Zimmer")
    topic = BlogTopicFactory(name=TOPIC)
    found = {
        "team": team,
        "places": places,
        "policies": policies,
        "treatments": treatments,
        "blog": blog,
        "fees": FeesPageFactory(parent=home, title="Our prices", show_in_menus=True),
        "questions": FaqPageFactory(parent=home, title="Often asked", show_in_menus=True),
        "person": person,
        "place": LocationPageFactory(parent=places, title="Northgate"),
        "policy": PolicyPageFactory(parent=policies, title="Quiet words"),
        "treatment": TreatmentPageFactory(parent=treatments, title="Slow infusion"),
        "post": BlogPageFactory(parent=blog, title="Evening walk", author=person, topics=[topic]),
        "page": StandardPageFactory(parent=home, title="Plain thing", show_in_menus=True),
    }
    found["other post"] = BlogPageFactory(parent=blog, title="Morning walk", author=person, reviewer=person)
    ComparisonPageFactory(parent=treatments, options=[option(found["treatment"]), option(None)])
    StandardPageFactory(parent=home, title="Signpost", body=pointing_at(found.values()))
    publish_facts()
    return found


def option(page):
    return {"type": "option", "value": {"name": "A way", "page": page and page.pk}}


def pointing_at(pages):
    """Blocks that point at each of the pages in every way that names no title."""
    blocks = []
    for page in pages:
        card = {"title": "A card", "text": "Of a page.", "page": page.pk}
        action = {"heading": "An action", "text": "", "label": "Go", "page": page.pk}
        link = f'<p><a linktype="page" id="{page.pk}">a link</a></p>'
        shown = {"heading": "Below", "introduction": "", "page": page.pk, "limit": 12}
        blocks += [
            {"type": "cards", "value": {"heading": "Cards", "cards": [card, card]}},
            {"type": "action", "value": action},
            {"type": "text", "value": link},
            {"type": "child_pages", "value": shown},
        ]
    return blocks


def restrict(page, kind=LOGIN):
    PageViewRestriction.objects.create(page=page, restriction_type=kind, password="open sesame")


def everything_public(client, hidden=()):
    """Return what all public addresses show, under each address."""
    pages = Page.objects.live().public().filter(depth__gt=1)
    more = ["/nothing/", "/sitemap.xml", "/consultation/"]
    more += [f"/search/?query={page.title}" for page in hidden]
    if pages.filter(slug="blog").exists():
        more.append("/blog/feed/")
    return {url: client.get(url).content.decode() for url in [*(page.url for page in pages), *more]}


SECTIONS = ["team", "places", "policies", "treatments", "blog"]
LEAVES = ["fees", "questions", "person", "place", "policy", "treatment", "post", "page"]


@pytest.mark.parametrize("names", [SECTIONS, LEAVES], ids=["sections", "leaves"])
@pytest.mark.parametrize("hide", [restrict, lambda page: page.unpublish()], ids=["restricted", "unpublished"])
def test_hidden_pages_show_nowhere(client, pages, names, hide):
    hidden = [pages[name] for name in names]
    for page in hidden:
        hide(page)
    publish_facts()
    shown = everything_public(client, hidden)
    for page in hidden:
        links = (f'href="{page.url}"', f"{page.url}<")
        assert [url for url, html in shown.items() if any(link in html for link in links)] == []
        # Somebody is named as the author of what they wrote, and who searches sees their own words.
        if page.title != "Zelda Zimmer":
            naming = [url for url, html in shown.items() if page.title in html and "/search/" not in url]
            assert naming == []


def test_nothing_is_hidden_by_chance(client, pages):
    shown = "".join(everything_public(client).values())
    assert [name for name, page in pages.items() if f'href="{page.url}"' not in shown] == []


def test_a_topic_of_hidden_posts_only_is_not_offered(client, pages):
    assert TOPIC in client.get("/blog/").content.decode()
    restrict(pages["post"])
    assert TOPIC not in client.get("/blog/").content.decode()


def test_pages_below_a_restricted_one_are_hidden_too(client, pages):
    restrict(pages["treatments"])
    publish_facts()
    assert "Slow infusion" not in client.get("/consultation/").content.decode()
    assert "Slow infusion" not in client.get("/search/?query=infusion").content.decode().replace("query=", "")


@pytest.mark.parametrize("kind", [PASSWORD, LOGIN, GROUPS])
def test_who_asks_for_a_restricted_page_meets_a_page_of_ours(client, pages, kind):
    restrict(pages["page"], kind)
    publish_facts()
    response = client.get(pages["page"].url, follow=True)
    html = response.content.decode()
    assert "This page isn’t for everybody" in html
    assert 'class="crisis-strip"' in html
    assert 'type="password"' not in html
    assert "Plain thing" not in html


def test_who_may_see_a_restricted_page_signs_in_and_sees_it(client, pages):
    restrict(pages["page"], LOGIN)
    closed = client.get(pages["page"].url, follow=True).content.decode()
    assert 'href="/admin/login/?next=/plain-thing/"' in closed
    client.force_login(UserFactory())
    assert client.get(pages["page"].url).status_code == 200


def test_the_way_back_leads_nowhere_else(client, db):
    html = client.get("/staff-only/?next=https://elsewhere.example/").content.decode()
    assert "elsewhere" not in html
    assert client.get("/staff-only/").status_code == 403


def test_who_is_not_in_the_group_stays_out(client, pages):
    restrict(pages["page"], GROUPS)
    PageViewRestriction.objects.get().groups.add(Group.objects.create(name="Board"))
    client.force_login(UserFactory())
    assert "This page isn’t for everybody" in client.get(pages["page"].url, follow=True).content.decode()


@pytest.mark.parametrize(
    "address",
    ["/_util/login/", "/_util/authenticate_with_password/1/1/", "/documents/authenticate_with_password/1/"],
)
def test_the_doors_wagtail_brings_are_closed(client, pages, address):
    restrict(pages["page"], PASSWORD)
    CollectionViewRestriction.objects.create(
        pk=1,
        collection=Collection.objects.get_or_create(depth=1, defaults={"path": "0001", "name": "Root"})[0],
        restriction_type=PASSWORD,
        password="open sesame",
    )
    assert client.get(address).status_code == 404


def test_shared_passwords_are_not_offered(client, pages):
    client.force_login(UserFactory(superuser=True))
    response = client.get(f"/admin/pages/{pages['page'].pk}/privacy/")
    assert "password" not in response.json()["html"]


def test_queries_do_not_grow_with_restrictions(client, pages, count_queries):
    restrict(pages["page"])
    few = count_queries(lambda: client.get("/signpost/"))
    for name in ("person", "place", "policy"):
        restrict(pages[name])
    assert count_queries(lambda: client.get("/signpost/")) <= few
