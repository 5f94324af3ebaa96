"""The example of nginx hands out kept pages while nothing else runs, with the headers of the application."""

import http.client
import re
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest
from django.test import Client

from clinic.core.kept_pages import folders

EXAMPLES = Path(__file__).parents[2] / "deploy" / "nginx"
FILES = ["clinic.conf", "clinic-two-processes.conf"]
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"

pytestmark = pytest.mark.once


def _part(text, start):
    """Return the block that begins so, with what is in it."""
    begin = text.index(start)
    end = re.compile(r"^ *\}$", re.MULTILINE).search(text, begin).end()
    return text[begin:end]


@pytest.fixture(params=FILES)
def example(request):
    return (EXAMPLES / request.param).read_text(encoding="utf-8")


@pytest.fixture
def nginx(example, tmp_path, settings):
    """The port of an nginx whose application doesn't run, with one kept page."""
    if not Path(NGINX).exists():
        pytest.skip("nginx is not installed")
    settings.KEPT_PAGES_DIR = tmp_path / "kept"
    folder = folders.new_folder(1, folders.About("", frozenset(), ()))
    (folder / "blog").mkdir()
    (folder / "blog" / "index.html").write_text("kept words")
    (folders.home() / "unavailable.html").write_text("call us")
    folders.link(folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    upstream = re.search(r"proxy_pass http://(\w+);", _part(example, "location @application"))[1]
    parts = [
        _part(example, "location / {"),
        _part(example, "location @application"),
        re.search(r"^ *error_page .*$", example, re.MULTILINE)[0],
        _part(example, "location = /unavailable.html"),
    ]
    server = (
        "\n".join(parts)
        .replace("/srv/clinic/var/kept", str(folders.home()))
        .replace("/srv/clinic/deploy/nginx", str(EXAMPLES))
        .replace("/var/log/nginx", str(tmp_path))
    )
    first = example.index("map $upstream_http_x_content_type_options")
    maps = re.search(r"^log_format of_kept_page .*$", example, re.MULTILINE)[0]
    maps += example[first : example.index("upstream ", first)]
    config = tmp_path / "nginx.conf"
    temporary = "".join(
        f"{kind}_temp_path {tmp_path}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    config.write_text(
        f"daemon off; user root; pid {tmp_path}/pid; error_log {tmp_path}/error.log; events {{}}\n"
        f"http {{ access_log off; {temporary}\n{maps}\n"
        f"upstream {upstream} {{ server 127.0.0.1:1; }}\n"
        f"server {{ listen 127.0.0.1:{port};\n{server}\n}} }}\n"
    )
    process = subprocess.Popen([NGINX, "-p", str(tmp_path), "-c", str(config)], stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait()


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


@pytest.mark.parametrize(("address", "status"), [("/blog/", 200), ("/", 502)])
def test_files_bear_the_headers_of_the_application(nginx, address, status, settings):
    settings.SECURE_HSTS_SECONDS = 63_072_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    ours = dict(Client().get("/robots.txt", secure=True).items())
    response, _body = asked(nginx, address)
    assert response.status == status
    policy = set(response.headers["Content-Security-Policy"].split("; "))
    # In production alone, where every page comes through TLS.
    assert policy == {"upgrade-insecure-requests", *ours["Content-Security-Policy"].split("; ")}
    # Of one answer, or compared above.
    own = {"Content-Type", "Content-Length", "ETag", "Vary", "Cache-Control", "Content-Security-Policy"}
    said = {name: response.headers.get_all(name) for name in ours if name not in own}
    assert said == {name: [value] for name, value in ours.items() if name not in own}
