"""The fixed routes stand without a database, and the error pages help."""

import pytest
from django.db import connection
from django.test import Client

pytestmark = pytest.mark.once


@pytest.fixture
def no_database(monkeypatch, db):
    """Every query fails as it does when the server is gone."""
    from django.db import OperationalError

    def refuse(*args, **kwargs):
        raise OperationalError("gone")

    with connection.execute_wrapper(refuse):
        yield


@pytest.mark.parametrize(
    "address", ["/get-help-now/", "/get-help-now/es/", "/robots.txt", "/-/live", "/consultation/"]
)
def test_fixed_route_answers_without_a_database(client, no_database, address):
    assert client.get(address).status_code == 200


def test_ready_stays_while_requests_are_taken_in_without_the_database(
    client, no_database, settings, tmp_path
):
    settings.CONSULTS_SPOOL_DIR = tmp_path / "spool"
    answer = client.get("/-/ready")
    assert (answer.status_code, answer.content) == (200, b"degraded\n")
    assert not any(settings.CONSULTS_SPOOL_DIR.iterdir())


def test_ready_ends_when_nothing_takes_requests(client, no_database, settings, tmp_path):
    settings.CONSULTS_SPOOL_DIR = tmp_path / "file"
    settings.CONSULTS_SPOOL_DIR.touch()
    assert client.get("/-/ready").status_code == 503


def test_ready_with_a_database(client, db):
    assert client.get("/-/ready").status_code == 200


def test_unknown_address_helps(client, db):
    response = client.get("/no-such-place/")
    assert response.status_code == 404
    page = response.content.decode()
    assert "What would you like to find?" in page
    assert 'href="tel:988"' in page
    assert "no-such-place" not in page


def test_error_page_helps_without_a_database(rf, no_database):
    from clinic.core.views.errors import server_error

    response = server_error(rf.get("/"))
    assert response.status_code == 500
    assert 'href="tel:988"' in response.content.decode()


def test_robots_close_a_demonstration(client, settings):
    settings.DEMO_MODE = True
    assert "Disallow: /\n" in client.get("/robots.txt").content.decode()
    settings.DEMO_MODE = False
    assert "Sitemap: " in client.get("/robots.txt").content.decode()


def test_a_demonstration_is_not_indexed(settings):
    settings.DEMO_MODE = True
    assert Client().get("/get-help-now/")["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_fixed_pages_only_read(client, method):
    assert getattr(client, method)("/get-help-now/").status_code == 405
