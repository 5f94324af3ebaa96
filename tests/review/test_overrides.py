"""What the content checks found passes where the review of this very text says why."""

import pytest

from blog.models import BlogPage
from clinic.core.overridden_findings import findings_are_overridden
from clinic.review.recording import CannotReview, record_findings_reason, record_review
from tests.factories.pages import StandardPageFactory
from tests.factories.review import in_a_year


def reviewed(clinic, reason):
    """Return the draft of a post with a finding, reviewed."""
    page = clinic.draft(BlogPage)
    page.body = [("text", "<p>An ad that we warn of says “a real cure”.</p>")]
    revision = page.save_revision()
    answers = {"account": clinic.reviewer.account, "next_review_on": in_a_year()}
    record_review(page, revision, override_reason=reason, **answers)
    return page.get_latest_revision_as_object()


def test_a_reason_counts_for_the_text_that_was_read(clinic):
    page = reviewed(clinic, "We quote an ad.")
    assert findings_are_overridden(page)
    page.body = [("text", "<p>A real cure.</p>")]
    assert not findings_are_overridden(page)


def test_a_review_without_a_reason_lets_nothing_pass(clinic):
    assert not findings_are_overridden(reviewed(clinic, ""))


def test_a_summary_may_change_without_a_review_but_not_say_what_may_not_be_said(clinic):
    page = reviewed(clinic, "We quote an ad.")
    page.summary = "A real cure."
    assert not findings_are_overridden(page)


def test_a_page_that_nobody_reviews_has_no_reason(clinic):
    assert not findings_are_overridden(StandardPageFactory(parent=clinic.home))


def test_a_reason_needs_an_account_of_somebody_who_reviews(clinic):
    page = StandardPageFactory(parent=clinic.home)
    with pytest.raises(CannotReview):
        record_findings_reason(page, account=clinic.writer, reason="We quote an ad.")
    assert not findings_are_overridden(page)
