"""Links to pages that readers don't get are listed, each with its fault, and nothing else is."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from clinic.core.broken_links import MOST, broken_links, count_broken_links
from clinic.core.models import ClinicSettings, Faq
from clinic.removal.broken import due_links
from clinic.removal.purging import remove_for_good
from clinic.removal.removing import remove
from tests.factories.pages import (
    HomePageFactory,
    PolicyIndexPageFactory,
    PolicyPageFactory,
    StandardPageFactory,
)
from tests.factories.users import UserFactory
from tests.removal.conftest import link_to

pytestmark = [pytest.mark.django_db, pytest.mark.once]
REPORT = "/admin/broken-links/"


@pytest.fixture
def home():
    return HomePageFactory.make_site()


@pytest.fixture
def target(home):
    return StandardPageFactory(parent=home, title="Parking", slug="parking")


@pytest.fixture
def source(home, target):
    return StandardPageFactory(parent=home, title="Directions", body=[("text", link_to(target))])


def faults():
    return [(link.row.title, link.target, link.fault) for link in broken_links()]


def unpublish(page):
    page.unpublish()


def close(page):
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def end_soon(page):
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() + timedelta(days=3))


@pytest.mark.parametrize(
    ("hide", "fault"),
    [
        (unpublish, "It isn’t published."),
        (remove, "It isn’t published."),
        (close, "It is kept for some people."),
        (end_soon, "It goes on "),
    ],
)
def test_each_way_of_not_being_there_has_its_fault(source, target, hide, fault):
    assert faults() == []
    hide(target)
    [(where, to, said)] = faults()
    assert (where, to) == ("Directions", "Parking") and said.startswith(fault)


def test_a_page_that_is_gone_for_good_is_missed(source, target):
    remove_for_good(remove(target))
    assert faults() == [("Directions", "a page that is gone", "It was deleted.")]


def test_what_no_reader_sees_is_no_broken_link(source, target):
    target.unpublish()
    source.unpublish()
    assert faults() == [] and count_broken_links() == 0


def test_a_page_that_ends_later_is_none(source, target):
    Page.objects.filter(pk=target.pk).update(expire_at=timezone.now() + timedelta(days=90))
    assert faults() == []


def test_snippets_and_settings_count(home, target):
    policy = PolicyPageFactory(parent=PolicyIndexPageFactory(parent=home), title="Privacy")
    ClinicSettings.objects.update_or_create(site=Site.objects.get(), defaults={"privacy_page": policy})
    Faq.objects.create(question="Where to park?", answer=link_to(target), topic=Faq.Topic.values[0])
    target.unpublish()
    policy.unpublish()
    assert {(where, to) for where, to, _ in faults()} >= {("Where to park?", "Parking")}
    assert "Privacy" in {to for _, to, _ in faults()}


def test_editors_read_it_and_mend_with_one_tap(client, source, target):
    client.force_login(UserFactory(group="Editors"))
    assert "leads somewhere" in client.get(REPORT).content.decode()
    target.unpublish()
    page = client.get(REPORT).content.decode()
    assert "Parking" in page and f"/admin/pages/{source.pk}/edit/" in page and "1 place." in page


def test_the_start_page_and_what_is_due_name_it(client, source, target):
    editor = UserFactory(group="Editors")
    client.force_login(editor)
    source.save_revision(user=editor).publish()
    assert "Links that lead nowhere" not in client.get("/admin/").content.decode()
    target.unpublish()
    for place in ("/admin/", "/admin/due/"):
        page = client.get(place).content.decode()
        assert f"/admin/pages/{source.pk}/edit/" in page and "Parking" in page, place
    assert [due.account for due in due_links(None)] == [editor.pk]


def test_many_cost_the_same_as_few(client, source, target, home, count_queries):
    client.force_login(UserFactory(group="Editors"))
    target.unpublish()
    few = count_queries(lambda: client.get(REPORT))
    for _ in range(29):
        other = StandardPageFactory(parent=home, live=False)
        StandardPageFactory(parent=home, body=[("text", link_to(other) + link_to(target))])
    assert count_queries(lambda: client.get(REPORT)) == few
    assert count_broken_links() == 59


def test_the_list_is_bounded_and_says_so(client, home, target, monkeypatch):
    monkeypatch.setattr("clinic.core.broken_links.MOST", 2)
    client.force_login(UserFactory(group="Editors"))
    for _ in range(3):
        StandardPageFactory(parent=home, body=[("text", link_to(target))])
    target.unpublish()
    assert "3 places, of which you see 2." in client.get(REPORT).content.decode()
    assert MOST == 200
