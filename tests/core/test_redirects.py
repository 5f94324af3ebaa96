"""A redirect keeps what says through which campaign somebody came."""

import pytest
from wagtail.contrib.redirects.models import Redirect

from tests.factories.pages import HomePageFactory, StandardPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]
CAMPAIGN = "utm_source=post%20card&utm_medium=print"


@pytest.fixture
def page():
    return StandardPageFactory(parent=HomePageFactory.make_site(), slug="about")


def location(client, path):
    return client.get(path)["Location"]


def test_an_editors_redirect_keeps_the_campaign_and_nothing_else(client, page):
    Redirect.add_redirect("/old-page", page)
    assert location(client, "/old-page/") == page.url
    found = location(client, f"/old-page/?{CAMPAIGN}&gclid=x")
    assert found == f"{page.url}?utm_source=post+card&utm_medium=print"


def test_what_the_address_says_itself_stays(client, page):
    Redirect.add_redirect("/card", f"{page.url}?utm_source=card#place")
    assert location(client, "/card?utm_source=other&utm_medium=print") == (
        f"{page.url}?utm_source=card&utm_medium=print#place"
    )


def test_another_site_is_told_nothing(client, page):
    Redirect.add_redirect("/journal", "https://journal.example.org/article")
    assert location(client, f"/journal?{CAMPAIGN}") == "https://journal.example.org/article"


def test_nothing_typed_can_break_out_of_the_address(client, page):
    Redirect.add_redirect("/old-page", page)
    found = location(client, "/old-page/?utm_source=a%0d%0aSet-Cookie:x%26b=c")
    assert found == f"{page.url}?utm_source=a%0D%0ASet-Cookie%3Ax%26b%3Dc"


def test_a_renamed_page_keeps_it_too(client, page, django_capture_on_commit_callbacks):
    page.slug = "about-us"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert location(client, f"/about/?{CAMPAIGN}") == "/about-us/?utm_source=post+card&utm_medium=print"


@pytest.mark.parametrize("path", ["/about", "/consultation", "/search", "/get-help-now"])
def test_a_forgotten_slash_keeps_it(client, page, path):
    assert location(client, f"{path}?{CAMPAIGN}") == f"{path}/?{CAMPAIGN}"


def test_the_way_to_tls_keeps_it(client, page, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert location(client, f"/about/?{CAMPAIGN}") == f"https://testserver/about/?{CAMPAIGN}"
