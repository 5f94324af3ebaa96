"""A review is the act of one person with this very text."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageLogEntry, Revision

from blog.models import BlogPage
from clinic.review.digests import digest_of
from clinic.review.models import FindingsReason, OwnPageReason, Review
from clinic.review.recording import CannotReview, record_review
from clinic.treatments.models import ComparisonPage, TreatmentPage
from tests.factories.pages import PersonPageFactory, StandardPageFactory
from tests.factories.review import ReviewingAccountFactory, in_a_year
from tests.factories.users import UserFactory

KINDS = [BlogPage, TreatmentPage, ComparisonPage]


def try_to_review(clinic, page, **answers):
    wanted = {"account": clinic.reviewer.account, "next_review_on": in_a_year()} | answers
    return record_review(page, page.get_latest_revision(), **wanted)


@pytest.mark.parametrize("model", KINDS)
def test_page_and_version_say_who_reviewed_it_and_the_history_too(clinic, model):
    page = clinic.draft(model)
    review = try_to_review(clinic, page, override_reason="  A quotation.  ")
    assert (FindingsReason.objects.get().reason, review.is_own) == ("A quotation.", False)
    for said in (model.objects.get(pk=page.pk), page.get_latest_revision().as_object()):
        assert said.reviewer == clinic.reviewer.person
        assert (said.reviewed_on, said.next_review_on) == (timezone.localdate(), in_a_year())
        assert not said.reviewed_alone
        assert digest_of(said) == review.digest
    entry = PageLogEntry.objects.get(action="clinic.review")
    assert (entry.user, entry.revision) == (clinic.reviewer.account, page.get_latest_revision())
    assert set(entry.data) == {"next_review_on"}


def test_readers_of_another_text_are_told_nothing_new(clinic):
    page = clinic.live()
    page.title = "Another title"
    page.save_revision(user=clinic.writer)
    other = ReviewingAccountFactory(team=clinic.team)
    clinic.review(page, account=other.account)
    assert BlogPage.objects.get(pk=page.pk).reviewer == clinic.reviewer.person
    page.get_latest_revision().publish()
    assert BlogPage.objects.get(pk=page.pk).reviewer == other.person


def test_a_live_page_that_says_the_same_tells_of_its_new_review_at_once(clinic):
    page = clinic.live()
    page.save_revision(user=clinic.writer)
    later = in_a_year() + timedelta(days=3)
    clinic.review(page, next_review_on=later)
    assert BlogPage.objects.get(pk=page.pk).next_review_on == later


CHANGES = {
    "title": ("A cure", True),
    "seo_title": ("A cure", True),
    "search_description": ("A cure", True),
    "references": ([], True),
    "body": ([("text", "<p>A cure.</p>")], True),
    "summary": ("Said otherwise.", False),
    "slug": ("other", False),
}


@pytest.mark.parametrize(("field", "falls"), [(name, falls) for name, (_value, falls) in CHANGES.items()])
def test_the_review_is_of_the_medical_text(clinic, field, falls):
    page = clinic.draft()
    before = digest_of(page)
    setattr(page, field, CHANGES[field][0])
    assert (digest_of(page) != before) is falls


def test_opening_and_saving_a_draft_is_no_change(clinic):
    body = [
        {"type": "text", "value": "<p>Plain words.</p>"},
        {"type": "faqs", "value": {"heading": "", "entries": []}},
    ]
    page = clinic.draft(body=body)
    before = digest_of(BlogPage.objects.get(pk=page.pk))
    page.body = [
        ("text", '<p data-block-key="a1b2c">Plain words.</p>'),
        ("faqs", {"heading": None, "entries": []}),
    ]
    assert digest_of(page.save_revision().as_object()) == before


# --- refused ----------------------------------------------------------------------------------------------


def test_a_page_that_changed_meanwhile(clinic):
    page = clinic.draft()
    read = page.get_latest_revision()
    page.title = "Another title"
    page.save_revision(user=clinic.writer)
    with pytest.raises(CannotReview, match="changed since you opened it"):
        record_review(page, read, account=clinic.reviewer.account, next_review_on=in_a_year())


def test_a_version_that_was_saved_over_while_it_was_read(clinic):
    page = clinic.draft()
    read, digest = page.get_latest_revision(), digest_of(page)
    page.title = "Another title"
    page.save_revision(user=clinic.writer, overwrite_revision=read)
    with pytest.raises(CannotReview, match="while you read it"):
        try_to_review(clinic, page, digest_read=digest)


def test_a_version_of_another_page(clinic):
    page, other = clinic.draft(), clinic.draft()
    with pytest.raises(CannotReview):
        record_review(
            page, other.get_latest_revision(), account=clinic.reviewer.account, next_review_on=in_a_year()
        )


@pytest.mark.parametrize("days", [-1, 0, 733])
def test_a_day_that_is_past_or_far_away(clinic, days):
    with pytest.raises(CannotReview, match="next review"):
        try_to_review(clinic, clinic.draft(), next_review_on=timezone.localdate() + timedelta(days=days))


def test_a_reason_without_end(clinic):
    with pytest.raises(CannotReview, match="1000"):
        try_to_review(clinic, clinic.draft(), override_reason="x" * 1001)


def test_a_page_without_anything_medical(clinic):
    page = StandardPageFactory(parent=clinic.home)
    page.save_revision(user=clinic.writer)
    with pytest.raises(CannotReview, match="no medical review"):
        try_to_review(clinic, page)


def _untied(clinic):
    clinic.reviewer.delete()


def _without_flag(clinic):
    clinic.reviewer.person.reviews_content = False
    clinic.reviewer.person.save()


def _gone(clinic):
    clinic.reviewer.person.unpublish()


def _switched_off(clinic):
    type(clinic.writer).objects.filter(pk=clinic.reviewer.account.pk).update(is_active=False)


@pytest.mark.parametrize("change", [_untied, _without_flag, _gone, _switched_off])
def test_an_account_that_is_no_reviewers(clinic, change):
    page = clinic.draft()
    change(clinic)
    with pytest.raises(CannotReview, match="Your account belongs to no person"):
        try_to_review(clinic, page)
    assert not Review.objects.exists()


def _named_as_author(clinic):
    return clinic.draft(author=clinic.reviewer.person)


def _saved_by_herself(clinic):
    page = clinic.draft(TreatmentPage)
    page.risks = "<p>Her words.</p>"
    page.save_revision(user=clinic.reviewer.account)
    return page


def _saved_once_more_by_somebody_else(clinic):
    page = _saved_by_herself(clinic)
    page.save_revision(user=clinic.writer)
    return page


@pytest.mark.parametrize("make", [_named_as_author, _saved_by_herself, _saved_once_more_by_somebody_else])
def test_whoever_wrote_it_needs_another_clinician(clinic, make):
    page = make(clinic)
    OwnPageReason.objects.create(page=page, reason="Her field.", account=UserFactory(group="Managers"))
    ReviewingAccountFactory(team=clinic.team)
    with pytest.raises(CannotReview, match="another clinician"):
        try_to_review(clinic, page)


@pytest.mark.parametrize("make", [_named_as_author, _saved_by_herself])
def test_the_only_clinician_may_where_a_manager_says_why(clinic, make):
    page = make(clinic)
    with pytest.raises(CannotReview, match="a manager"):
        try_to_review(clinic, page)
    reason = OwnPageReason.objects.create(page=page, reason="We are one.", account=clinic.reviewer.account)
    with pytest.raises(CannotReview, match="a manager"):
        try_to_review(clinic, page)
    reason.account = UserFactory(group="Managers")
    reason.save()
    assert try_to_review(clinic, page).is_own
    assert type(page).objects.get(pk=page.pk).reviewed_alone


def test_whoever_comments_on_a_page_did_not_write_it(clinic):
    page = clinic.draft(TreatmentPage)
    page.save_revision(user=clinic.reviewer.account)
    assert not try_to_review(clinic, page).is_own


def test_a_version_that_nobody_is_known_to_have_written(clinic):
    page = clinic.draft(TreatmentPage)
    Revision.page_revisions.update(user=None)
    with pytest.raises(CannotReview, match="Nobody is known"):
        try_to_review(clinic, page)


def test_the_tie_is_made_by_site_administrators_alone(client, clinic):
    person = PersonPageFactory(parent=clinic.team, reviews_content=True)
    address, tie = "/admin/reviewing-accounts/new/", {"account": UserFactory().pk, "person": person.pk}
    client.force_login(UserFactory(group="Editors"))
    assert client.post(address, tie).status_code == 302
    assert not type(clinic.reviewer).objects.filter(person=person).exists()
    client.force_login(UserFactory(superuser=True))
    assert client.get(address).status_code == 200
    client.post(address, tie)
    assert type(clinic.reviewer).objects.filter(person=person).exists()
    # One person, one account.
    again = client.post(address, tie | {"account": UserFactory().pk})
    assert "already exists" in again.content.decode()
