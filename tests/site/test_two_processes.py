"""The two processes on PostgreSQL do all that one does, each with its own rights."""

import pytest

from tests.factories.forms import form_data
from tests.site.crawl import Crawl
from tests.site.demo import PUBLIC_REFERENCE
from tests.site.http import fetch
from tests.site.split import wait_for

pytestmark = [pytest.mark.once, pytest.mark.long]

STARTS = ["/", "/sitemap.xml", "/search/?query=treatment", "/search/?query=qzxwv", "/blog/feed/"]
LIVE = """
from wagtail.models import Page
print("PAGES", *(page.url for page in Page.objects.live().public() if page.url))
"""


def reference_of(answer):
    return PUBLIC_REFERENCE.search(answer.body.decode())[0].replace("-", "")


def stored(split_site, reference):
    with split_site.database("staff") as cursor:
        cursor.execute("SELECT status FROM consults_consultrequest WHERE reference = %s", [reference])
        return cursor.fetchall()


def test_every_public_page_is_shown_with_the_rights_of_intake(split_site):
    log = split_site.folder / "postgresql" / "data" / "log"
    # What a thief was refused before is none of a page's.
    before = len(log.read_text())
    crawl = Crawl(split_site.visitors, STARTS)
    broken = {address: answer.status for address, answer in crawl.answers.items() if answer.status != 200}
    assert broken == {}
    live = split_site.manage("staff", "shell", "-c", LIVE).split("PAGES ")[1].split()
    shown = {address.partition(split_site.visitors)[2] for address in crawl.answers}
    assert len(live) > 20
    assert {url.removeprefix(split_site.visitors) for url in live} - shown == set()
    assert "permission denied" not in log.read_text()[before:]


def test_a_request_is_taken_in_once_and_read_by_staff(split_site):
    first, again = (
        fetch(f"{split_site.visitors}/consultation/", form_data(name="Twice Sent")) for _ in range(2)
    )
    assert reference_of(first) == reference_of(again)
    assert len(stored(split_site, reference_of(first))) == 1


def test_what_the_database_does_not_take_lies_in_the_spool_until_staff_bring_it_in(split_site):
    with split_site.administrator() as cursor:
        cursor.execute("ALTER ROLE clinic_intake NOLOGIN")
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'clinic_intake'"
        )
        try:
            answer = fetch(f"{split_site.visitors}/consultation/", form_data(name="While Away"))
        finally:
            cursor.execute("ALTER ROLE clinic_intake LOGIN")
    assert "the database did not take a request" in split_site.said.read_text()
    # The rights of the staff's worker were not touched, so it brings it in at once.
    wait_for(lambda: stored(split_site, reference_of(answer)))
    wait_for(lambda: not list((split_site.var / "spool").glob("*.seal")))


def test_redirects_and_documents_answer(split_site):
    with split_site.database("staff") as cursor:
        cursor.execute("SELECT id, file FROM wagtaildocs_document")
        number, file = cursor.fetchone()
        cursor.execute(
            "INSERT INTO wagtailredirects_redirect (old_path, redirect_link, is_permanent, site_id, "
            "automatically_created, created_at, redirect_page_route_path) "
            "VALUES ('/once-upon-a-time', '/search/', true, NULL, false, now(), '')"
        )
    answer = fetch(f"{split_site.visitors}/documents/{number}/{file.rpartition('/')[2]}")
    assert answer.body.startswith(b"%PDF")
    assert fetch(f"{split_site.visitors}/once-upon-a-time/").url.endswith("/search/")


def test_each_says_that_its_role_is_as_it_should_be(split_site):
    for name in ("intake", "staff"):
        assert "no issues" in split_site.manage(name, "check", "--database", "default")
