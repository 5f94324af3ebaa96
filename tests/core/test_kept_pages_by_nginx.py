"""The example of nginx hands out kept pages while nothing else runs, with the headers of the application."""

import http.client
import re

import pytest
from django.test import Client

from clinic.core.kept_pages import folders
from tests.site.front_server import EXAMPLE_NAMES, example, front_server, part

HEADERS = re.compile(r'add_header (\S+) (?:"([^"]*)"|(\S+?))( always)?;')

pytestmark = pytest.mark.once


@pytest.fixture(params=EXAMPLE_NAMES)
def text(request):
    return example(request.param)


@pytest.fixture
def nginx(text, tmp_path, settings):
    """The port of an nginx whose application doesn't run, with one kept page."""
    settings.KEPT_PAGES_DIR = tmp_path / "kept"
    folder = folders.new_folder(1, folders.About("", frozenset(), ()))
    (folder / "blog").mkdir()
    (folder / "blog" / "index.html").write_text("kept words")
    (folders.home() / "unavailable.html").write_text("call us")
    folders.link(folder)
    with front_server(text, tmp_path, folders.home()) as port:
        yield port


def ask(port, address, method="GET", **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.putrequest(method, address, skip_host=True)
    for name, value in {"Host": "clinic.example.org", **headers}.items():
        connection.putheader(name, value)
    connection.endheaders()
    response = connection.getresponse()
    body = response.read().decode()
    connection.close()
    return response.status, body


def test_pages_stand_while_the_application_is_stopped(nginx):
    assert ask(nginx, "/blog/") == (200, "kept words")
    assert ask(nginx, "/blog/?utm_source=mail&gclid=1") == (200, "kept words")
    others = [
        "/",
        "/blog",
        "/blog/?x=1",
        "/blog//",
        "/./blog/",
        "/%62log/",
        "/blog/index.html",
        "/current/blog/",
    ]
    for address in [*others, "/blog/?utm_source=1&x=2", "/" + "a" * 4000]:
        assert ask(nginx, address) == (502, "call us"), address
    assert ask(nginx, "/blog/", Cookie="__Host-sessionid=1") == (502, "call us")
    assert ask(nginx, "/blog/", Host="other.example.org") == (502, "call us")
    assert ask(nginx, "/blog/", method="POST")[0] in (405, 502)
    assert ask(nginx, "/blog/", method="HEAD") == (200, "")


@pytest.mark.parametrize("place", ["location / {", "location = /unavailable.html"])
def test_nginx_says_the_same_headers(text, place, settings):
    settings.SECURE_HSTS_SECONDS = 63_072_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    ours = Client().get("/robots.txt", secure=True)
    said = {name: quoted or plain for name, quoted, plain, _always in HEADERS.findall(part(text, place))}
    policy = set(said.pop("Content-Security-Policy").split("; "))
    # In production alone, where every page comes through TLS.
    assert policy - {"upgrade-insecure-requests"} == set(ours["Content-Security-Policy"].split("; "))
    assert "upgrade-insecure-requests" in policy
    said.pop("Cache-Control")
    own = {"Content-Type", "Content-Length", "Content-Security-Policy"}
    assert said == {name: value for name, value in ours.items() if name not in own}
