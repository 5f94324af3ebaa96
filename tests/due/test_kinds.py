"""What falls due: what of each kind is told of, from when on, and what is not."""

from datetime import date, timedelta

import pytest
import time_machine
from wagtail.models import Page

from clinic.core.models import SharePicture, SiteNotice
from clinic.due import finding
from clinic.due.finding import find_due
from clinic.treatments.models import TreatmentPage
from tests.due.conftest import MAKERS, TODAY, changed_by
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("on_monday")]
UNDATED = ("Unused pictures", "Broken links", "Old drafts", "Notices")
DATED = [heading for heading in MAKERS if heading not in UNDATED]


def headings():
    return [found.kind.heading for found in find_due()]


def make(clinic, heading, day, **values):
    return getattr(clinic, MAKERS[heading])(day, **values)


def test_there_is_a_maker_for_each_kind():
    assert [kind.heading for kind in finding.kinds()] == list(MAKERS)


@pytest.mark.parametrize("heading", DATED)
@pytest.mark.parametrize(("days", "is_told"), [(-400, True), (0, True), (30, True), (31, False)])
def test_each_is_told_of_from_a_month_before_until_it_is_mended(clinic, heading, days, is_told):
    make(clinic, heading, TODAY + timedelta(days=days))
    assert headings() == ([heading] if is_told else [])


@pytest.mark.parametrize(("days", "is_told"), [(-1, False), (0, True), (30, True), (31, False)])
def test_a_notice_is_told_of_until_it_has_ended(clinic, days, is_told):
    clinic.notice(TODAY + timedelta(days=days))
    assert headings() == (["Notices"] if is_told else [])


@pytest.mark.parametrize(("days", "is_told"), [(-100, True), (0, False), (1, False)])
def test_a_draft_is_told_of_once_it_is_old(clinic, days, is_told):
    clinic.draft(TODAY + timedelta(days=days))
    assert headings() == (["Old drafts"] if is_told else [])


@pytest.mark.parametrize("heading", MAKERS)
def test_over_and_coming_are_told_apart(clinic, heading):
    make(clinic, heading, TODAY - timedelta(days=3) if heading == "Old drafts" else TODAY)
    [found] = find_due()
    assert (len(found.over(TODAY)), len(found.coming(TODAY))) == (1, 0)


def test_what_readers_do_not_see_has_no_day(clinic):
    for thing in (clinic.review(TODAY), clinic.licence(TODAY)):
        thing.unpublish()
    for thing in (clinic.statement(TODAY), clinic.question(TODAY)):
        type(thing).objects.filter(pk=thing.pk).update(live=False)
    clinic.fee(TODAY)
    clinic.fees.unpublish()
    assert headings() == []


def test_a_fee_that_another_of_its_name_follows_is_mended(clinic):
    clinic.fee(TODAY, title="Infusion")
    assert headings() == ["Fees"]
    clinic.fee(TODAY + timedelta(days=365), title="infusion")
    assert headings() == []


def test_a_picture_that_something_shows_is_used(clinic):
    picture = clinic.picture()
    assert headings() == ["Unused pictures"]
    clinic.home.share_pictures.add(SharePicture(picture=picture))
    clinic.home.save()
    assert headings() == []


def test_whoever_changed_it_last_answers_for_it(clinic):
    first, last = UserFactory(), UserFactory()
    page = clinic.review(TODAY)
    Page.objects.filter(pk=page.pk).update(owner=first)
    assert [item.account for item in find_due()[0].items] == [first.pk]
    changed_by(page, last)
    changed_by(clinic.statement(TODAY), last)
    changed_by(SiteNotice.objects.get(pk=clinic.notice(TODAY).pk), last)
    assert [[item.account for item in found.items] for found in find_due()] == [[last.pk]] * 3


def test_the_first_due_stand_first_and_there_is_a_bound(clinic, monkeypatch):
    for n in range(5):
        clinic.question(TODAY - timedelta(days=n), title=f"Question {n}")
    [found] = find_due()
    assert [item.title for item in found.items] == [f"Question {n}" for n in range(4, -1, -1)]
    assert not found.has_more
    monkeypatch.setattr("clinic.due.kinds.MOST", 3)
    monkeypatch.setattr(finding, "MOST", 3)
    [found] = find_due()
    assert [item.title for item in found.items] == ["Question 4", "Question 3", "Question 2"]
    assert found.has_more


def test_each_is_mended_where_it_leads(clinic, client):
    client.force_login(UserFactory(superuser=True))
    for heading in MAKERS:
        make(clinic, heading, TODAY - timedelta(days=1) if heading == "Old drafts" else TODAY)
    addresses = [item.address for found in find_due() for item in found.items]
    assert len(addresses) == len(MAKERS)
    for address in addresses:
        assert client.get(address).status_code == 200, address


def test_the_day_is_the_clinics(clinic):
    """Nine in the evening in Denver is the next day in UTC."""
    with time_machine.travel("2026-12-01T04:00:00Z", tick=False):
        assert finding.today() == date(2026, 11, 30)


@pytest.mark.parametrize("number", [1, 30])
def test_it_costs_the_same_for_many(clinic, count_queries, number):
    for heading in MAKERS:
        for n in range(number):
            day = TODAY - timedelta(days=1) if heading == "Old drafts" else TODAY
            make(clinic, heading, day, title=f"{heading} {n}")
    assert sum(len(found.items) for found in find_due()) == number * len(MAKERS)
    # One for each kind, and one more for the second type of medical pages and for that of posts. Broken links
    # take five more: what is closed, where they stand, what they lead to; removed drafts are left out by one.
    assert count_queries(find_due) == len(MAKERS) + 8
    assert TreatmentPage.objects.count() == number
