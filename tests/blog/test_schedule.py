"""A post of a day in the future appears on that day, whoever publishes it and however its date changes."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from blog.models import BlogPage
from clinic.core.facts import default_facts, write_facts
from clinic.core.opening_hours import Schedule
from tests.factories.pages import BlogIndexPageFactory, HomePageFactory
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]
# A Friday, noon in Denver.
NOW = datetime(2026, 3, 6, 19, tzinfo=UTC)
# The Monday after, from its first moment in Denver; the clocks change in between.
MONDAY, MONDAY_BEGINS = "2026-03-09", datetime(2026, 3, 9, 6, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOW, tick=False):
        write_facts(replace(default_facts(), hours=Schedule(zone="America/Denver")))
        yield


@pytest.fixture
def blog():
    return BlogIndexPageFactory(parent=HomePageFactory.make_site(), slug="blog")


@pytest.fixture
def editor(client):
    client.force_login(UserFactory(superuser=True))


def data(action="action-publish", **changes):
    fields = {
        "title": "A quiet morning",
        "slug": "a-quiet-morning",
        "summary": "What to expect.",
        "published_on": "2026-03-06",
        "body": streamfield([("text", rich_text("<p>Words.</p>"))]),
        "references": streamfield([]),
        "share_pictures": inline_formset([]),
    }
    return nested_form_data({**fields, action: "yes", **changes})


def typed(moment):
    """A moment as the field of the form shows it."""
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")


def add(client, blog, **changes):
    client.post(reverse("wagtailadmin_pages:add", args=["blog", "blogpage", blog.pk]), data(**changes))
    return BlogPage.objects.get()


def change(client, post, **changes):
    client.post(reverse("wagtailadmin_pages:edit", args=[post.pk]), data(**changes))
    return BlogPage.objects.get().get_latest_revision_as_object()


def test_a_post_of_today_or_before_appears_at_once(client, editor, blog):
    post = add(client, blog)
    assert (post.live, post.go_live_at) == (True, None)
    assert client.get("/blog/a-quiet-morning/").status_code == 200


def test_a_post_of_a_day_to_come_is_scheduled_for_its_beginning_by_the_clinics_clock(client, editor, blog):
    post = add(client, blog, published_on=MONDAY)
    assert (post.live, post.status_string) == (False, "scheduled")
    assert post.scheduled_revision.approved_go_live_at == MONDAY_BEGINS
    assert client.get("/blog/a-quiet-morning/").status_code == 404


def test_the_evening_before_it_is_still_the_day_before(client, editor, blog):
    """In UTC it is the sixth already."""
    with time_machine.travel("2026-03-06T03:00Z", tick=False):
        assert not add(client, blog).live


def test_a_later_time_that_somebody_chose_stays_and_an_earlier_one_does_not(client, editor, blog):
    chosen = "2026-03-09 15:30"
    post = add(client, blog, published_on=MONDAY, go_live_at=chosen, action="action-save")
    assert typed(post.go_live_at) == chosen
    assert typed(change(client, post, go_live_at=chosen).go_live_at) == chosen
    post.delete()
    assert add(client, blog, published_on=MONDAY, go_live_at="2026-03-07 15:30").go_live_at == MONDAY_BEGINS


def test_the_schedule_follows_a_changed_date_and_goes_with_it(client, editor, blog):
    post = add(client, blog, published_on=MONDAY, action="action-save")
    kept = typed(post.go_live_at)
    moved = change(client, post, published_on="2026-03-10", go_live_at=kept, action="action-save")
    assert moved.go_live_at == datetime(2026, 3, 10, 6, tzinfo=UTC)
    assert change(client, post, go_live_at=typed(moved.go_live_at)).go_live_at is None
    assert BlogPage.objects.get().live


def test_a_post_that_is_out_stays_until_its_new_version_is_due(client, editor, blog):
    post = add(client, blog)
    change(client, post, title="A quiet evening", published_on=MONDAY)
    post.refresh_from_db()
    assert (post.live, post.title, post.published_on) == (True, "A quiet morning", date(2026, 3, 6))
    assert post.scheduled_revision.approved_go_live_at == MONDAY_BEGINS


def test_whoever_may_not_publish_leaves_the_day_to_whoever_does(client, blog):
    user = UserFactory(group="Editors")
    GroupPagePermission.objects.filter(permission__codename="publish_page", group__name="Editors").delete()
    client.force_login(user)
    post = add(client, blog, published_on=MONDAY, action="action-save")
    assert not post.live
    post.get_latest_revision().publish()
    post.refresh_from_db()
    assert (post.live, post.scheduled_revision.approved_go_live_at) == (False, MONDAY_BEGINS)
