"""Which index is asked: of the present generation where there is one, and never a failure."""

import sqlite3

import django.db
import pytest
from django.db import connection
from wagtail.models import Page

from clinic.core import generation
from clinic.core.models import Generation
from clinic.search import building, finding, keeper
from clinic.search.finding import find
from clinic.search.index import Index
from clinic.search.keeper import KEEPER, Keeper, Upkeep, path
from tests.factories.pages import BlogIndexPageFactory, BlogPageFactory, HomePageFactory


@pytest.fixture
def blog(db):
    return BlogIndexPageFactory(parent=HomePageFactory.make_site())


def post(blog, words="lantern", **kwargs):
    return BlogPageFactory(parent=blog, body=[{"type": "text", "value": f"<p>{words}</p>"}], **kwargs)


def commit():
    """Let the next change count anew: PostgreSQL counts once a transaction, and a test is one."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('clinic.generation_of', '', true)")


def titles(query="lantern"):
    found = find(query)
    commit()
    return ["".join(piece.text for piece in one.title) for one in found.shown(found.hits)]


@pytest.fixture
def large(monkeypatch):
    """Let every site count as too large to be read while somebody waits."""
    monkeypatch.setattr(keeper, "SMALL_SITE", 0)


@pytest.fixture
def no_database(monkeypatch):
    """A function that takes the database away."""

    def fail():
        raise django.db.OperationalError("away")

    return lambda: monkeypatch.setattr(generation, "current", fail)


def test_a_change_is_found_by_the_next_search(blog):
    first = post(blog, title="First")
    assert titles() == ["First"]
    post(blog, title="Second")
    first.unpublish()
    assert titles() == ["Second"]


def test_an_update_by_hand_is_found_as_well(blog):
    page = post(blog, title="First")
    assert titles() == ["First"]
    Page.objects.filter(pk=page.pk).update(title="Renamed")
    assert titles() == ["Renamed"]


def test_an_older_index_never_shows_what_was_taken_down_or_how_it_was_called(blog, large):
    gone, renamed, moved = (post(blog, title=f"Post {n}") for n in range(3))
    assert len(titles()) == 3
    gone.unpublish()
    commit()
    Page.objects.filter(pk=renamed.pk).update(title="Renamed")
    moved.slug = "elsewhere"
    moved.save_revision().publish()
    found = find("lantern")
    (shown,) = found.shown(found.hits)
    assert "".join(piece.text for piece in shown.title) == "Renamed"
    # The words themselves may be what was taken out.
    assert shown.snippet == []


def test_the_worker_writes_the_next_index_a_while_at_each_call(blog, large, monkeypatch):
    monkeypatch.setattr("clinic.search.documents.PAGES_AT_ONCE", 1)
    post(blog, title="First")
    assert titles() == ["First"]
    post(blog, title="Second")
    worker = Upkeep()
    rounds = 0
    while KEEPER.ready().generation != generation.current():
        worker.go_on(seconds=0)
        rounds += 1
    assert rounds > 2
    assert titles() == ["First", "Second"]
    assert sorted(one.name for one in path().parent.iterdir() if one.name.startswith(".new")) == []


def test_the_worker_begins_anew_where_something_changes_meanwhile(blog, large, monkeypatch):
    monkeypatch.setattr("clinic.search.documents.PAGES_AT_ONCE", 1)
    post(blog, title="First")
    worker = Upkeep()
    worker.go_on(seconds=0)
    commit()
    post(blog, title="Second")
    for _ in range(9):
        worker.go_on(seconds=0)
    assert Index.open(path()).generation == generation.current()
    assert titles() == ["First", "Second"]
    assert not list(path().parent.glob(".new*"))


def test_what_a_worker_that_died_left_half_written_is_never_read(blog):
    path().parent.mkdir(parents=True, exist_ok=True)
    half = building.Building(path())
    half.go_on(seconds=0)
    assert not path().exists() or Index.open(path()).generation
    post(blog, title="First")
    assert titles() == ["First"]


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\x00" + b"\x00" * 5000])
def test_a_broken_file_is_made_anew(blog, content):
    post(blog, title="First")
    path().parent.mkdir(parents=True, exist_ok=True)
    path().write_bytes(content)
    assert titles() == ["First"]
    assert Index.open(path()).size


def test_a_file_that_breaks_while_it_is_open_is_thrown_away(blog):
    post(blog, title="First")
    assert titles() == ["First"]
    content = path().read_bytes()
    KEEPER.forget()
    path().write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    first = find("lantern")
    assert first.is_away or first.hits
    assert titles() == ["First"]


def test_where_nothing_can_be_written_an_index_in_memory_answers(blog, settings, tmp_path):
    settings.SEARCH_DIR = tmp_path / "file"
    settings.SEARCH_DIR.write_text("not a folder")
    post(blog, title="First")
    assert titles() == ["First"]
    post(blog, title="Second")
    assert titles() == ["First", "Second"]


def test_on_a_full_disk_an_index_in_memory_answers(blog, monkeypatch):
    def full(*args):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(building.IndexFile, "finish", full)
    post(blog, title="First")
    assert titles() == ["First"]
    assert not list(path().parent.glob(".new*"))


def test_while_another_process_writes_the_older_index_answers(blog, monkeypatch):
    post(blog, title="First")
    assert titles() == ["First"]
    post(blog, title="Second")
    monkeypatch.setattr(keeper, "_locked", lambda file: False)
    assert titles() == ["First"]


def test_with_the_database_away_the_index_of_the_last_generation_answers(blog, client, no_database):
    post(blog, title="First")
    assert titles() == ["First"]
    no_database()
    assert titles() == ["First"]
    assert client.get("/search/?query=lantern").context["total"] == 1


def test_with_the_database_away_an_older_index_says_nothing(blog, client, large, no_database):
    first = post(blog, title="First")
    assert titles() == ["First"]
    first.unpublish()
    assert titles() == []
    no_database()
    answer = client.get("/search/?query=lantern")
    assert (answer.status_code, answer.context["total"]) == (200, 0)
    assert "We can’t search just now" in answer.content.decode()
    assert "First" not in answer.content.decode()
    assert client.get("/search/page/2/?query=lantern").status_code == 200


def test_a_process_that_never_saw_the_database_says_nothing(blog, monkeypatch, no_database):
    post(blog, title="First")
    assert titles() == ["First"]
    monkeypatch.setattr(finding._Known, "number", 0)
    monkeypatch.setattr(finding.WATCH, "_number", None)
    no_database()
    assert find("lantern").is_away


def test_words_of_danger_bring_the_card_with_the_database_away(blog, client, no_database):
    no_database()
    page = client.get("/search/?query=kill+myself").content.decode()
    assert 'id="crisis-card"' in page


def test_another_process_sees_the_new_file(blog):
    post(blog, title="First")
    other = Keeper()
    assert other.ready() is None
    assert titles() == ["First"]
    assert other.ready().generation == generation.current()


def test_a_restored_database_counts_from_a_lower_number(blog):
    post(blog, title="First")
    assert titles() == ["First"]
    Generation.objects.update(number=generation.current() - 1000)
    post(blog, title="Second")
    Generation.objects.update(number=5)
    assert titles() == ["First", "Second"]
    assert KEEPER.ready().generation == 5
