"""No list of the admin asks the database more often when there is more to show.

Lists of one app alone say so beside what else holds of them: posts, people, what waits, what is due.
"""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect

from clinic.core.models import SiteNotice
from clinic.review.models import OwnPageReason
from tests.factories.pages import HomePageFactory, StandardPageFactory
from tests.factories.review import ClinicalSite, ReviewingAccountFactory
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def clinic(client):
    """A clinical site, and somebody signed in who may see every list."""
    client.force_login(UserFactory(superuser=True))
    return ClinicalSite(HomePageFactory.make_site())


def add_notice(clinic):
    now = timezone.now()
    page = StandardPageFactory(parent=clinic.home)
    SiteNotice.objects.create(text="Closed.", page=page, shows_from=now, shows_until=now + timedelta(days=1))


def add_redirect(clinic):
    page = StandardPageFactory(parent=clinic.home)
    Redirect.objects.create(old_path=f"/old-{page.pk}", redirect_page=page)


def add_reason(clinic):
    OwnPageReason.objects.create(page=clinic.draft(), reason="We are one.", account=UserFactory())


def add_account(clinic):
    ReviewingAccountFactory(team=clinic.team)


def add_version(clinic):
    clinic.home.save_revision(user=UserFactory(), log_action=True)


@pytest.mark.parametrize(
    ("address", "add"),
    [
        ("/admin/snippets/core/sitenotice/", add_notice),
        ("/admin/redirects/", add_redirect),
        ("/admin/one-clinician/", add_reason),
        ("/admin/reviewing-accounts/", add_account),
        ("/admin/pages/{home}/history/", add_version),
    ],
)
def test_as_many_queries_for_many_as_for_one(client, clinic, count_queries, address, add):
    address = address.format(home=clinic.home.pk)
    add(clinic)
    one = count_queries(lambda: client.get(address, follow=True))
    for _ in range(29):
        add(clinic)
    assert client.get(address, follow=True).status_code == 200
    assert count_queries(lambda: client.get(address, follow=True)) == one
