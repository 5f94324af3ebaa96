"""Addresses not found: counted without visitors, shown to editors, led on or left."""

from datetime import date, timedelta

import pytest
from django.conf import settings as site_settings
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect

from clinic.removal.models import NotFoundAddress
from clinic.removal.not_found import counting
from clinic.removal.not_found.addresses import countable
from clinic.settings.intake import MIDDLEWARE as OF_INTAKE
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
REPORT = "/admin/not-found/"


def written():
    path = counting._notes()
    return path.read_text() if path.exists() else ""


def addresses():
    counting.count()
    return set(NotFoundAddress.objects.values_list("address", flat=True))


def add(address, number=1, day=None):
    day = day or timezone.localdate()
    return NotFoundAddress.objects.create(address=address, days={day.isoformat(): number}, last_day=day)


def report(client):
    return client.get(REPORT).content.decode()


@pytest.mark.parametrize("of_intake", [False, True])
def test_a_visit_is_counted_and_asks_no_table_to_keep_it(client, home, of_intake):
    with override_settings(MIDDLEWARE=OF_INTAKE if of_intake else site_settings.MIDDLEWARE):
        client.handler = type(client.handler)()
        with CaptureQueriesContext(connection) as made:
            assert client.get("/old-page/?ref=mail&utm_source=card").status_code == 404
            client.get("/old-page", follow=True)
    assert not [one for one in made if not one["sql"].startswith("SELECT")]
    counting.count()
    row = NotFoundAddress.objects.get()
    assert (row.address, row.days) == ("/old-page", {timezone.localdate().isoformat(): 2})


def test_an_old_numbered_page_is_counted_although_the_front_door_answers(client, home):
    assert client.get("/?p=123&utm_source=card").status_code == 200
    assert client.get("/?page_id=7&name=Mary").status_code == 200
    for nothing in ("/", "/?p=", "/?p=x1", "/?p=12345678", "/?q=1"):
        client.get(nothing)
    assert addresses() == {"/?p=123", "/?page_id=7"}


def test_what_was_found_led_on_or_sent_is_not_counted(client, home, section):
    Redirect.objects.create(old_path="/moved", redirect_link="/visits/")
    for found in ("/visits/", "/moved/", "/moved?p=3", "/visits?p=3", "/favicon.ico", "/robots.txt"):
        client.get(found)
    client.head("/old/")
    client.post("/old/")
    assert written() == ""


@pytest.mark.parametrize(
    "path",
    [
        "/old/page/",
        "/2019/05/12/a-ride-home/",
        "/about.html",
        "/wp-content/uploads/2019/05/First-visit.pdf",
        "/año/",
        "/covid19/",
        "/team/dr-long-middle-name/",
    ],
)
def test_what_people_ask_for_is_counted(path):
    assert countable(path, QueryDict("")) == (path.rstrip("/"))


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "//elsewhere.example.org/x/",
        "/mary@example.org/",
        "/mary%40example.org/",
        "/call/555-010-0199/",
        "/123456/",
        "/born/1980-05-12/",
        "/reset/a1b2c3d4e5f6/",
        "/reset/550e8400-e29b-41d4-a716-446655440000/",
        "/x/aBcDeFgHiJ/",
        "/" + "a" * 25 + "/",
        "/" + "old-page/" * 40,
        "/a b/",
        "/a\n2026-01-01 /b/",
        "/<script>/",
        "/index.php",
        "/wp-login.php",
        "/wp-admin/",
        "/.env",
        "/.git/config",
        "/backup.sql",
        "/x/.well-known/y/",
        "/old.tar.gz",
        "/vendor/phpunit/",
        "/consultation/es/unknown/",
        "/admin/x/",
        "/media/x.pdf",
        "/static/x/",
    ],
)
def test_what_may_be_of_a_person_or_a_scanner_is_not(path):
    assert countable(path, QueryDict("")) == ""


def test_through_the_site_none_of_it_is_written(client, home):
    for path in ("/mary%40example.org/", "/wp-login.php", "/.env", "/consultation/unknown/", "/%0a/"):
        assert client.get(path).status_code == 404
    assert written() == ""


def test_a_failure_to_write_breaks_no_page(client, home, settings, tmp_path):
    settings.SEARCH_DIR = tmp_path / "file"
    settings.SEARCH_DIR.write_text("not a folder")
    assert client.get("/old/").status_code == 404


def test_file_and_table_are_bounded_and_the_rarest_oldest_go(monkeypatch):
    monkeypatch.setattr(counting, "LARGEST_FILE", 200)
    for _ in range(50):
        counting.note("/often")
    assert 0 < len(written()) <= 200
    counting.count()
    assert written() == ""
    monkeypatch.setattr(counting, "MOST_ROWS", 2)
    add("/older", day=timezone.localdate() - timedelta(days=1))
    add("/forgotten", 99, day=timezone.localdate() - timedelta(days=counting.KEPT_DAYS + 1))
    counting.note("/newer")
    assert addresses() == {"/often", "/newer"}


def test_a_spoilt_file_is_passed_over():
    counting.note("/old")
    with counting._notes().open("ab") as file:
        file.write(b"\xff\xfe\n2026-99-99 /x\nnonsense\n2026-01-01 /mary@example.org\n2026-01-01 /x/\n")
    assert addresses() == {"/old"}


def test_days_go_after_thirty(monkeypatch):
    first = date(2026, 3, 1)
    for number in range(40):
        monkeypatch.setattr(timezone, "localdate", lambda *args, day=number: first + timedelta(days=day))
        counting.note("/old")
        counting.count()
    row = NotFoundAddress.objects.get()
    assert len(row.days) == counting.requests_lately(row, row.last_day) == 30
    assert row.last_day == date(2026, 4, 9)


def test_counting_is_a_duty_of_the_worker():
    from consults.management.steps import STEPS

    assert counting.count in [step.run for step in STEPS]


def test_editors_lead_one_on_in_two_taps(client, editor, section):
    add("/old", 7)
    add("/?p=123", 3)
    page = report(client)
    assert page.index(">/old<") < page.index(">/?p=123<")
    assert 'href="/admin/redirects/add/?from=%2F%3Fp%3D123"' in page
    form = client.get("/admin/redirects/add/?from=%2F%3Fp%3D123")
    assert form.context["form"]["old_path"].value() == "/?p=123"
    sent = {"old_path": "/?p=123", "is_permanent": "on", "redirect_page": section.pk}
    client.post("/admin/redirects/add/", sent)
    assert ">/?p=123<" not in report(client) and ">/old<" in report(client)
    assert client.get("/?p=123").headers["Location"] == "/visits/"


def test_a_redirect_without_the_query_counts_too(client, editor, home):
    add("/old?p=5")
    Redirect.objects.create(old_path="/old", redirect_link="/")
    assert ">/old?p=5<" not in report(client)


def test_what_was_left_stays_hidden_however_often_it_comes(client, editor, home):
    row = add("/old")
    assert ">/old<" in report(client)
    for pk in (row.pk, row.pk + 1):
        client.post(f"{REPORT}{pk}/leave/")
    assert client.get(f"{REPORT}{row.pk}/leave/").status_code == 405
    counting.note("/old")
    counting.count()
    assert ">/old<" not in report(client)


def test_what_nobody_asked_for_lately_is_not_listed(client, editor, home):
    add("/old", day=timezone.localdate() - timedelta(days=31))
    assert ">/old<" not in report(client)


def test_others_have_no_door_to_it(client, home):
    row = add("/old")
    client.force_login(UserFactory(group="Editors"))
    assert REPORT in client.get("/admin/reports/site-history/", follow=True).content.decode()
    for group in ("Front desk", "Medical reviewers"):
        client.force_login(UserFactory(group=group))
        assert client.get(REPORT).headers["Location"] == "/admin/"
        client.post(f"{REPORT}{row.pk}/leave/")
    row.refresh_from_db()
    assert not row.is_left


def test_as_many_queries_for_thirty_as_for_one(client, editor, home, count_queries):
    add("/first")
    one = count_queries(lambda: report(client))
    counted = count_queries(lambda: (counting.note("/first"), counting.count()))
    for number in range(29):
        add(f"/old-{number}")
    assert count_queries(lambda: report(client)) == one

    def again():
        for number in range(29):
            counting.note(f"/old-{number}")
        counting.count()

    assert count_queries(again) == counted
