"""What every public response carries, and what it doesn't."""

import pytest

from tests.factories.pages import HomePageFactory

pytestmark = pytest.mark.once

ADDRESSES = ["/", "/get-help-now/", "/search/?query=x", "/consultation/", "/no-such-page/"]


@pytest.fixture
def home(db):
    return HomePageFactory.make_site()


@pytest.mark.parametrize("address", ADDRESSES)
def test_public_pages_set_no_cookie_and_hold_no_token(client, home, address):
    response = client.get(address)
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert b"csrfmiddlewaretoken" not in response.content


@pytest.mark.parametrize("address", ADDRESSES)
def test_public_pages_allow_only_this_host(client, home, address):
    policy = dict(
        directive.strip().partition(" ")[::2]
        for directive in client.get(address)["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["style-src"] == "'self'"
    assert not any("http" in sources or "unsafe" in sources for sources in policy.values())


@pytest.mark.parametrize("address", ADDRESSES)
def test_usual_headers(client, home, address):
    response = client.get(address)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
