"""In a clinic with one clinician a manager writes down why she may check what she wrote."""

import pytest

from blog.models import BlogPage
from clinic.review.models import OwnPageReason
from clinic.review.recording import CannotReview
from tests.factories.review import ReviewingAccountFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.judged
ADDRESS = "/admin/one-clinician/new/"


@pytest.mark.parametrize(
    ("role", "may"), [("Managers", True), ("Editors", False), ("Medical reviewers", False)]
)
def test_managers_write_it_and_their_name_is_kept(client, clinic, role, may):
    page = clinic.draft(author=clinic.reviewer.person)
    user = UserFactory(group=role)
    client.force_login(user)
    client.post(ADDRESS, {"page": page.pk, "reason": "We are one.", "account": clinic.writer.pk})
    if may:
        reason = OwnPageReason.objects.get()
        assert (reason.account, reason.reason) == (user, "We are one.")
        assert client.get(f"/admin/one-clinician/edit/{reason.pk}/").status_code == 200
        clinic.review(page).get_latest_revision().publish()
        assert BlogPage.objects.get(pk=page.pk).live
    else:
        assert not OwnPageReason.objects.exists()
        with pytest.raises(CannotReview):
            clinic.review(page)


def test_with_a_second_clinician_the_reason_counts_no_more(clinic):
    page = clinic.draft(author=clinic.reviewer.person)
    OwnPageReason.objects.create(page=page, reason="We are one.", account=UserFactory(group="Managers"))
    page = clinic.review(page)
    ReviewingAccountFactory(team=clinic.team)
    with pytest.raises(Exception, match="Another clinician reviews it"):
        page.get_latest_revision().publish()


def test_a_reason_is_bounded(client, clinic):
    client.force_login(UserFactory(group="Managers"))
    client.post(ADDRESS, {"page": clinic.draft().pk, "reason": "x" * 1001})
    assert not OwnPageReason.objects.exists()
