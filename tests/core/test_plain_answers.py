"""What says the same to everybody is compared and packed; what holds a secret never is."""

import gzip

import pytest
from django.conf import settings as django_settings
from wagtail.models import Page

from tests.factories.pages import BlogIndexPageFactory, BlogPageFactory, HomePageFactory

pytestmark = pytest.mark.once

PACKED = {"Accept-Encoding": "gzip, br"}
SMALL = ["/robots.txt", "/sitemap.xml"]
SAME_FOR_ALL = ["/", "/blog/", "/blog/walk/", "/blog/feed/", "/get-help-now/", *SMALL]
NOT_FOR_ALL = ["/consultation/", "/consulta/", "/admin/login/", "/nothing/", "/staff-only/"]


@pytest.fixture
def home(db):
    home = HomePageFactory.make_site()
    BlogPageFactory(parent=BlogIndexPageFactory(parent=home), slug="walk")
    return home


@pytest.mark.parametrize("address", SAME_FOR_ALL)
def test_the_same_again_is_not_modified(client, home, address):
    first = client.get(address)
    assert first["Cache-Control"] == "no-cache"
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert client.get(address, headers={"If-None-Match": '"another"'}).content == first.content


@pytest.mark.parametrize("address", [address for address in SAME_FOR_ALL if address not in SMALL])
def test_it_goes_out_packed_where_that_is_understood(client, home, address):
    plain, packed = client.get(address), client.get(address, headers=PACKED)
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert int(packed["Content-Length"]) == len(packed.content) < len(plain.content)
    assert "Accept-Encoding" in packed["Vary"] and "Accept-Encoding" in plain["Vary"]
    assert packed["ETag"] != plain["ETag"]
    # Either form is known by its own tag alone.
    assert client.get(address, headers={"If-None-Match": packed["ETag"]}).status_code == 200
    assert client.get(address, headers={**PACKED, "If-None-Match": packed["ETag"]}).status_code == 304


def test_a_change_is_another_answer(client, home):
    before = client.get("/blog/walk/")["ETag"]
    Page.objects.filter(slug="walk").update(title="Another walk")
    assert client.get("/blog/walk/", headers={"If-None-Match": before}).status_code == 200


@pytest.mark.parametrize("address", NOT_FOR_ALL)
def test_what_holds_a_token_or_is_no_page_is_left_alone(client, home, address):
    response = client.get(address, headers=PACKED)
    assert "ETag" not in response and "Content-Encoding" not in response


def test_nothing_of_a_person_is_compared_or_packed(client, home):
    client.cookies[django_settings.SESSION_COOKIE_NAME] = "somebody"
    response = client.get("/blog/walk/", headers=PACKED)
    assert "ETag" not in response and "Content-Encoding" not in response
