"""The lists of posts, treatments and people: what they show, what they filter, who gets in."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Workflow

from blog.models import BlogTopic
from clinic.core.models import ClinicImage
from clinic.core.renditions import make_missing_renditions
from tests.core.picture_files import photo_of_phone, upload
from tests.factories.pages import (
    BlogIndexPageFactory,
    BlogPageFactory,
    HomePageFactory,
    PersonPageFactory,
    TeamIndexPageFactory,
    TreatmentIndexPageFactory,
    TreatmentPageFactory,
)
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LISTS = {"posts": "Posts", "treatments": "Treatments", "team": "People"}


@pytest.fixture
def parents():
    home = HomePageFactory.make_site()
    return {
        "posts": BlogIndexPageFactory(parent=home),
        "treatments": TreatmentIndexPageFactory(parent=home),
        "team": TeamIndexPageFactory(parent=home),
    }


@pytest.fixture
def editor(client):
    user = UserFactory(group="Editors")
    client.force_login(user)
    return user


@pytest.fixture
def person(parents):
    return PersonPageFactory(parent=parents["team"], title="Robin Sample")


def make(parents, name, **kwargs):
    factory = {"posts": BlogPageFactory, "treatments": TreatmentPageFactory, "team": PersonPageFactory}[name]
    return factory(parent=parents[name], **kwargs)


def listed(client, name, **query):
    """Return the titles on a list, in its order."""
    response = client.get(f"/admin/{name}/", query)
    assert response.status_code == 200
    return [page.title for page in response.context["object_list"]]


@pytest.mark.parametrize(("name", "label"), LISTS.items())
def test_whoever_writes_finds_it_in_the_menu_and_begins_a_page_there(client, editor, parents, name, label):
    page = make(parents, name, title="Somewhere")
    menu = client.get("/admin/").content.decode()
    assert f'"/admin/{name}/"' in menu and f'"label": "{label}"' in menu
    content = client.get(f"/admin/{name}/").content.decode()
    assert f"/admin/pages/{page.pk}/edit/" in content
    begun = client.get(f"/admin/{name}/choose_parent/")
    assert begun.status_code == 302 and begun.url.endswith(f"/{parents[name].pk}/")
    assert client.get(begun.url).status_code == 200


@pytest.mark.parametrize("group", ["Front desk", "Managers", "Auditors"])
@pytest.mark.parametrize("name", LISTS)
def test_nobody_else_gets_in(client, parents, group, name):
    client.force_login(UserFactory(group=group))
    assert f'"/admin/{name}/"' not in client.get("/admin/").content.decode()
    for address in ("", "results/", "choose_parent/"):
        assert client.get(f"/admin/{name}/{address}").headers["Location"] == "/admin/"


@pytest.mark.parametrize("key", ["9" * 20, "9" * 18, "x" * 500, ""])
def test_a_person_whom_nobody_can_be_is_nobody(client, editor, parents, key):
    answer = client.get("/admin/posts/", {"author": key, "reviewer": key, "topics": key})
    assert answer.status_code == 200


def test_a_row_says_who_wrote_and_checked_it_and_when_it_is_due(client, editor, parents, person):
    author = PersonPageFactory(parent=parents["team"], title="Kim Author")
    yesterday = timezone.localdate() - timedelta(days=1)
    make(parents, "posts", author=author, reviewer=person, next_review_on=yesterday)
    page = client.get("/admin/posts/").content.decode()
    assert "Kim Author" in page and "Robin Sample" in page and "overdue" in page
    # The day of the post, not how long ago it was.
    assert "March 1, 2026" in page and "core/css/listings" in page
    make(parents, "treatments", reviewer=person, next_review_on=timezone.localdate())
    page = client.get("/admin/treatments/").content.decode()
    assert "Robin Sample" in page and 'w-status--primary">overdue' not in page


def test_a_row_shows_the_picture_once_its_sizes_are_there(client, editor, parents):
    picture = ClinicImage(title="a", file=upload(photo_of_phone(), "a.heic"))
    picture.save()
    make(parents, "team", portrait=picture)
    row = client.get("/admin/team/results/")
    assert row.status_code == 200 and 'width="64"' not in row.content.decode()
    while make_missing_renditions(100):
        pass
    assert 'width="64"' in client.get("/admin/team/results/").content.decode()


def test_posts_are_found_by_state(client, editor, parents):
    make(parents, "posts", title="Live")
    make(parents, "posts", title="Draft", live=False)
    changed = make(parents, "posts", title="Changed")
    changed.save_revision()
    submitted = make(parents, "posts", title="Submitted", live=False)
    submitted.save_revision(user=editor)
    Workflow.objects.get(name="Editors approval").start(submitted, editor)
    planned = make(parents, "posts", title="Planned", live=False)
    planned.go_live_at = timezone.now() + timedelta(days=3)
    planned.save_revision().publish()
    found = {
        state: set(listed(client, "posts", state=state))
        for state in ("live", "draft", "changed", "submitted", "scheduled")
    }
    assert found == {
        "live": {"Live", "Changed"},
        "draft": {"Draft", "Submitted", "Planned"},
        "changed": {"Changed"},
        "submitted": {"Submitted"},
        "scheduled": {"Planned"},
    }


@pytest.mark.parametrize("name", ["posts", "treatments"])
def test_pages_are_found_by_their_next_review(client, editor, parents, name):
    today = timezone.localdate()
    for title, days in (("Over", -1), ("Today", 0), ("Soon", 29), ("Late", 60)):
        make(parents, name, title=title, next_review_on=today + timedelta(days=days))
    make(parents, name, title="Never")
    assert listed(client, name, review="over") == ["Over"]
    assert set(listed(client, name, review="soon")) == {"Today", "Soon"}
    assert listed(client, name, review="none") == ["Never"]
    assert listed(client, name, ordering="next_review_on", review="soon") == ["Today", "Soon"]


def test_posts_are_found_by_people_and_topics(client, editor, parents, person):
    topic = BlogTopic.objects.create(name="Safety", slug="safety")
    mine = make(parents, "posts", title="By Robin", author=person)
    mine.topics.add(topic)
    mine.save()
    make(parents, "posts", title="Checked by Robin", reviewer=person)
    assert listed(client, "posts", author=person.pk) == ["By Robin"]
    assert listed(client, "posts", reviewer=person.pk) == ["Checked by Robin"]
    assert listed(client, "posts", topics=topic.pk) == ["By Robin"]


def test_people_who_check_content_are_found(client, editor, parents):
    make(parents, "team", title="Checks", reviews_content=True)
    make(parents, "team", title="Does not")
    assert listed(client, "team", reviews_content="true") == ["Checks"]


def test_words_are_searched_beside_a_filter_and_an_order(client, editor, parents, person):
    """Wagtail's own search fails with what it has no index of."""
    make(parents, "posts", title="Your ride home", author=person)
    make(parents, "posts", title="A second ride", summary="Home again.", author=person)
    make(parents, "posts", title="Your ride home elsewhere")
    query = {"author": person.pk, "ordering": "title", "q": "home RIDE"}
    assert listed(client, "posts", **query) == ["A second ride", "Your ride home"]
    assert set(listed(client, "posts", author=person.pk, q="ride")) == {"A second ride", "Your ride home"}
    assert listed(client, "posts", q="nothing like it") == []


@pytest.mark.parametrize(
    "query", [{"state": "x" * 5000}, {"review": "never"}, {"author": "0"}, {"q": "%_\\"}]
)
def test_what_no_list_knows_does_no_harm(client, editor, parents, query):
    make(parents, "posts")
    assert client.get("/admin/posts/", query).status_code == 200


@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_the_same_for_one_and_for_thirty(client, editor, parents, person, count_queries, name):
    picture = ClinicImage(title="a", file=upload(photo_of_phone(), "a.heic"))
    picture.save()
    parts = {
        "posts": {"author": person, "reviewer": person, "picture": picture},
        "treatments": {"reviewer": person, "picture": picture},
        "team": {"portrait": picture},
    }[name]
    make(parents, name, **parts).save_revision(user=editor)
    few = count_queries(lambda: client.get(f"/admin/{name}/"))
    for _ in range(29):
        make(parents, name, **parts).save_revision(user=editor)
    assert count_queries(lambda: client.get(f"/admin/{name}/")) == few
