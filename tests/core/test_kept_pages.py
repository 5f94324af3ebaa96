"""Public pages as files: what is written, when it holds, and who is answered with it."""

import gzip

import pytest
from django.core.cache import caches
from django.db import OperationalError, connection
from django.test import Client
from hypothesis import HealthCheck, given, strategies
from hypothesis import settings as hypothesis_settings
from wagtail.models import PageViewRestriction, Site

from clinic.core import generation
from clinic.core.kept_pages import folders, middleware, writer
from clinic.core.kept_pages.rendering import render
from clinic.core.kept_pages.watch import Watch
from clinic.core.kept_pages.writer import UNAVAILABLE, Writer
from clinic.core.models import ClinicSettings
from tests.factories.pages import BlogIndexPageFactory, BlogPageFactory, HomePageFactory, StandardPageFactory

pytestmark = pytest.mark.once
POST = "/blog/first/"


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
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
    monkeypatch.setattr(middleware, "WATCH", own)
    return own


@pytest.fixture
def kept(post, watch):
    """A site whose pages are all written and handed out."""
    keeper = Writer()
    keeper.go_on()
    watch.look()
    return keeper


def get(address, **headers):
    client = Client(raise_request_exception=False, headers={"host": "localhost", **headers})
    return client.get(address)


def is_kept(response):
    return "ETag" in response and response.get("Cache-Control") == "no-cache"


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


def test_pages_are_kept_while_the_database_is_away(kept, watch):
    with Away():
        watch.look()
        assert b"First words" in get(POST).content
        # A process that starts now knows nothing but the files.
        assert Watch().folder is None
        late = Watch()
        late.look()
        assert late.folder == folders.linked()


def test_the_same_headers_and_the_packed_form(kept, watch):
    plain, packed = get(POST), get(POST, accept_encoding="br, gzip")
    assert gzip.decompress(packed.content) == plain.content
    assert packed["Content-Encoding"] == "gzip"
    watch.folder = None
    fresh = get(POST)
    own = {"ETag", "Cache-Control", "Vary", "Content-Length"}
    for name in (fresh.headers.keys() | plain.headers.keys()) - own:
        assert plain.get(name) == fresh.get(name), name
    assert plain["Vary"] == "Accept-Encoding"


def test_who_has_it_already_is_told_so(kept):
    tag = get(POST)["ETag"]
    assert get(POST, if_none_match=tag).status_code == 304
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
    assert folders.linked() is None
    monkeypatch.setattr(writer, "SECONDS_AT_ONCE", 60)
    keeper.go_on()
    assert (folders.linked() / "blog" / "first" / "index.html").exists()


def test_what_a_killed_worker_left_is_swept(kept):
    rest = folders.new_folder(1)
    (rest / ".newabc").write_bytes(b"half")
    another = Writer()
    another.go_on()
    assert not rest.exists()
    assert [path.name for path in folders.home().iterdir() if path.is_dir() and not path.is_symlink()] == [
        folders.linked().name
    ]


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
    home = Site.objects.get().root_page
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
    assert not is_kept(Client(headers={"host": "localhost"}).post(POST))
    assert is_kept(get(POST, x_forwarded_host="evil.example.org", cookie="other=1"))


@pytest.mark.long
@hypothesis_settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    strategies.lists(strategies.sampled_from(["/", "blog", "first", "page", "..", "%2e", "%00", "?a=1"])),
    strategies.sampled_from(["localhost", "127.0.0.1", "evil.example.org"]),
)
def test_a_kept_answer_is_what_would_be_made_now(kept, parts, host):
    response = get("/" + "".join(parts), host=host)
    if is_kept(response):
        assert host == "localhost"
        assert response.content == render(response.wsgi_request.path_info)


def test_settings_reach_the_files(kept, watch):
    ClinicSettings.objects.create(site=Site.objects.get(), name="Ridge Clinic")
    _committed()
    kept.go_on()
    watch.look()
    assert b"Ridge Clinic" in get("/").content
    assert is_kept(get("/"))


def _committed():
    """PostgreSQL counts once a transaction, and a test is one."""
    generation.start_new()
    for cache in caches.all(initialized_only=True):
        cache.clear()
