"""Public pages as files: what is written, when it holds, and who is answered with it."""

import gzip
import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.cache import caches
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import CommandError, call_command
from django.core.signals import request_finished, request_started
from django.db import OperationalError, close_old_connections, connection
from django.test import RequestFactory
from wagtail.models import PageViewRestriction
from wagtail.models import Site as WagtailSite

from clinic.core import generation
from clinic.core.facts import FACTS
from clinic.core.kept_pages import folders, middleware, serving, visits, writer
from clinic.core.kept_pages import watch as watching
from clinic.core.kept_pages.rendering import render
from clinic.core.kept_pages.serving import KeptPages
from clinic.core.kept_pages.watch import Watch
from clinic.core.kept_pages.writer import UNAVAILABLE, Writer
from clinic.core.models import ClinicSettings, SiteNotice
from clinic.editing.draft_links.links import address_of, make_link
from tests.factories.pages import BlogIndexPageFactory, BlogPageFactory, HomePageFactory, StandardPageFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.once
POST = "/blog/first/"


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    # What other tests counted.
    visits.store()
    settings.KEPT_PAGES_DIR = tmp_path / "kept"
    settings.CLINIC_FACTS_FILE = tmp_path / "facts.json"
    settings.SITE_URL = "http://localhost"
    settings.CLINIC_DEFAULTS = {**settings.CLINIC_DEFAULTS, "phone": "303 555 0100"}


@pytest.fixture
def post(db):
    home = HomePageFactory.make_site()
    blog = BlogIndexPageFactory(parent=home, slug="blog")
    for number in range(7):
        BlogPageFactory(parent=blog, slug=f"further-{number}")
    return BlogPageFactory(parent=blog, slug="first", title="First words")


@pytest.fixture
def watch(monkeypatch):
    """What the process of a site knows, after each ``look``."""
    own = Watch()
    for module in (middleware, serving, watching):
        monkeypatch.setattr(module, "WATCH", own)
    return own


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """However slow the machine is, one call writes all pages."""
    monkeypatch.setattr(writer, "SECONDS_AT_ONCE", 600)


@pytest.fixture
def kept(post, watch):
    """A site whose pages are all written and handed out."""
    keeper = Writer()
    keeper.go_on()
    watch.look()
    return keeper


@dataclass
class Answer:
    """What came back, and whether Django was asked for it."""

    status_code: int
    headers: dict
    content: bytes
    is_kept: bool

    def __getitem__(self, name):
        return self.headers[name]


class Site:
    """The site as a server runs it: kept pages before Django."""

    def __init__(self):
        self._django = WSGIHandler()
        self._was_asked = False

    def _ask_django(self, environ, start_response):
        self._was_asked = True
        # As Django's own client: the test's connection goes on.
        request_started.disconnect(close_old_connections)
        request_finished.disconnect(close_old_connections)
        try:
            response = self._django(environ, start_response)
            body = b"".join(response)
            response.close()
        finally:
            request_started.connect(close_old_connections)
            request_finished.connect(close_old_connections)
        return [body]

    def get(self, address, method="GET", **headers):
        """Return the answer to a visitor of the site's own host."""
        environ = RequestFactory().generic(method, "/", headers={"host": "localhost", **headers}).environ
        environ["PATH_INFO"], _mark, environ["QUERY_STRING"] = address.partition("?")
        said = []
        self._was_asked = False
        body = KeptPages(self._ask_django)(environ, lambda status, names: said.extend((status, names)))
        content = b"".join(body)
        return Answer(int(said[0].split()[0]), dict(said[1]), content, not self._was_asked)


def get(address, method="GET", **headers):
    return Site().get(address, method, **headers)


def is_kept(response):
    return response.is_kept


class Away:
    """A database that is away, for as long as this is entered."""

    def __enter__(self):
        def refuse(*args):
            raise OperationalError("away")

        self._wrapper = connection.execute_wrapper(refuse)
        self._wrapper.__enter__()

    def __exit__(self, *args):
        self._wrapper.__exit__(*args)


def test_every_public_page_is_a_file_and_answered_without_a_query(kept, django_assert_num_queries):
    for address in ["/", "/blog/", "/blog/page/2/", POST, "/get-help-now/"]:
        with django_assert_num_queries(0):
            response = get(address)
        assert response.status_code == 200
        assert is_kept(response)


def test_feed_and_sitemap_are_files_too_as_the_application_answers(kept, watch, django_assert_num_queries):
    for address in ("/blog/feed/", "/sitemap.xml"):
        with django_assert_num_queries(0):
            response = get(address)
        assert is_kept(response)
        watch.folder = None
        fresh = get(address)
        assert not is_kept(fresh)
        assert (response["Content-Type"], response.content) == (fresh["Content-Type"], fresh.content)
        # Whatever else is asked there, the application answers.
        watch.look()
        assert not is_kept(get(f"{address}?p=1"))
        assert not is_kept(get(address.rstrip("/") + "/x"))


def test_feed_and_sitemap_stand_while_the_database_is_away(kept, watch):
    with Away():
        watch.look()
        assert b"First words" in get("/blog/feed/").content
        assert b"/blog/first/</loc>" in get("/sitemap.xml").content
        assert get("/sitemap.xml", accept_encoding="gzip")["Content-Encoding"] == "gzip"


def test_the_first_answer_of_the_feed_is_kept(post, watch, monkeypatch):
    monkeypatch.setattr(writer, "SECONDS_AT_ONCE", 0)
    Writer().go_on()
    watch.look()
    assert [is_kept(get("/blog/feed/")) for _time in range(2)] == [False, True]


def test_a_post_taken_down_leaves_feed_and_sitemap(kept, watch, post):
    generation.start_new()
    post.unpublish()
    watch.look()
    for address in ("/blog/feed/", "/sitemap.xml"):
        assert b"/blog/first/" not in get(address).content
    kept.go_on()
    watch.look()
    for address in ("/blog/feed/", "/sitemap.xml"):
        assert is_kept(get(address))
        assert b"/blog/first/" not in get(address).content


def test_pages_are_kept_while_the_database_is_away(kept, watch):
    with Away():
        watch.look()
        assert b"First words" in get(POST).content
        # A process that starts now knows nothing but the files.
        assert Watch().folder is None
        late = Watch()
        late.look()
        assert late.folder == folders.linked()


def test_what_was_written_in_the_second_before_the_database_went_is_handed_out(kept, watch):
    generation.start_new()
    watch.look()
    generation.start_new()
    kept.go_on()
    with Away():
        watch.look()
        assert is_kept(get(POST))


def test_without_a_database_nothing_is_handed_out_that_was_old_before(kept, watch):
    before = folders.linked()
    generation.start_new()
    watch.look()
    with folders.lock():
        folders.link(before)
    with Away():
        watch.look()
        assert watch.folder is None


def test_the_same_headers_and_the_packed_form(kept, watch):
    plain, packed = get(POST), get(POST, accept_encoding="br, gzip")
    assert gzip.decompress(packed.content) == plain.content
    assert packed["Content-Encoding"] == "gzip"
    watch.folder = None
    fresh = get(POST)
    own = {"ETag", "Last-Modified", "Cache-Control", "Vary", "Content-Length"}
    for name in (fresh.headers.keys() | plain.headers.keys()) - own:
        assert plain.headers.get(name) == fresh.headers.get(name), name
    assert plain["Vary"] == "Accept-Encoding"


def test_who_has_it_already_is_told_so(kept):
    tag, time = get(POST)["ETag"], get(POST)["Last-Modified"]
    assert get(POST, if_none_match=tag).status_code == 304
    assert get(POST, if_none_match=f'"x", W/{tag}').content == b""
    assert get(POST, if_modified_since=time).status_code == 304
    assert get(POST, if_modified_since=time, if_none_match='"other"').status_code == 200
    assert get(POST, if_none_match='"other"').status_code == 200
    assert get(POST, range="bytes=0-1").status_code == 200


@pytest.mark.parametrize(
    "change",
    [
        lambda post: post.unpublish(),
        lambda post: PageViewRestriction.objects.create(page=post.page_ptr, restriction_type="login"),
        lambda post: post.delete(),
    ],
)
def test_what_is_taken_down_never_comes_back(kept, watch, post, change):
    assert b"First words" in get(POST).content
    generation.start_new()
    change(post)
    watch.look()
    assert b"First words" not in get(POST).content
    # The front server has nothing old to hand out either, whoever stops now.
    assert folders.linked() is None
    kept.go_on()
    with Away():
        watch.look()
        assert is_kept(get("/"))
        assert not is_kept(get(POST))
    assert not any(b"First words" in file.read_bytes() for file in folders.home().rglob("*.html"))


def test_a_change_shows_with_the_next_files(kept, watch, post):
    post.title = "Second words"
    post.save_revision().publish()
    _committed()
    watch.look()
    assert b"Second words" in get(POST).content
    kept.go_on()
    watch.look()
    response = get(POST)
    assert is_kept(response)
    assert b"Second words" in response.content


def test_a_page_that_changes_while_it_is_written_is_not_handed_out(post, monkeypatch):
    real = writer.render

    def render(address):
        content = real(address)
        generation.start_new()
        return content

    monkeypatch.setattr(writer, "render", render)
    Writer().go_on()
    assert folders.linked() is None


def test_writing_goes_on_where_it_was_interrupted(post, monkeypatch):
    monkeypatch.setattr(writer, "SECONDS_AT_ONCE", 0)
    keeper = Writer()
    keeper.go_on()
    folder = folders.linked()
    assert not (folder / folders.FINISHED).exists()
    monkeypatch.setattr(writer, "SECONDS_AT_ONCE", 600)
    keeper.go_on()
    assert folders.linked() == folder
    assert (folder / folders.FINISHED).exists()
    assert folders.file_of(folder, POST).exists()


def test_what_a_killed_worker_left_is_swept(kept):
    rest = folders.new_folder(1, folders.about(folders.linked()))
    (rest / ".newabc").write_bytes(b"half")
    before = folders.linked()
    another = Writer()
    another.go_on()
    # A new release writes all anew, and only then exchanges.
    assert folders.linked() != before
    assert not rest.exists()
    left = [path.name for path in folders.home().iterdir() if path.is_dir() and not path.is_symlink()]
    assert left == [folders.linked().name]


def test_a_worker_that_begins_anew_leaves_the_pages_until_it_is_ready(kept, watch, monkeypatch):
    monkeypatch.setattr(writer, "SECONDS_AT_ONCE", 0)
    before = folders.linked()
    Writer().go_on()
    assert folders.linked() == before


def test_half_a_page_is_none(kept, monkeypatch):
    """Whatever ends a process while it writes, or a full disk: a name is there with all of it, or not."""

    def full(*args):
        raise OSError(28, "No space left on device")

    generation.start_new()
    monkeypatch.setattr(folders.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        kept.go_on()
    assert not list(folders.home().rglob("*/index.html*"))
    monkeypatch.undo()


def test_the_disk_is_bounded(post, settings, caplog):
    settings.KEPT_PAGES_MAX_BYTES = 1
    Writer().go_on()
    assert len(list(folders.linked().rglob("index.html"))) == 1
    assert "the folder is full" in caplog.text


def test_a_folder_that_cannot_be_written_hurts_no_visitor(post, settings, watch, tmp_path):
    (tmp_path / "file").write_text("")
    settings.KEPT_PAGES_DIR = tmp_path / "file"
    with pytest.raises(OSError, match="file"):
        Writer().go_on()
    watch.look()
    assert get(POST).status_code == 200


def test_what_is_for_some_or_not_published_is_no_file(post):
    home = WagtailSite.objects.get().root_page
    StandardPageFactory(parent=home, slug="draft", live=False)
    closed = StandardPageFactory(parent=home, slug="closed")
    PageViewRestriction.objects.create(page=closed.page_ptr, restriction_type="login")
    Writer().go_on()
    assert not (folders.linked() / "draft").exists()
    assert not (folders.linked() / "closed").exists()
    assert not (folders.linked() / "consultation").exists()


def test_a_file_says_nothing_that_changes_with_the_hour(kept):
    for file in folders.linked().rglob("index.html"):
        text = file.read_text().lower()
        assert "open today" not in text
        assert "closed today" not in text


def test_what_is_shown_without_the_application_has_phone_and_crisis_line(kept):
    page = (folders.home() / UNAVAILABLE).read_text()
    assert "303 555 0100" in page
    assert "tel:988" in page


@pytest.mark.parametrize("query", ["utm_source=mail", "utm_medium=x&gclid=1"])
def test_a_campaign_makes_no_other_page(kept, query):
    assert is_kept(get(f"{POST}?{query}"))


@pytest.mark.parametrize(
    "address",
    [
        f"{POST}?x=1",
        f"{POST}?utm_source=a&x=1",
        "/blog/first",
        "/blog//first/",
        "/blog/../blog/first/",
        "/blog/%2e%2e/blog/first/",
        "/blog/FIRST/",
        "/blog/first/index.html",
        "/blog/first/\0/",
        "/" + "a/" * 2000,
        "/nothing/",
    ],
)
def test_other_addresses_are_not_answered_from_files(kept, address):
    assert not is_kept(get(address))


def test_other_people_and_hosts_are_not_answered_from_files(kept, settings):
    assert not is_kept(get(POST, cookie=f"{settings.SESSION_COOKIE_NAME}=abc"))
    assert not is_kept(get(POST, host="127.0.0.1"))
    assert not is_kept(get(POST, method="POST"))
    assert is_kept(get(POST, x_forwarded_host="evil.example.org", cookie="other=1"))


PIECES = ["/", "//", "blog", "blog/", "first", "first/", "page/", "2/", "02/", "..", "../", "%2e%2e/", "%2f"]
PIECES += ["\0", "get-help-now/", "consultation/", "index.html", ".about.json", "current", "FIRST/", "é", "?"]
PIECES += ["a" * 4000]
QUERIES = ["", "utm_source=a", "gclid=1&utm_medium=%00", "x=1", "utm_source=a&x=1", "&", "utm_=1", "q" * 5000]
VALUES = {
    "host": [*["localhost"] * 5, "127.0.0.1", "evil.example.org", "localhost,evil.example.org", ""],
    "cookie": ["", "", "other=1", "sessionid=abc", "x=sessionid=1"],
    "x_forwarded_host": ["", "evil.example.org"],
    "x_forwarded_proto": ["", "http", "https"],
    "range": ["", "bytes=0-1", "bytes=-1", "bytes=9-1,x"],
    "if_none_match": ["", "*", '"x"', 'W/"1", "2"', '"'],
    "if_modified_since": ["", "yesterday", "Sun, 29 Nov 2099 00:00:00 GMT"],
    "accept_encoding": ["", "gzip", "br, gzip", "gzip;q=0", "GZIP , x", "*"],
    "referer": ["", "https://evil.example.org/"],
}


@pytest.mark.long
def test_ten_thousand_random_requests_get_nothing_but_fresh_pages(kept):
    """Whatever is answered from a file is byte for byte what would be made now for that address."""
    number = random.Random(2_026)  # noqa: S311
    fresh = {address: render(address).content for address in folders.about(folders.linked()).addresses}
    real = [[], ["blog/"], ["blog/", "first/"], ["blog/", "page/", "2/"], ["get-help-now/"]]
    site, hits = KeptPages(lambda environ, start_response: None), 0
    for _ in range(10_000):
        invented = number.choices(PIECES, k=number.randint(0, 5))
        parts = number.choice([number.choice(real), number.choice(real), invented])
        address = "/" + "".join(parts)
        environ = {
            "REQUEST_METHOD": number.choice(["GET", "GET", "HEAD", "POST", "PUT", "OPTIONS", "get", ""]),
            "PATH_INFO": address,
            "QUERY_STRING": number.choice(QUERIES),
            **{f"HTTP_{name.upper()}": value for name in VALUES if (value := number.choice(VALUES[name]))},
        }
        status, headers, content = _ask(site, environ)
        if status is None:
            continue
        hits += 1
        assert environ["HTTP_HOST"] == "localhost"
        assert environ["REQUEST_METHOD"] in ("GET", "HEAD")
        assert "sessionid" not in environ.get("HTTP_COOKIE", "")
        if content and headers.get("Content-Encoding") == "gzip":
            content = gzip.decompress(content)
        if content or (status == "200 OK" and environ["REQUEST_METHOD"] == "GET"):
            assert content == fresh[address]
    # Or nothing was tried.
    assert hits > 300


def _ask(site, environ):
    said = [None, {}]
    body = site(environ, lambda status, headers: said.__setitem__(slice(None), [status, dict(headers)]))
    return (*said, b"".join(body or []))


def test_who_asks_for_the_head_gets_no_body(kept):
    answer = get(POST, method="HEAD")
    assert (answer.is_kept, answer.content) == (True, b"")
    assert answer["Content-Length"] == str(len(get(POST).content))


def test_the_first_visitor_of_a_page_writes_it(post, watch, monkeypatch):
    monkeypatch.setattr(writer, "SECONDS_AT_ONCE", 0)
    Writer().go_on()
    watch.look()
    first, second = get(POST), get(POST)
    assert not is_kept(first)
    assert is_kept(second)
    assert first.content == second.content == render(POST).content


def test_a_draft_read_by_its_link_takes_no_place_of_a_page(post, watch, monkeypatch):
    """It is rendered under the address of its page, for somebody without a login."""
    monkeypatch.setattr(writer, "SECONDS_AT_ONCE", 0)
    Writer().go_on()
    watch.look()
    post.title = "Other words"
    post.save_revision()
    link = make_link(post, user=None, days=1)
    assert b"Other words" in get(address_of(link).removeprefix(settings.STAFF_URL)).content
    first = get(POST)
    assert b"First words" in first.content and not first.is_kept
    assert get(POST).is_kept


@pytest.mark.parametrize(
    "address", ["/blog/page/02/", "/search/", "/search/page/1/", "/nothing/", f"{POST}?x=1"]
)
def test_no_invented_address_makes_a_file(post, watch, monkeypatch, address):
    monkeypatch.setattr(writer, "SECONDS_AT_ONCE", 0)
    Writer().go_on()
    watch.look()
    get(address)
    assert not list(folders.linked().rglob("index.html"))


def test_once_the_folder_is_full_visitors_add_nothing(post, watch, settings):
    settings.KEPT_PAGES_MAX_BYTES = 1
    Writer().go_on()
    watch.look()
    get(POST)
    get("/blog/")
    assert len(list(folders.linked().rglob("index.html"))) == 1


def test_what_people_read_is_written_first(kept, watch, monkeypatch):
    for _ in range(3):
        get(POST)
    get("/blog/page/2/")
    visits.store()
    monkeypatch.setattr(writer, "SECONDS_AT_ONCE", 0)
    generation.start_new()
    kept.go_on()
    assert kept.writing.waiting[:2] == [POST, "/blog/page/2/"]


def test_counts_of_visits_are_bounded(kept, monkeypatch):
    monkeypatch.setattr(visits, "MOST_ADDRESSES", 2)
    monkeypatch.setattr(visits, "MOST_VISITS", 10)
    for address, times in (("/a/", 9), ("/b/", 4), ("/c/", 1)):
        for _ in range(times):
            visits.count(address)
    visits.store()
    assert visits.counts() == {"/a/": 4, "/b/": 2}


def test_with_a_day_what_was_said_of_it_is_over(kept, watch):
    """A notice until today, a fee from tomorrow: pages of yesterday are not handed out."""
    before = generation.current()
    with time_machine.travel(datetime.now(UTC) + timedelta(days=1), tick=True):
        watch.look()
        assert not is_kept(get(POST))
        assert folders.linked() is None
        kept.go_on()
        watch.look()
        assert is_kept(get(POST))
    # Never two contents under one number.
    assert generation.current() > before


def test_a_notice_begins_and_ends_at_its_minute(kept, watch):
    """Nothing is written to the database then; each process sees by itself that what is kept is over."""
    now = datetime.now(UTC)
    begins, ends = now + timedelta(minutes=5), now + timedelta(minutes=9)
    SiteNotice.objects.create(text="We close early.", shows_from=begins, shows_until=ends)
    _committed()
    kept.go_on()
    watch.look()
    numbers = [generation.current()]
    assert b"We close early." not in get(POST).content
    for moment, shows in ((begins, True), (ends, False)):
        with time_machine.travel(moment, tick=True):
            watch.look()
            assert not is_kept(get(POST))
            assert folders.linked() is None
            assert (b"We close early." in get(POST).content) is shows
            kept.go_on()
            watch.look()
            assert is_kept(get(POST))
            assert (b"We close early." in get(POST).content) is shows
        numbers.append(generation.current())
    assert numbers == sorted(set(numbers))


def test_pages_that_are_being_written_when_a_notice_begins_are_left(post, watch, monkeypatch):
    monkeypatch.setattr(writer, "SECONDS_AT_ONCE", 0)
    begins = datetime.now(UTC) + timedelta(minutes=5)
    SiteNotice.objects.create(text="Early.", shows_from=begins, shows_until=begins + timedelta(hours=1))
    FACTS.refresh()
    keeper = Writer()
    keeper.go_on()
    before = folders.linked()
    with time_machine.travel(begins, tick=True):
        monkeypatch.setattr(writer, "SECONDS_AT_ONCE", 600)
        keeper.go_on()
        watch.look()
        assert b"Early." in get(POST).content
    assert folders.number_of(folders.linked()) > folders.number_of(before)


def test_a_clock_that_is_set_back_brings_nothing_old(kept, watch, post):
    with time_machine.travel(datetime.now(UTC) - timedelta(hours=1), tick=True):
        post.title = "Second words"
        post.save_revision().publish()
        _committed()
        watch.look()
        kept.go_on()
        watch.look()
        assert b"Second words" in get(POST).content
        assert get(POST, if_none_match='"old"').status_code == 200


def test_without_static_files_pages_stand_and_nothing_is_kept(post, watch, settings, tmp_path, client):
    settings.STATIC_ROOT = tmp_path / "empty"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "clinic.core.static_files.StandingStaticFilesStorage"},
    }
    assert client.get("/-/ready").content == b"static files missing\n"
    for address in ("/consultation/", "/", POST, "/get-help-now/"):
        assert client.get(address).status_code == 200
    assert client.get("/nothing/").status_code == 404
    with pytest.raises(writer.CannotKeep):
        Writer().go_on()
    assert folders.linked() is None


def test_nothing_is_acknowledged_while_old_pages_can_be_handed_out(kept, watch, post, client):
    """By a request of staff: the link is gone when the answer comes, though nobody looked meanwhile."""
    client.force_login(UserFactory(superuser=True))
    _in_another_transaction()
    assert client.post(f"/admin/pages/{post.pk}/unpublish/").status_code == 302
    assert folders.linked() is None


def test_what_changes_nothing_leaves_the_pages(kept, watch, post, client):
    client.force_login(UserFactory(superuser=True))
    assert client.post(f"/admin/pages/{post.pk}/lock/").status_code == 302
    client.post("/consultation/", {"name": "x"})
    assert folders.linked() is not None


def test_without_a_database_nobody_who_is_unknown_takes_pages_away(kept, watch, client, settings):
    client.raise_request_exception = False
    client.cookies[settings.SESSION_COOKIE_NAME] = "made-up"
    with Away():
        client.post("/consultation/", {"name": "x"})
        client.post("/admin/login/", {"login": "x", "password": "y"})
    assert folders.linked() is not None


def test_who_waits_is_told_how_far_it_is(post, monkeypatch, capsys):
    call_command("kept_pages")
    assert "no pages are files yet" in capsys.readouterr().out
    keeper = Writer()
    keeper.go_on()
    number = len(folders.about(folders.linked()).addresses)
    call_command("kept_pages", wait=9)
    assert f"{number} of {number} pages are files." in capsys.readouterr().out
    generation.start_new()
    with pytest.raises(CommandError, match="worker"):
        call_command("kept_pages", wait=0.01)


def test_a_command_that_ends_leaves_no_old_page(kept, watch):
    generation.start_new()
    watching.withdraw_after_command()
    assert folders.linked() is None


def test_settings_reach_the_files(kept, watch):
    ClinicSettings.objects.create(site=WagtailSite.objects.get(), name="Ridge Clinic")
    _committed()
    kept.go_on()
    watch.look()
    assert b"Ridge Clinic" in get("/").content
    assert is_kept(get("/"))


def _in_another_transaction():
    """PostgreSQL counts once a transaction, and a test is one."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('clinic.generation_of', '', true)")


def _committed():
    """PostgreSQL counts once a transaction, and a test is one."""
    generation.start_new()
    for cache in caches.all(initialized_only=True):
        cache.clear()
