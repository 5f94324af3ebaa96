"""Nothing that a patient or the front desk typed can be found in anything the demo wrote."""

import contextlib
import time
from pathlib import Path

import psycopg2
import pytest

from tests.factories.consults import form_data
from tests.site.demo import PUBLIC_REFERENCE
from tests.site.http import StaffSession, fetch

TYPED = {
    "name": "Qzname Wvxmarker",
    "phone": "(555) 867-5309 ext 9047110863",
    "email": "qzmail.wvxmarker@example.org",
    "needs": "qzneeds wvxmarker",
    "note": "qznote wvxmarker",
}
STAFF_NOTE = "qzremark wvxmarker"
MARKERS = [
    "Qzname",
    "qzname",
    "867-5309",
    "5558675309",
    "9047110863",
    "qzmail",
    "qzneeds",
    "qznote",
    "qzremark",
    "wvxmarker",
]
SECONDS_FOR_MAIL = 30


@pytest.fixture(scope="module")
def reference(demo_site):
    """The reference of a request that was sent in every wrong way first, then rightly, then worked on."""
    form = f"{demo_site.url}/consultation/"
    for wrong in (
        form_data(**TYPED, contact=None),
        form_data(**TYPED, times=["x"], time_zone="x"),
        form_data(**{**TYPED, "note": TYPED["note"] * 9000}),
    ):
        assert fetch(form, wrong).status in (413, 422)
    assert fetch(form, form_data(**TYPED, age="minor")).status == 200
    answer = fetch(form, form_data(**TYPED, copy="yes"))
    assert answer.status == 200
    reference = PUBLIC_REFERENCE.search(answer.body.decode())[0].replace("-", "")
    work_on(demo_site, reference)
    wait_for_mail(demo_site, reference)
    return reference


def work_on(demo_site, reference):
    """Let the front desk open the request, claim it, and write something down."""
    desk = StaffSession(demo_site.url, "frontdesk", demo_site.logins["frontdesk"])
    inbox = desk.get("/admin/requests/").tree
    address = next(a.get("href") for a in inbox.iter("a") if reference in "".join(a.itertext()))
    opened = desk.get(address).body.decode()
    assert all(value in opened for value in TYPED.values())
    desk.post(f"{address}claim/", {"version": 1})
    desk.post(f"{address}status/", {"version": 2, "status": "closed", "reason": ""})
    desk.post(f"{address}note/", {"text": STAFF_NOTE * 900})
    assert STAFF_NOTE in desk.post(f"{address}note/", {"text": STAFF_NOTE}).body.decode()


def wait_for_mail(demo_site, reference):
    deadline = time.monotonic() + SECONDS_FOR_MAIL
    while reference not in "".join(file.read_text() for file in demo_site.mail_folder.glob("*")):
        assert time.monotonic() < deadline, "the notice did not arrive"
        time.sleep(0.3)


def everything_written(demo_site):
    """Return ``{place: bytes}`` of every file of the demo and every table of its database."""
    written = {
        str(path.relative_to(demo_site.folder)): path.read_bytes()
        for path in demo_site.folder.rglob("*")
        if path.is_file()
    }
    url = demo_site.environment.get("DATABASE_URL", "")
    return written | (rows_of(url) | files_of(url) if url.startswith("postgres") else {})


def rows_of(url):
    """Return the bytes of every table on PostgreSQL, binary columns as they are."""
    with contextlib.closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return {table: b"".join(rows_in(cursor, table)) for (table,) in cursor.fetchall()}


def files_of(url):
    """Return ``{path: bytes}`` of the write-ahead log of a server on this machine."""
    with contextlib.closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        folder = Path(cursor.fetchone()[0])
    return {str(path): path.read_bytes() for path in folder.glob("pg_wal/*") if path.is_file()}


def rows_in(cursor, table):
    cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
    for row in cursor.fetchall():
        yield b"|".join(bytes(v) if isinstance(v, memoryview) else str(v).encode() for v in row)


def found(markers, written):
    return {
        (marker, place) for place, held in written.items() for marker in markers if marker.encode() in held
    }


def test_nothing_typed_is_written_in_clear(demo_site, reference):
    assert found(MARKERS, everything_written(demo_site)) == set()


def test_the_search_would_find_it(demo_site, reference):
    """What may be known of the request is where it belongs: in the database and in the mail."""
    places = {place for _marker, place in found([reference], everything_written(demo_site))}
    assert places & {"db.sqlite3", "consults_consultrequest"}
    assert any(place.startswith("mail/") for place in places)


def test_the_notice_says_reference_and_link_alone(demo_site, reference):
    [mail] = [text for file in demo_site.mail_folder.glob("*") if reference in (text := file.read_text())]
    assert f"{demo_site.url}/admin/requests/" in mail
    assert "etamine" not in mail.partition("\n\n")[0]
