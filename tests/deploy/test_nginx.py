"""The example for nginx as a real nginx serves it, before an application that answers the least, or not."""

import contextlib
import http.client
import ssl
import subprocess
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.conf import settings

from clinic.demo.local_nginx import LocalNginx, program
from tests.site.demo import free_port

pytestmark = [pytest.mark.once, pytest.mark.skipif(program() is None, reason="nginx is not installed")]

POLICY = (
    "form-action 'self'; style-src 'self'; default-src 'none'; connect-src 'self'; base-uri 'none'; "
    "manifest-src 'self'; img-src 'self' data:; upgrade-insecure-requests; font-src 'self'; "
    "frame-ancestors 'self'; object-src 'none'; script-src 'self'"
)
OWN = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains; preload",
    "Content-Security-Policy": POLICY,
}
# As the application's preview answers: framed by the editor, and so without one of the headers.
PREVIEW = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
REFERENCE, PROOF = "ab2cd3ef4g", "proofproof"


class Application(BaseHTTPRequestHandler):
    """Answers everything alike."""

    def do_GET(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(200)
        for name, value in PREVIEW.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_POST = do_GET

    def log_message(self, *arguments):
        """Stay silent."""


@pytest.fixture(autouse=True)
def unavailable(nothing_remembered):
    """What the worker writes for nginx; no test finds what another kept."""
    (settings.VAR_DIR / "kept").mkdir(exist_ok=True)
    (settings.VAR_DIR / "kept" / "unavailable.html").write_text("call us")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """nginx's port and folder, with an application behind it that `stop` ends."""
    folder = tmp_path_factory.mktemp("nginx")
    application = ThreadingHTTPServer(("127.0.0.1", 0), Application)
    threading.Thread(target=application.serve_forever, daemon=True).start()
    front = LocalNginx(
        folder, port=free_port(), application_port=application.server_port, plain_port=free_port()
    )
    (settings.VAR_DIR / "static").mkdir(parents=True, exist_ok=True)
    (settings.VAR_DIR / "static" / "of-the-test.css").write_text("p{}")
    process = subprocess.Popen(front.command())
    wait_for(front)
    yield front, folder, application
    process.terminate()
    process.wait(10)
    application.server_close()


def wait_for(front):
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            ask(front, "GET", "/")
            return
        time.sleep(0.05)


def ask(front, method, path):
    """Return status and headers, each header with all of its values."""
    trusting = ssl.create_default_context(cafile=front.certificate)
    connection = http.client.HTTPSConnection("127.0.0.1", front.port, context=trusting, timeout=10)
    connection.request(method, path, headers={"Host": "localhost", "Content-Length": "0"})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, {name: answer.headers.get_all(name) for name in answer.headers}


def logged(folder):
    return "".join(log.read_text() for log in folder.glob("*.log"))


def betrayed(folder):
    return [word for word in (REFERENCE, PROOF, "typed") if word in logged(folder)]


def own(headers):
    return {name: headers.get(name) for name in OWN}


@pytest.mark.parametrize(
    ("path", "status"),
    [("/static/of-the-test.css", 200), ("/static/none.css", 404), ("/media/original_images/a.jpg", 404)],
)
def test_what_nginx_answers_itself_has_the_headers_of_the_application(site, path, status):
    front, *_ = site
    seen, headers = ask(front, "GET", path)
    assert seen == status
    assert own(headers) == {name: [value] for name, value in OWN.items()}


def test_what_the_application_answers_keeps_its_own_headers(site):
    front, *_ = site
    _status, headers = ask(front, "GET", "/")
    assert own(headers) == {name: [PREVIEW[name]] if name in PREVIEW else None for name in OWN}


@pytest.mark.in_order
@pytest.mark.parametrize(
    ("paths", "at_once"),
    [
        (["/consultation/", "/consultation/es/", "//consultation/./es/"], 30),
        (["/admin/login/", "/admin/password_reset/", "/admin/account/code/"], 120),
    ],
)
def test_a_flood_is_refused_and_reading_never(site, paths, at_once):
    front, *_ = site
    sent = Counter(ask(front, "POST", paths[n % len(paths)])[0] for n in range(at_once + 20))
    # The burst and the first; as time passes a few more are let through.
    assert sent[200] >= at_once + 1
    assert sent[429] >= 1
    assert {ask(front, "GET", path)[0] for path in paths} == {200}
    assert ask(front, "POST", "/admin/pages/")[0] == 200


def test_the_log_knows_no_reference_and_no_proof(site):
    front, folder, _application = site
    for path in (
        f"/consultation/received/{REFERENCE}/{PROOF}/",
        f"//consultation/es/received/{REFERENCE}/{PROOF}/?q=typed",
    ):
        assert ask(front, "GET", path)[0] == 200
    assert "/consultation/" in logged(folder)
    assert not betrayed(folder)


def test_without_the_application_nginx_answers_with_the_same_headers(site):
    front, folder, application = site
    application.shutdown()
    application.server_close()
    status, headers = ask(front, "GET", "/")
    assert status in (502, 504)
    assert own(headers) == {name: [value] for name, value in OWN.items()}
    assert ask(front, "GET", f"/consultation/received/{REFERENCE}/{PROOF}/?q=typed")[0] in (502, 504)
    assert not betrayed(folder)
