"""Nothing medical goes live without its review, whatever is missing and by whatever door."""

from dataclasses import replace

import pytest
from django.urls import reverse
from wagtail.models import Page

from blog.models import BlogPage
from clinic.core.facts import default_facts, write_facts
from clinic.core.live_rules import MayNotGoLive, reasons_against
from clinic.review.models import OwnPageReason
from clinic.treatments.models import ComparisonPage, TreatmentPage
from tests.factories.pages import StandardPageFactory
from tests.factories.users import UserFactory
from tests.review.doors import DOORS, IN_PYTHON, MISSING, new_page

pytestmark = pytest.mark.judged


@pytest.fixture
def admin(client):
    client.force_login(UserFactory(superuser=True))
    return client


def is_live(page):
    return Page.objects.get(pk=page.pk).live


def is_scheduled(page):
    return Page.objects.get(pk=page.pk).revisions.filter(approved_go_live_at__isnull=False).exists()


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("missing", MISSING)
def test_refused_with_its_reason(clinic, admin, missing, door):
    make, told = MISSING[missing]
    page = make(clinic)
    answer = DOORS[door](admin, page)
    assert not is_live(page)
    if answer:
        assert answer.status_code in (200, 400)
        assert told in answer.content.decode()
        assert not is_scheduled(page)


@pytest.mark.parametrize("door", DOORS)
def test_with_all_of_it_each_door_opens(clinic, admin, door):
    page = clinic.reviewed()
    DOORS[door](admin, page)
    assert is_live(page) or (is_scheduled(page) and "schedule" in door)


@pytest.mark.parametrize("way", IN_PYTHON)
@pytest.mark.parametrize("missing", MISSING)
def test_refused_in_python(clinic, missing, way):
    make, told = MISSING[missing]
    page = make(clinic)
    with pytest.raises(MayNotGoLive) as refused:
        IN_PYTHON[way](BlogPage.objects.get(pk=page.pk))
    assert not is_live(page)
    if way != "new page":
        assert told in str(refused.value)


@pytest.mark.parametrize("model", [TreatmentPage, ComparisonPage])
def test_treatments_need_no_author_but_a_review(clinic, model):
    page = clinic.draft(model)
    with pytest.raises(MayNotGoLive):
        page.get_latest_revision().publish()
    clinic.review(page).get_latest_revision().publish()
    assert is_live(page)


def test_a_new_page_is_kept_as_typed_and_told_why(clinic, admin):
    page = clinic.reviewed()
    answer = new_page(admin, page)
    assert "No clinician has reviewed it yet" in answer.content.decode()
    assert not BlogPage.objects.filter(slug="new").exists()


# --- what changes nothing -------------------------------------------------------------------------


def test_drafts_of_a_live_page_may_say_anything(clinic, admin):
    page = clinic.live()
    page.title = "Proven cure"
    page.save_revision(user=clinic.writer)
    assert reasons_against(page)
    assert BlogPage.objects.get(pk=page.pk).title != "Proven cure"


def test_a_live_page_that_does_not_hold_stays_and_can_be_moved_locked_and_renamed(clinic, admin):
    page = clinic.live()
    type(clinic.statement).objects.all().update(expires_on="2026-01-02")
    page.move(clinic.blog, pos="first-child")
    page = BlogPage.objects.get(pk=page.pk)
    admin.post(reverse("wagtailadmin_pages:lock", args=[page.pk]))
    page.slug = "renamed"
    page.save()
    assert BlogPage.objects.get(pk=page.pk).live
    page.unpublish()
    assert not is_live(page)


def test_a_schedule_can_be_taken_back(clinic, admin):
    page = clinic.draft()
    revision = page.get_latest_revision()
    type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at="2099-01-01T00:00Z")
    admin.post(reverse("wagtailadmin_pages:revisions_unschedule", args=[page.pk, revision.pk]))
    assert not is_scheduled(page)


def test_other_pages_need_nothing(clinic):
    assert reasons_against(StandardPageFactory(parent=clinic.home)) == []


# --- copies ---------------------------------------------------------------------------------------


def copy(admin, page, **choices):
    form = {
        "new_title": "Copy",
        "new_slug": "copy",
        "new_parent_page": page.get_parent().pk,
        **choices,
    }
    return admin.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), form, follow=True)


@pytest.mark.parametrize("from_above", [False, True])
def test_a_copy_begins_as_a_draft(clinic, admin, from_above):
    page = clinic.live()
    copied = clinic.blog if from_above else page
    choices = {"copy_subpages": "on"} if from_above else {}
    before = Page.objects.count()
    answer = copy(admin, copied, publish_copies="on", **choices)
    assert "A copy begins without a review" in answer.content.decode()
    assert Page.objects.count() == before
    copy(admin, page)
    assert not BlogPage.objects.get(slug="copy").live


def test_an_alias_shows_what_was_reviewed(clinic, admin):
    page = clinic.live()
    copy(admin, page, alias="on")
    alias = BlogPage.objects.get(slug="copy")
    assert alias.live and reasons_against(alias) == []
    answer = admin.post(reverse("wagtailadmin_pages:convert_alias", args=[alias.pk]), follow=True)
    assert "No clinician has reviewed it yet" in answer.content.decode()
    assert BlogPage.objects.get(pk=alias.pk).alias_of_id == page.pk


def test_an_alias_of_what_does_not_hold_is_none(clinic, admin):
    page = clinic.live()
    clinic.reviewer.delete()
    answer = copy(admin, page, alias="on")
    assert "doesn’t check what this site says any more" in answer.content.decode()
    assert not Page.objects.filter(slug="copy").exists()


@pytest.mark.parametrize("keep_live", [True, False])
def test_copies_made_in_python(clinic, keep_live):
    clinic.live()
    attrs = {"title": "Again", "slug": "again"}
    if keep_live:
        with pytest.raises(MayNotGoLive):
            clinic.blog.copy(recursive=True, keep_live=True, update_attrs=attrs)
    else:
        clinic.blog.copy(recursive=True, keep_live=False, update_attrs=attrs)
    assert BlogPage.objects.live().count() == 1


# --- what nobody types ----------------------------------------------------------------------------


def test_what_is_said_of_a_review_can_not_be_typed(clinic, admin):
    page = clinic.draft()
    forged = {
        "reviewer": clinic.reviewer.person.pk,
        "reviewed_on": "2026-01-01",
        "next_review_on": "2099-01-01",
    }
    form = admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).context["form"]
    assert not set(forged) & set(form.fields)
    assert "reviewed_alone" not in form.fields


@pytest.mark.parametrize(
    ("title", "is_medical"),
    [
        ("We moved to River Street", False),
        ("Open on Saturdays from May", False),
        ("Keta<b></b>mine, 40 mg", True),
        ("Ke\u00adtamine", True),
        ("Una infusi\u00f3n sin miedo: depresi\u00f3n", True),
        ("Take 40&nbsp;mg", True),
        ("ESKETAMINE", True),
        ("A treatment that works", True),
    ],
)
def test_a_post_that_speaks_of_medicine_is_medical(clinic, title, is_medical):
    post = clinic.draft(title=title, nothing_medical=True, author=None, statement=None, references=[])
    assert bool(reasons_against(post)) is is_medical


def test_the_clinics_own_name_is_no_medicine(clinic):
    write_facts(replace(default_facts(), name="Ridge Ketamine Clinic"))
    post = clinic.draft(title="Ridge Ketamine Clinic moves", nothing_medical=True, references=[], author=None)
    assert reasons_against(post) == []


def test_a_post_is_medical_unless_it_says_otherwise(clinic):
    assert reasons_against(clinic.draft(title="We moved"))


def test_readers_are_told_where_no_second_clinician_looked(client, clinic):
    page = clinic.draft(author=clinic.reviewer.person)
    OwnPageReason.objects.create(page=page, reason="We are one.", account=UserFactory(group="Managers"))
    clinic.review(page).get_latest_revision().publish()
    told = "Not reviewed by a second clinician"
    assert told in client.get(BlogPage.objects.get(pk=page.pk).url).content.decode()
    assert told not in client.get(clinic.live().url).content.decode()
