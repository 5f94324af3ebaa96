"""What pages say to machines: in words of schema.org, what readers see, and nobody who isn't real."""

import json
import re
from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from clinic.core.facts import publish_facts
from clinic.core.models import ClinicSettings, Reference, RegulatoryStatement
from clinic.locations.models import LocationClosure, LocationHours
from consults import guarded_facts
from tests.core.vocabulary import faults
from tests.factories.pages import (
    BlogIndexPageFactory,
    BlogPageFactory,
    BlogTopicFactory,
    ComparisonPageFactory,
    HomePageFactory,
    LocationIndexPageFactory,
    LocationPageFactory,
    PersonPageFactory,
    StandardPageFactory,
    TeamIndexPageFactory,
    TreatmentIndexPageFactory,
    TreatmentPageFactory,
)

pytestmark = pytest.mark.once
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
ADDRESS = "https://clinic.test"
REAL = {"licence_number": "DR.0099", "licence_state": "Colorado", "role": "Physician"}


@pytest.fixture(autouse=True)
def address(settings):
    settings.SITE_URL = ADDRESS
    settings.CLINIC_DEFAULTS = {"name": "Quiet Clinic", "phone": "(555) 555-0100"}
    settings.DEMO_MODE = False


@pytest.fixture
def home(db):
    return HomePageFactory.make_site()


@pytest.fixture
def team(home):
    return TeamIndexPageFactory(parent=home, slug="team")


@pytest.fixture
def blog(home):
    return BlogIndexPageFactory(parent=home, slug="blog")


@pytest.fixture
def place(home):
    places = LocationIndexPageFactory(parent=home, slug="locations")
    return LocationPageFactory(
        parent=places, slug="ridge", title="Ridge", street="100 Placeholder Street", phone="(555) 555-0142"
    )


def graph_of(client, page):
    """Return the first node of each type; the page holds one block, and it breaks no word."""
    blocks = BLOCK.findall(client.get(page.url).content.decode())
    assert len(blocks) == 1
    graph = json.loads(blocks[0])
    assert faults(graph) == []
    return {node["@type"]: node for node in reversed(graph["@graph"])}


def test_every_page_names_site_clinic_and_the_way_to_it(client, home, blog):
    page = BlogPageFactory(parent=blog, slug="first", title="First words")
    nodes = graph_of(client, page)
    assert nodes["WebSite"]["name"] == "Quiet Clinic"
    clinic = nodes["MedicalClinic"]["@id"]
    assert nodes["WebSite"]["publisher"] == nodes["BlogPosting"]["publisher"] == {"@id": clinic}
    steps = [(step["position"], step["item"]) for step in nodes["BreadcrumbList"]["itemListElement"]]
    ways = ["/", "/blog/", "/blog/first/"]
    assert steps == [(number, ADDRESS + way) for number, way in enumerate(ways, start=1)]
    plain = graph_of(client, StandardPageFactory(parent=home))
    assert plain.keys() == {"WebSite", "WebPage", "MedicalClinic", "BreadcrumbList"}
    assert "BreadcrumbList" not in graph_of(client, home)


def test_the_front_door_says_where_and_when_the_clinic_is(client, home, place):
    LocationHours.objects.bulk_create(
        [
            LocationHours(page=place, weekday=day, opens=time(9), closes=time(17), sort_order=day)
            for day in (0, 1, 3)
        ]
    )
    today = timezone.localdate()
    LocationClosure.objects.create(
        page=place, first_day=today + timedelta(days=9), last_day=today + timedelta(days=10), reason="Holiday"
    )
    LocationClosure.objects.create(
        page=place, first_day=today - timedelta(days=9), last_day=today - timedelta(days=8), reason="Long ago"
    )
    now = guarded_facts.current()
    guarded_facts.change({**now.values, "phone": "(555) 555-0100"}, actor=None, base=now.version)
    publish_facts()
    for page, number in ((home, "+15555550100"), (place, "+15555550142")):
        clinic = graph_of(client, page)["MedicalClinic"]
        assert clinic["telephone"] == number
        assert clinic["address"]["streetAddress"] == "100 Placeholder Street"
        [usual] = clinic["openingHoursSpecification"]
        assert usual["dayOfWeek"] == ["Monday", "Tuesday", "Thursday"]
        assert (usual["opens"], usual["closes"]) == ("09:00", "17:00")
        [closed] = clinic["specialOpeningHoursSpecification"]
        assert (closed["opens"], closed["closes"]) == ("00:00", "00:00")
        assert closed["validFrom"] == (today + timedelta(days=9)).isoformat()
    assert clinic["parentOrganization"]["@id"] == f"{ADDRESS}/#clinic"


def test_what_is_not_known_is_not_said(client, home, settings):
    settings.CLINIC_DEFAULTS = {"name": "Quiet Clinic", "phone": ""}
    clinic = graph_of(client, home)["MedicalClinic"]
    assert clinic.keys() == {"@type", "@id", "name", "url"}


def test_a_post_names_author_days_and_topics(client, blog, team):
    author = PersonPageFactory(parent=team, slug="doctor", title="Dr. Real", **REAL)
    post = BlogPageFactory(
        parent=blog,
        author=author,
        published_on=date(2026, 3, 1),
        updated_on=date(2026, 4, 2),
        summary="Short.",
    )
    post.topics.add(BlogTopicFactory(name="Rest", slug="rest"))
    post.save()
    told = graph_of(client, post)["BlogPosting"]
    assert (told["headline"], told["description"], told["keywords"]) == (post.title, "Short.", ["Rest"])
    assert (told["datePublished"], told["dateModified"]) == ("2026-03-01", "2026-04-02")
    assert told["author"]["name"] == "Dr. Real"
    assert told["author"]["url"] == f"{ADDRESS}/team/doctor/"


@pytest.mark.parametrize(
    ("demo", "person"), [(True, REAL), (False, {}), (False, {**REAL, "live": False}), (False, None)]
)
def test_nobody_is_named_who_is_not_real(client, blog, team, settings, demo, person):
    settings.DEMO_MODE = demo
    somebody = None if person is None else PersonPageFactory(parent=team, title="Sample", **person)
    post = BlogPageFactory(parent=blog, author=somebody, reviewer=somebody, reviewed_on=date(2026, 5, 1))
    nodes = graph_of(client, post)
    assert "Person" not in json.dumps(nodes)
    assert "lastReviewed" not in json.dumps(nodes) and "reviewedBy" not in json.dumps(nodes)
    assert nodes["BlogPosting"]["author"] == {"@id": f"{ADDRESS}/#clinic"}
    if somebody and somebody.live:
        assert "Person" not in json.dumps(graph_of(client, somebody))


def test_a_real_review_is_told_with_whose_it_is(client, blog, team):
    reviewer = PersonPageFactory(parent=team, slug="doctor", title="Dr. Real", **REAL)
    source = Reference.objects.create(citation="A study, 2024")
    post = BlogPageFactory(
        parent=blog, reviewer=reviewer, reviewed_on=date(2026, 5, 1), references=[("reference", source)]
    )
    page = graph_of(client, post)["MedicalWebPage"]
    assert page["lastReviewed"] == "2026-05-01"
    assert page["reviewedBy"]["name"] == "Dr. Real"
    assert page["citation"] == ["A study, 2024"]
    unsigned = BlogPageFactory(parent=blog, reviewer=reviewer)
    assert "reviewedBy" not in json.dumps(graph_of(client, unsigned))


def test_a_person_is_told_with_the_licence(client, team):
    person = PersonPageFactory(parent=team, title="Dr. Real", credentials="MD", **REAL)
    told = graph_of(client, person)["ProfilePage"]["mainEntity"]
    assert (told["name"], told["jobTitle"]) == ("Dr. Real", "Physician")
    assert told["hasCredential"]["identifier"] == "DR.0099"


def test_a_treatment_goes_with_its_risks_and_no_indication(client, home):
    statement = RegulatoryStatement.objects.create(
        name="Approval",
        text="Not approved for depression.",
        source_title="A source",
        checked_on=date(2026, 1, 1),
        expires_on=date(2096, 1, 1),
    )
    treatments = TreatmentIndexPageFactory(parent=home, slug="treatments")
    page = TreatmentPageFactory(
        parent=treatments,
        statement=statement,
        risks="<p>Dizziness.</p><p>Nausea &amp; fear.</p>",
        not_for="<p>Mania.</p>",
    )
    [therapy] = graph_of(client, page)["MedicalWebPage"]["about"]
    assert therapy["adverseOutcome"]["description"] == "Dizziness. Nausea & fear."
    assert therapy["contraindication"] == "Mania."
    assert therapy["legalStatus"] == "Not approved for depression."
    assert "ndication" not in " ".join(therapy).replace("contraindication", "")
    RegulatoryStatement.objects.update(expires_on=date(2026, 1, 2))
    [therapy] = graph_of(client, page)["MedicalWebPage"]["about"]
    assert "legalStatus" not in therapy
    comparison = ComparisonPageFactory(parent=treatments)
    names = [option.value["name"] for option in comparison.options]
    about = graph_of(client, comparison)["MedicalWebPage"]["about"]
    assert [therapy["name"] for therapy in about] == names


def test_no_word_of_an_editor_ends_the_block(client, blog):
    title = 'A</script><script>alert("1")</script><!-- & more'
    post = BlogPageFactory(parent=blog, title=title, slug="broken")
    assert graph_of(client, post)["BlogPosting"]["headline"] == title
    block = BLOCK.search(client.get(post.url).content.decode())[1]
    assert not set("<>&") & set(block)


def test_nobody_praises_the_clinic(client, home, place):
    ClinicSettings.objects.all().delete()
    for page in (home, place):
        told = json.dumps(graph_of(client, page))
        assert not re.search("Review|Rating|priceRange|geo", told)
