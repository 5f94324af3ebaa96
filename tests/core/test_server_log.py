"""No log of a server holds the reference of a request, nor what follows it."""

import contextlib
import logging
import runpy
import shutil
import subprocess
import time
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from django.conf import settings
from gunicorn.config import Config

from clinic.core.log_format import PlainFormatter
from consults.references import proof_for, reference_for
from tests.site.demo import free_port

pytestmark = pytest.mark.once
DEPLOY = settings.BASE_DIR / "deploy"
REFERENCE, PROOF = "AB2CD3EF4G", "0123456789abcdef"
# What is asked for, and what is left of it. Each server has a sign of its own for what is left out.
ADDRESSES = {
    f"/consultation/received/{REFERENCE}/{PROOF}/": "/consultation/received/*/",
    f"/consultation/es/received/{REFERENCE}/{PROOF}/": "/consultation/es/received/*/",
    f"/consultation/received/{REFERENCE}/typed-wrong": "/consultation/received/*",
    "/consultation/received/ab2-cd3-ef4g/": "/consultation/received/*",
    "/consultation/received/x/": "/consultation/received/x/",
    "/admin/draft/0123abcd:s1gn-ature_/": "/admin/draft/*",
    "/admin/password_reset/confirm/MQ/d4-0123abcd/": "/admin/password_reset/confirm/*",
    "/admin/draft/": "/admin/draft/",
    "/static/css/site.0123456789ab.css": "/static/css/site.0123456789ab.css",
}


@pytest.fixture
def gunicorn(tmp_path):
    """The logger of gunicorn as the site configures it, writing into a folder."""
    config = Config()
    configured = runpy.run_path(str(DEPLOY / "gunicorn.conf.py"))
    for name in ("access_log_format", "logger_class"):
        config.set(name, configured[name])
    config.set("accesslog", str(tmp_path / "access.log"))
    config.set("errorlog", str(tmp_path / "error.log"))
    logger = config.logger_class(config)
    yield logger
    for log in (logger.access_log, logger.error_log):
        for handler in list(log.handlers):
            log.removeHandler(handler)
            handler.close()


@pytest.mark.parametrize(("address", "left"), ADDRESSES.items())
def test_gunicorn_masks_it_among_accesses(gunicorn, tmp_path, address, left):
    answer = SimpleNamespace(status="200 OK", headers=[], sent=7)
    environ = {
        "REQUEST_METHOD": "GET",
        "RAW_URI": f"{address}?q=typed",
        "PATH_INFO": address,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "QUERY_STRING": "q=typed",
        "REMOTE_ADDR": "192.0.2.7",
        "HTTP_USER_AGENT": "somebody",
    }
    gunicorn.access(answer, SimpleNamespace(headers=[]), environ, timedelta(milliseconds=5))
    said = (tmp_path / "access.log").read_text()
    assert f" GET {left.replace('*', '…')} 200 7 5ms\n" in said
    assert not [word for word in ("typed?", "192.0.2.7", "somebody", "q=") if word in said]


def test_gunicorn_masks_it_among_errors_and_repeats_no_input(gunicorn, tmp_path):
    try:
        raise ValueError("MARKER")
    except ValueError:
        gunicorn.exception("Error handling request %s", f"/consultation/received/{REFERENCE}/{PROOF}/")
    said = (tmp_path / "error.log").read_text()
    assert "Error handling request /consultation/received/…/\n" in said
    assert "builtins.ValueError" in said
    assert "MARKER" not in said


@pytest.mark.parametrize(("address", "left"), ADDRESSES.items())
def test_the_sites_own_log_masks_it(address, left):
    record = logging.LogRecord("django", logging.WARNING, "f", 1, "Not Found: %s", (address,), None)
    assert PlainFormatter("%(message)s").format(record) == f"Not Found: {left.replace('*', '…')}"


def test_every_reference_that_we_make_is_known_as_one():
    for number in range(200):
        reference = reference_for(f"key {number}")
        record = logging.makeLogRecord({"msg": f"/received/{reference}/{proof_for(reference)}/"})
        assert PlainFormatter("%(message)s").format(record) == "/received/…/"


def test_what_belongs_in_the_log_stays():
    head = "audit: head 12 0123456789abcdef0123456789abcdef"
    record = logging.makeLogRecord({"msg": f"{head} of {REFERENCE}"})
    assert PlainFormatter("%(message)s").format(record) == f"{head} of {REFERENCE}"


@pytest.fixture(scope="module")
def nginx(tmp_path_factory):
    """A function that asks nginx, with the site's way of logging, and returns what it logged."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        pytest.skip("nginx is not installed")
    folder, port = tmp_path_factory.mktemp("nginx"), free_port()
    ours = (
        (DEPLOY / "nginx" / "clinic.conf")
        .read_text(encoding="utf-8")
        .partition("# Of a page that everybody")[0]
    )
    places = "\n".join(f"{kind}_temp_path {folder}/{kind};" for kind in NGINX_WRITES)
    server = f"listen 127.0.0.1:{port}; access_log {folder}/access.log without_particulars; return 204;"
    written = f"daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
    (folder / "nginx.conf").write_text(f"{written} http {{ {places}\n{ours}\nserver {{ {server} }} }}")
    process = subprocess.Popen([program, "-p", str(folder), "-c", f"{folder}/nginx.conf"])
    yield lambda address: ask(f"http://127.0.0.1:{port}{address}", folder / "access.log")
    process.terminate()
    process.wait(10)


NGINX_WRITES = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def ask(url, log: Path):
    deadline, before = time.monotonic() + 10, lines_of(log)
    while time.monotonic() < deadline:
        with contextlib.suppress(HTTPError, OSError), urlopen(url):  # noqa: S310
            break
        time.sleep(0.05)
    # It writes after it has answered.
    while time.monotonic() < deadline and len(lines_of(log)) == len(before):
        time.sleep(0.05)
    return lines_of(log)[-1]


def lines_of(log):
    """Return the lines that are whole."""
    return log.read_text().splitlines() if log.exists() and log.read_text().endswith("\n") else []


@pytest.mark.parametrize(("address", "left"), ADDRESSES.items())
def test_nginx_masks_it(nginx, address, left):
    assert f" 127.0.0.0 GET {left.replace('*', '...')} 204 0" in nginx(f"{address}?q=typed")
