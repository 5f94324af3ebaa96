"""The example of nginx hands out kept pages while nothing else runs, with the headers of the application."""

import http.client
import threading

import pytest
from django.test import Client

from clinic.core.kept_pages import folders
from tests.site.front_server import EXAMPLE_NAMES, example, front_server

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
    (folder / "blog" / "feed").mkdir()
    (folder / "blog" / "feed" / "index.atom").write_text("kept feed")
    (folder / "sitemap.xml").mkdir()
    (folder / "sitemap.xml" / "index.xml").write_text("kept list")
    (folders.home() / "unavailable.html").write_text("call us")
    folders.link(folder)
    with front_server(text, tmp_path, folders.home()) as port:
        yield port


def asked(port, address, method="GET", **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.putrequest(method, address, skip_host=True)
    for name, value in {"Host": "clinic.example.org", **headers}.items():
        connection.putheader(name, value)
    connection.endheaders()
    response = connection.getresponse()
    body = response.read().decode()
    connection.close()
    return response, body


def ask(port, address, method="GET", **headers):
    response, body = asked(port, address, method, **headers)
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


def test_a_link_that_goes_while_somebody_asks_makes_no_page_missing(nginx):
    """Between nginx' look for a file and its reading lies a moment: then the application is asked."""
    folder, is_over = folders.linked(), threading.Event()

    def take_away_and_bring_back():
        while not is_over.is_set():
            folders.unlink_other_than(0)
            folders.link(folder)

    exchanging = threading.Thread(target=take_away_and_bring_back)
    exchanging.start()
    try:
        answers = {ask(nginx, "/blog/") for _visit in range(4000)}
    finally:
        is_over.set()
        exchanging.join()
    assert answers <= {(200, "kept words"), (502, "call us")}


@pytest.mark.parametrize(
    ("address", "content_type", "content"),
    [
        ("/blog/", "text/html; charset=utf-8", "kept words"),
        ("/blog/feed/", "application/atom+xml; charset=utf-8", "kept feed"),
        ("/sitemap.xml", "application/xml", "kept list"),
    ],
)
def test_each_kind_of_file_says_what_it_is(nginx, address, content_type, content):
    response, body = asked(nginx, address)
    assert (response.status, response.headers["Content-Type"], body) == (200, content_type, content)
    others = [
        f"{address}?p=2",
        f"{address}index.atom",
        f"{address}/",
        "/sitemap.xml/",
        "/sitemap.xml/index.xml",
    ]
    for other in others:
        assert ask(nginx, other) == (502, "call us"), other


@pytest.mark.parametrize(("address", "status"), [("/blog/", 200), ("/", 502)])
def test_files_and_refusals_bear_the_headers_of_the_application(nginx, address, status, settings):
    settings.SECURE_HSTS_SECONDS = 63_072_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    ours = dict(Client().get("/robots.txt", secure=True).items())
    response, _body = asked(nginx, address)
    assert response.status == status
    policy = set(response.headers["Content-Security-Policy"].split("; "))
    # In production alone, where every page comes through TLS.
    assert policy == {"upgrade-insecure-requests", *ours["Content-Security-Policy"].split("; ")}
    # What an answer says of its own content.
    own = {"Content-Type", "Content-Length", "Content-Security-Policy", "ETag", "Cache-Control", "Vary"}
    said = {name: response.headers.get_all(name) for name in ours if name not in own}
    assert said == {name: [value] for name, value in ours.items() if name not in own}
