"""Kept pages answered before Django: the same answer to the same question, and nothing else."""

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_started
from django.db import close_old_connections
from django.test import RequestFactory

from clinic.core import generation
from clinic.core.kept_pages import early, folders
from clinic.core.kept_pages.early import EarlyAnswers
from tests.core.test_kept_pages import POST, kept, own_files, post, watch  # noqa: F401

pytestmark = pytest.mark.once


class Counting:
    """Django, and how often it was asked."""

    def __init__(self):
        self._django, self.asked = WSGIHandler(), 0

    def __call__(self, environ, start_response):
        self.asked += 1
        return self._django(environ, start_response)


@pytest.fixture
def site(kept, watch, monkeypatch):  # noqa: F811
    """Django behind its early answers, and a way to ask: status, headers and content."""
    monkeypatch.setattr(early, "WATCH", watch)
    django = Counting()
    application = EarlyAnswers(django)

    def ask(address=POST, method="GET", **more):
        head = []
        environ = RequestFactory(SERVER_NAME="localhost").generic(method, address, **more).environ
        environ["HTTP_HOST"] = more.get("HTTP_HOST", "localhost")
        # Never closed: that would end the connection too.
        response = application(environ, lambda status, headers: head.extend([status, headers]))
        return (*head, b"".join(response))

    ask.django = django
    # With a request Django ends the connection that the test is in.
    request_started.disconnect(close_old_connections)
    yield ask
    request_started.connect(close_old_connections)


def test_django_is_asked_once(site):
    for asked, more in enumerate([{}, {"HTTP_ACCEPT_ENCODING": "br, gzip"}], start=1):
        first = site(**more)
        assert first[0] == "200 OK"
        assert site(**more) == first
        assert site.django.asked == asked
    assert site(HTTP_COOKIE="other=1") == site()
    assert site.django.asked == asked


OTHERWISE = [
    {"method": "HEAD"},
    {"method": "POST"},
    {"address": f"{POST}?x=1"},
    {"address": "/nothing/"},
    {"HTTP_HOST": "127.0.0.1"},
    {"HTTP_COOKIE": "sessionid=abc; __Host-sessionid=abc"},
    {"HTTP_IF_NONE_MATCH": '"a"'},
    {"HTTP_X_FORWARDED_PROTO": "gopher"},
]


def test_whoever_asks_otherwise_asks_django(site):
    site()
    for more in OTHERWISE:
        before = site.django.asked
        site(**more)
        site(**more)
        assert site.django.asked == before + 2, more


def test_packed_and_plain_are_two_answers(site):
    plain, packed = site(), site(HTTP_ACCEPT_ENCODING="gzip")
    assert plain[2] != packed[2]
    assert (site(), site(HTTP_ACCEPT_ENCODING="gzip")) == (plain, packed)


def test_nothing_old_is_answered(site, kept, watch, post):  # noqa: F811
    assert b"First words" in site()[2]
    generation.start_new()
    post.unpublish()
    watch.look()
    assert b"First words" not in site()[2]
    kept.go_on()
    watch.look()
    assert folders.linked() is not None
    assert b"First words" not in site()[2]


def test_the_memory_is_bounded(site, monkeypatch):
    monkeypatch.setattr(early, "REMEMBERED", 0)
    assert site() == site()
    assert site.django.asked == 2
