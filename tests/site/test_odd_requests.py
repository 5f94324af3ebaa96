"""Requests that no browser sends get no other host's page, no trace and no file; the next visitor is safe."""

import re
import socket
from urllib.parse import urlsplit

import pytest

from tests.site.demo import manage
from tests.site.front_server import EXAMPLE_NAMES, example, front_server

pytestmark = pytest.mark.once
FOREIGN = "elsewhere.example.net"
# What stands in a settings file, a trace, or a listing of a folder, and in no page.
INNER = ("SECRET_KEY", "Traceback", "INSTALLED_APPS", "Index of", "sqlite3", "site-packages")


@pytest.fixture(scope="module")
def doors(demo_site, tmp_path_factory):
    """The ports of the site: the application alone, and nginx in front of it."""
    manage("kept_pages", "--wait", "60", environment=demo_site.environment)
    port = urlsplit(demo_site.url).port
    folder = tmp_path_factory.mktemp("front")
    text = example(EXAMPLE_NAMES[0])
    with front_server(text, folder, demo_site.folder / "kept", application=port, host="localhost") as front:
        yield {"alone": port, "behind nginx": front}


def send(port, head):
    """Send a request as it is; return head and body of the answer as text, with no answer as nothing."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(head.encode("latin-1"))
        parts = []
        while part := connection.recv(65536):
            parts.append(part)
    head, _, body = b"".join(parts).partition(b"\r\n\r\n")
    return head.decode("latin-1"), body.decode("utf-8", "replace")


def request(line, *headers, host):
    """Return the text of a request that ends its connection."""
    return "\r\n".join([f"{line} HTTP/1.1", f"Host: {host}", *headers, "Connection: close", "", ""])


LONG = "/" + "a" * 4000
LINES = [
    f"GET http://{FOREIGN}/blog/",
    f"GET http://{FOREIGN}:80/blog/?utm_source=x",
    f"GET //{FOREIGN}/blog/",
    f"GET /{FOREIGN}/../blog/",
    "GET /../../../../etc/passwd",
    "GET /blog/../../clinic/settings/base.py",
    "GET /%2e%2e/%2e%2e/etc/passwd",
    "GET /blog/%2e%2e/%2e%2e/secrets.env",
    "GET /static/../secrets.env",
    "GET /static/%2e%2e/secrets.env",
    "GET /media/..%2fsecrets.env",
    "GET /current/blog/index.html",
    "GET /blog/index.html.gz",
    "GET /blog/.about.json",
    "GET /blog/\x00",
    "GET /blog/%00",
    "GET /blog\\..\\secrets.env",
    f"GET {LONG}",
    f"GET /blog/?utm_source={LONG}{LONG}",
    "GET blog/",
    "GET *",
    "OPTIONS *",
    "TRACE /blog/",
    "DELETE /blog/",
    "POST /blog/",
]
HEADERS = [
    (f"Host: {FOREIGN}",),
    (f"X-Forwarded-Host: {FOREIGN}",),
    (f"X-Forwarded-Proto: https, http, {FOREIGN}",),
    (f"X-Forwarded-For: {FOREIGN}, 127.0.0.1", f"Forwarded: host={FOREIGN};proto=https"),
    (f"X-Original-URL: http://{FOREIGN}/admin/", f"X-Rewrite-URL: /admin/?{FOREIGN}"),
    (f"Referer: https://{FOREIGN}/", f"Origin: https://{FOREIGN}"),
    ("Content-Length: 5", "Content-Length: 6"),
    ("Transfer-Encoding: chunked", "Content-Length: 4"),
    ("Range: bytes=0-10",),
    ("Range: bytes=10-0, 5-, -999999999999999999999",),
    ('If-None-Match: "' + "x" * 3000 + '"', "If-Modified-Since: yesterday"),
    ('If-Range: "1-1"', "Range: bytes=0-0,0-0,0-0,0-0"),
]


@pytest.mark.parametrize("door", ["alone", "behind nginx"])
def test_odd_requests_show_nothing_and_change_nothing(doors, demo_site, door):
    host = urlsplit(demo_site.url).netloc
    usual = request("GET /blog/", host=host)
    before = send(doors[door], usual)
    assert before[0].startswith("HTTP/1.1 200")
    asked = [request(line, host=host) for line in LINES]
    asked += [request("GET /blog/", *headers, host=host) for headers in HEADERS]
    asked += [request(line, host=FOREIGN) for line in LINES]
    for text in asked:
        head, body = send(doors[door], text)
        said = head + body.replace(before[1], "")
        assert FOREIGN not in said, text
        assert not [word for word in (*INNER, "root:") if word in said], text
        assert not re.match(r"HTTP/1.. 5(?!01)", head), text
        # Another host than ours gets no page of the site.
        if f"Host: {FOREIGN}\r\n" in text and "Host: localhost" not in text and head:
            assert " 200 " not in head.partition("\r\n")[0], text
        assert body_of_next_visitor(doors[door], usual) == before[1], text


def body_of_next_visitor(port, usual):
    head, body = send(port, usual)
    assert head.startswith("HTTP/1.1 200")
    return body


@pytest.mark.parametrize("door", ["alone", "behind nginx"])
def test_a_part_and_a_head_are_of_the_same_page(doors, demo_site, door):
    host = urlsplit(demo_site.url).netloc
    _, whole = send(doors[door], request("GET /blog/", host=host))
    head, part = send(doors[door], request("GET /blog/", "Range: bytes=0-99", host=host))
    assert part in (whole, whole.encode()[:100].decode())
    assert (" 206 " in head.partition("\r\n")[0]) == (part != whole)
    head, nothing = send(doors[door], request("HEAD /blog/", host=host))
    assert head.startswith("HTTP/1.1 200") and nothing == ""
    assert f"content-length: {len(whole.encode())}" in head.lower()
