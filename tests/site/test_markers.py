"""Nothing that a patient or the front desk typed can be found in anything the demo wrote."""

import contextlib
import re
import time
from pathlib import Path

import psycopg2
import pytest

from consults.references import format_reference
from tests.factories.consults import form_data
from tests.faults.databases import SqliteFile
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
# Goes out by e-mail, so it is in that one mail and sealed everywhere else.
ANSWER = "qzanswer"
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
# Beside other tests the worker waits for its turn.
SECONDS_FOR_MAIL = 120
ADDRESSED = re.compile(rf"^To: {TYPED['email']}\n", re.MULTILINE)


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
    forget_mails(demo_site)
    reference = send(form)
    work_on(demo_site, reference)
    wait_for_mail(demo_site, reference, format_reference(reference), ANSWER)
    return reference


def send(form, **changes):
    """Send what is looked for, and return the reference that the answer tells."""
    answer = fetch(form, form_data(**{**TYPED, **changes}))
    assert answer.status == 200
    # On the page after it they ask for the copy.
    assert fetch(answer.url, {}).status == 200
    return PUBLIC_REFERENCE.search(answer.body.decode())[0].replace("-", "")


def work_on(demo_site, reference):
    """Let the front desk look for the request, open it, claim it, call, and write something down."""
    desk = StaffSession(demo_site.url, "frontdesk", demo_site.logins["frontdesk"])
    address = desk.find_consult(reference)
    opened = desk.get(address).body.decode()
    assert all(value in opened for value in TYPED.values())
    for text in (TYPED["email"], "(555) 867-5309", "5309", reference):
        assert reference in desk.post("/admin/requests/find/", {"text": text}).body.decode()
    pk = address.rstrip("/").rpartition("/")[2]
    # On whichever page of the desk it stands: that depends on the hour and on what else waits.
    lists = (desk.post(f"/admin/requests/?p={page}", {"request": pk}).body.decode() for page in range(1, 6))
    assert any(TYPED["name"] in shown for shown in lists)
    assert TYPED["name"] not in desk.get(f"{address}print/").body.decode()
    desk.post(f"{address}claim/", {"version": 1})
    desk.post(f"{address}status/", {"version": 2, "status": "closed", "reason": ""})
    desk.post(f"{address}outcome/", {"version": 2, "outcome": "no_answer"})
    desk.post(f"{address}note/", {"text": STAFF_NOTE * 900})
    opened = desk.post(f"{address}note/", {"text": STAFF_NOTE}).body.decode()
    assert STAFF_NOTE in opened
    assert desk.post(f"{address}snooze/", {"version": 1, "until": STAFF_NOTE}).status == 409
    template = re.search(r"\?template=(\d+)", opened)[1]
    answer = {"version": 3, "template": template, "text": f"Hello, {ANSWER}."}
    assert ANSWER in desk.post(f"{address}reply/", {**answer, "text": f"{ANSWER} ketamine"}).body.decode()
    assert ANSWER in desk.post(f"{address}reply/", answer).body.decode()


def forget_mails(demo_site):
    """Let what was sent have been sent long ago: after two notices within minutes others wait."""
    change = (
        "from datetime import timedelta; from django.db.models import F; "
        "from consults.models import OutboxMessage; "
        "OutboxMessage.objects.update(sent_at=F('sent_at') - timedelta(hours=1))"
    )
    demo_site.manage("shell", "-c", change)


def wait_for_mail(demo_site, *words):
    deadline = time.monotonic() + SECONDS_FOR_MAIL
    while not all(word in "".join(mails(demo_site).values()) for word in words):
        assert time.monotonic() < deadline, "a mail did not arrive"
        time.sleep(0.3)


def mails(demo_site):
    """Return ``{place: text}`` of what was mailed; the demo writes it into files."""
    return {f"mail/{file.name}": file.read_text() for file in demo_site.mail_folder.glob("*")}


def everything_written(demo_site):
    """Return ``{place: bytes}`` of every file of the demo and every table of its database.

    Of each mail all but the line that it is addressed by: a copy can't arrive without one.
    """
    written = {
        str(path.relative_to(demo_site.folder)): path.read_bytes()
        for path in demo_site.folder.rglob("*")
        if path.is_file()
    }
    written |= {place: ADDRESSED.sub("", text).encode() for place, text in mails(demo_site).items()}
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


def test_only_what_is_written_to_the_person_bears_the_address(demo_site, reference):
    bearing = [text for text in mails(demo_site).values() if TYPED["email"] in text]
    assert [len(ADDRESSED.findall(text)) for text in bearing] == [1, 1]
    copy, answer = sorted(bearing, key=lambda text: ANSWER in text)
    assert format_reference(reference) in copy
    assert ANSWER in answer


def test_an_answer_is_in_its_own_mail_alone(demo_site, reference):
    places = {place for _marker, place in found([ANSWER], everything_written(demo_site))}
    assert len(places) == 1
    assert places.pop().startswith("mail/")


def test_what_waits_in_the_spool_is_sealed(demo_site, reference):
    spool = demo_site.folder / "spool"
    forget_mails(demo_site)
    with requests_locked(demo_site):
        waiting = send(f"{demo_site.url}/consultation/", needs=f"{TYPED['needs']} again")
        assert [file for file in spool.iterdir() if file.suffix == ".sealed"]
        assert found(MARKERS, everything_written(demo_site)) == set()
    wait_for_mail(demo_site, waiting)


@contextlib.contextmanager
def requests_locked(demo_site):
    """Let nobody write requests for a while, on either database."""
    url = demo_site.environment.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        with SqliteFile(demo_site.folder).locked():
            yield
        return
    with contextlib.closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute("LOCK TABLE consults_consultrequest IN SHARE MODE")
        yield


def test_the_search_would_find_it(demo_site, reference):
    """What may be known of the request is where it belongs: in the database and in the mail."""
    places = {place for _marker, place in found([reference], everything_written(demo_site))}
    assert places & {"db.sqlite3", "consults_consultrequest"}
    assert any(place.startswith("mail/") for place in places)


def test_what_a_manager_takes_away_holds_nothing_typed(demo_site, reference):
    manager = StaffSession(demo_site.url, "manager", demo_site.logins["manager"])
    choice = {"contents": "masked", "kind": "csv", "columns": ["reference", "status"]}
    taken = manager.post("/admin/requests/export/", choice).body
    assert reference.encode() in taken
    assert found(MARKERS, {"the file": taken}) == set()


def test_the_notice_says_reference_and_link_alone(demo_site, reference):
    [mail] = [text for text in mails(demo_site).values() if reference in text]
    assert f"{demo_site.url}/admin/requests/" in mail
    assert "etamine" not in mail.partition("\n\n")[0]
