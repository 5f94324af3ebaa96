"""What people didn't find, counted without a word that could be theirs."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from clinic.search import misses
from clinic.search.models import MissedWord
from consults.crisis import language_of
from tests.factories.pages import BlogIndexPageFactory, HomePageFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    BlogIndexPageFactory(parent=HomePageFactory.make_site())


def written():
    path = misses._notes()
    return path.read_text() if path.exists() else ""


def look_for(client, query):
    assert client.get("/search/", {"query": query}).status_code == 200


def on(monkeypatch, day):
    monkeypatch.setattr(timezone, "localdate", lambda *args: day)


def test_a_word_of_a_list_is_counted_in_clear(site, client):
    look_for(client, "botox")
    look_for(client, "botox")
    misses.count()
    row = MissedWord.objects.get()
    assert (row.word, row.searches, row.days) == ("botox", 2, 1)


def test_any_other_is_a_hash_wherever_it_lies(site, client):
    look_for(client, "marybeth winterbottom")
    assert "mary" not in written() and "winter" not in written()
    misses.count()
    assert [row.word for row in MissedWord.objects.all()] == ["", ""]
    assert not MissedWord.objects.filter(key__contains="mary").exists()


def test_it_stays_one_however_often_it_is_tried_on_one_day(site, client):
    for _ in range(9):
        look_for(client, "winterbottom")
        misses.count()
    row = MissedWord.objects.get()
    assert (row.word, row.searches, row.days) == ("", 9, 1)


def test_from_the_third_day_on_it_can_be_read(site, client, monkeypatch):
    for number, shown in enumerate(["", "", "hyperbaric"]):
        on(monkeypatch, date(2026, 3, 1) + timedelta(days=number))
        look_for(client, "hyperbaric")
        misses.count()
        assert MissedWord.objects.get().word == shown
    assert MissedWord.objects.get().days == 3


@pytest.mark.parametrize(
    "query",
    [
        "",
        "winterbottom 5550100",
        "winterbottom@example.org",
        "zzqx winterbottom 1980",
        "winterbottom kill myself",
        "quiero morir winterbottom",
        "w" * 31,
        "zq",
        "the",
    ],
)
def test_what_may_be_of_a_person_is_not_counted(site, client, query):
    look_for(client, query)
    assert written() == ""


def test_what_was_found_or_forgiven_is_no_miss(site, client):
    for query in ("crisis", "consultatoin", "cita"):
        look_for(client, query)
    assert written() == ""


def test_further_pages_and_other_methods_count_nothing(site, client):
    client.head("/search/?query=botox")
    client.get("/search/page/2/?query=botox")
    assert written() == ""


def test_a_failure_to_write_breaks_no_search(site, client, settings, tmp_path):
    settings.SEARCH_DIR = tmp_path / "file"
    settings.SEARCH_DIR.write_text("not a folder")
    look_for(client, "botox")


def test_the_file_is_bounded(site, monkeypatch):
    monkeypatch.setattr(misses, "LARGEST_FILE", 200)
    for _ in range(50):
        misses.note("botox", ["botox"], language_of)
    assert 0 < len(written()) <= 200
    misses.count()
    assert written() == ""


def test_rows_are_bounded_and_old_ones_go(site, monkeypatch):
    monkeypatch.setattr(misses, "MOST_ROWS", 3)
    long_ago = timezone.localdate() - timedelta(days=misses.KEPT_DAYS + 1)
    MissedWord.objects.create(key="old", word="old", searches=99, first_day=long_ago, last_day=long_ago)
    for word in ("botox", "botox", "tms", "emdr", "yoga", "massage"):
        misses.note(word, [word], language_of)
    misses.count()
    assert MissedWord.objects.count() == 3
    assert set(MissedWord.objects.values_list("word", flat=True)) >= {"botox"}


def test_a_spoilt_file_is_passed_over(site):
    misses.note("botox", ["botox"], language_of)
    with misses._notes().open("ab") as file:
        file.write(b"\xff\xfe\n2026-99-99 =x\nnonsense\n2026-01-01 ?x\n2026-01-01 =" + b"y" * 500 + b"\n")
    misses.count()
    assert [row.word for row in MissedWord.objects.all()] == ["botox"]


def test_counting_is_a_duty_of_the_worker():
    from consults.management.steps import STEPS

    assert {"search_index", "search_misses"} <= {step.name for step in STEPS}


def test_editors_read_the_report_and_others_do_not(client):
    day = timezone.localdate()
    MissedWord.objects.create(key="1", word="botox", searches=7, days=2, first_day=day, last_day=day)
    MissedWord.objects.create(key="2", searches=2, days=1, first_day=day, last_day=day)
    client.force_login(UserFactory(group="Editors"))
    page = client.get("/admin/search-misses/").content.decode()
    assert "botox" in page and "1 further word may not be read yet" in page
    assert "/admin/search-misses/" in client.get("/admin/reports/site-history/", follow=True).content.decode()
    client.force_login(UserFactory(group="Front desk"))
    assert client.get("/admin/search-misses/").status_code == 302
