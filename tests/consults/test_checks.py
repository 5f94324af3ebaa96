"""A real site says at its start that its proxies have no name; a demo has none."""

import logging
import runpy
from ipaddress import ip_network
from types import SimpleNamespace

import pytest
from django.conf import settings as site
from django.core import checks

pytestmark = pytest.mark.once


@pytest.fixture(autouse=True)
def behind_a_front_server(settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.TRUSTED_PROXIES = []


def said():
    return [problem.id for problem in checks.run_checks()]


def test_no_proxy_has_a_name():
    assert "consults.W001" in said()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TRUSTED_PROXIES", [ip_network("127.0.0.1")]),
        ("SECURE_PROXY_SSL_HEADER", None),
        # It takes no requests of visitors.
        ("CONSULTS_ROLE", "staff"),
    ],
)
def test_otherwise_nothing_is_said(settings, name, value):
    setattr(settings, name, value)
    assert "consults.W001" not in said()


def test_the_server_says_it_too(caplog, settings):
    start = runpy.run_path(str(site.BASE_DIR / "deploy/gunicorn.conf.py"))["post_worker_init"]
    worker = SimpleNamespace(log=logging.getLogger("gunicorn.error"))
    start(worker)
    assert "TRUSTED_PROXIES is empty" in caplog.text
    caplog.clear()
    settings.TRUSTED_PROXIES = [ip_network("127.0.0.1")]
    start(worker)
    assert caplog.text == ""
