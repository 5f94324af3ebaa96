"""Where only requests are taken in, everybody is a visitor, whatever they bring along."""

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

# Now, with the addresses of the tests' own process: what is loaded first stays.
import clinic.urls  # noqa: F401
from clinic.core.facts import publish_facts
from clinic.settings.intake import CONTEXT_PROCESSORS, MIDDLEWARE
from tests.factories.consults import form_data
from tests.factories.pages import BlogIndexPageFactory, HomePageFactory, StandardPageFactory
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.once, pytest.mark.django_db]

KINDS = [PageViewRestriction.PASSWORD, PageViewRestriction.LOGIN, PageViewRestriction.GROUPS]
OF_STAFF = ("session", "auth_user", "auth_group", "mfa_", "account_")


@pytest.fixture
def pages(settings):
    """A small site, served as the process for requests serves it."""
    home = HomePageFactory.make_site()
    found = [StandardPageFactory(parent=home, title="Plain thing"), BlogIndexPageFactory(parent=home)]
    publish_facts()
    settings.CONSULTS_ROLE = "intake"
    settings.MIDDLEWARE = MIDDLEWARE
    [templates] = django_settings.TEMPLATES
    options = {**templates["OPTIONS"], "context_processors": CONTEXT_PROCESSORS}
    settings.TEMPLATES = [{**templates, "OPTIONS": options}]
    return found


@pytest.fixture
def signed_in():
    """A browser with a session that is good elsewhere."""
    browser = Client()
    browser.force_login(UserFactory(superuser=True))
    return browser


def test_a_session_changes_nothing_and_is_not_looked_at(pages, signed_in):
    addresses = ["/", *(page.url for page in pages), "/search/?query=plain", "/sitemap.xml", "/nothing/"]
    stranger = Client()
    for address in [*addresses, "/consultation/"]:
        expected = stranger.get(address)
        with CaptureQueriesContext(connection) as made:
            answer = signed_in.get(address)
        assert answer.status_code == expected.status_code
        # The form's token holds the second at which it was handed out.
        if address != "/consultation/":
            assert answer.content == expected.content
        assert not [q["sql"] for q in made if any(word in q["sql"] for word in OF_STAFF)]
        assert not answer.cookies


def test_a_request_is_taken_in_from_a_browser_with_a_session(pages, signed_in):
    with CaptureQueriesContext(connection) as made:
        answer = signed_in.post("/consultation/", form_data())
    assert answer.status_code == 303
    assert not [q["sql"] for q in made if any(word in q["sql"] for word in OF_STAFF)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_restricted_page_is_closed_to_those_signed_in_elsewhere(pages, signed_in, kind):
    restriction = PageViewRestriction.objects.create(
        page=pages[0], restriction_type=kind, password="open sesame"
    )
    restriction.groups.add(Group.objects.create(name="Board"))
    with CaptureQueriesContext(connection) as made:
        html = signed_in.get(pages[0].url, follow=True).content.decode()
    assert "This page isn’t for everybody" in html
    assert 'type="password"' not in html
    assert not [q["sql"] for q in made if any(word in q["sql"] for word in OF_STAFF)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_restricted_document_is_closed_as_well(pages, signed_in, kind):
    collection = Collection.objects.get_or_create(depth=1, defaults={"path": "0001", "name": "Root"})[0]
    document = get_document_model().objects.create(
        title="Paper", file=ContentFile(b"%PDF-1.4", name="paper.pdf"), collection=collection
    )
    assert signed_in.get(document.url).status_code == 200
    restriction = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=kind, password="open sesame"
    )
    restriction.groups.add(Group.objects.create(name="Board"))
    with CaptureQueriesContext(connection) as made:
        answer = signed_in.get(document.url)
    assert answer.headers["Location"].startswith("/staff-only/?next=/documents/")
    assert not [q["sql"] for q in made if any(word in q["sql"] for word in OF_STAFF)]
