"""The worker looks at live pages, and says which don't hold."""

import pytest
from django.utils import timezone
from wagtail.models import Page

from blog.models import BlogPage
from clinic.review import watching
from clinic.review.models import WatchedPage
from tests.factories.pages import StandardPageFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.judged
LIST = "/admin/live-pages-that-do-not-hold/"


def expire(clinic):
    type(clinic.statement).objects.update(expires_on=timezone.localdate())


def write_past_the_site(clinic):
    BlogPage.objects.update(body='[{"type": "text", "value": "<p>A proven cure.</p>", "id": "a"}]')


@pytest.mark.parametrize(
    ("change", "told"), [(expire, "has had to be checked again"), (write_past_the_site, "text changed since")]
)
def test_what_does_not_hold_any_more_stays_and_is_told(client, clinic, caplog, change, told):
    page = clinic.live()
    assert watching.look_at_live_pages() == 0
    change(clinic)
    WatchedPage.objects.update(looked_at=timezone.now() - watching.ABOUT_A_DAY)
    assert watching.look_at_live_pages() == 1
    assert Page.objects.get(pk=page.pk).live
    assert [r.getMessage().split()[:2] for r in caplog.records if r.levelname == "ERROR"] == [
        ["page", str(page.pk)]
    ]
    client.force_login(UserFactory(group="Editors"))
    for address in (LIST, "/admin/"):
        shown = client.get(address).content.decode()
        assert page.title in shown and told in shown


def test_pages_of_before_the_rule_stay_and_are_told(clinic):
    page = clinic.draft()
    Page.objects.filter(pk=page.pk).update(live=True)
    assert watching.look_at_live_pages() == 1
    assert "No clinician has reviewed it yet" in watching.not_holding().get().reasons


def test_what_was_mended_is_told_no_longer(clinic):
    page = clinic.live()
    expire(clinic)
    watching.look_at_live_pages()
    type(clinic.statement).objects.update(expires_on="2099-01-01")
    WatchedPage.objects.update(looked_at=timezone.now() - watching.SOON)
    assert watching.look_at_live_pages() == 0
    assert not watching.not_holding().exists()
    page.unpublish()
    watching.look_at_live_pages()
    assert not WatchedPage.objects.exists()


def test_each_is_looked_at_once_a_day_and_others_not(clinic, monkeypatch):
    StandardPageFactory(parent=clinic.home)
    for _ in range(3):
        clinic.live()
    monkeypatch.setattr(watching, "MOST_AT_ONCE", 2)
    for looked_at in (2, 3, 3):
        watching.look_at_live_pages()
        assert WatchedPage.objects.count() == looked_at


def test_the_list_costs_the_same_for_many(client, clinic, count_queries):
    client.force_login(UserFactory(group="Editors"))
    expire(clinic)

    def fail(number):
        for _ in range(number):
            page = clinic.draft()
            Page.objects.filter(pk=page.pk).update(live=True)
        watching.look_at_live_pages()

    fail(1)
    few = count_queries(lambda: client.get(LIST)), count_queries(lambda: client.get("/admin/"))
    fail(8)
    assert (count_queries(lambda: client.get(LIST)), count_queries(lambda: client.get("/admin/"))) == few
