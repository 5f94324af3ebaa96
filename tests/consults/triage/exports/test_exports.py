"""Files of the list: names only for whoever may, says why and signs in afresh. No cell is a formula."""

import html
import io
import os
import re
import socket
import sys
import tempfile
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.utils import timezone

from consults import audit, workflow
from consults.enums import Outcome
from consults.models import AuditEvent, ConsultRequest
from consults.triage.exports import views
from tests.accounts.signing_in import sign_in
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

from .files import CLEAR_HEADINGS, COLUMNS, OPENED_HEADINGS, rows_of, sheet_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]
URL = "/admin/requests/export/"
CONTACT = {"name": "Markername", "phone": "+1 555 555 0177", "email": "marker@example.net"}
REST = {"note": "Markernote", "needs": "Markerneed", "topic": "cost"}
REASON = "The phones move to another room."
PASSWORD = "correct horse battery"
MASKED = {"contents": "masked", "kind": "csv", **COLUMNS}
OPENED_FILE = {"contents": "opened", "kind": "csv", "reason": REASON, **COLUMNS}
KINDS = ["csv", "xlsx"]
AGAIN = "/admin/account/again/"


@pytest.fixture
def manager(client):
    user = UserFactory(group="Managers", username="=manager")
    user.set_password(PASSWORD)
    user.save()
    return sign_in(client, user)


def take(client, data, query="", **changes):
    return client.post(f"{URL}{query}", {**data, **changes})


def is_file(response):
    return response.status_code == 200 and "Content-Disposition" in response


def actions():
    return list(AuditEvent.objects.order_by("seq").values_list("action", "detail"))


# --- what stands in it -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_masked_file_holds_the_filtered_list_and_nothing_typed(client, manager, kind):
    make_consult(**CONTACT, **REST)
    sought = make_consult(**{**CONTACT, **REST, "name": "Markersecond"})
    ConsultRequest.objects.filter(pk=sought.pk).update(channel="phone")
    response = take(client, MASKED, "?channel=phone", kind=kind)
    head, row, made = rows_of(response)
    assert head == CLEAR_HEADINGS
    assert row[0] == sought.reference
    assert made[0].startswith("Made by =manager, ")
    assert "arker" not in text_of(response)
    assert "5550177" not in text_of(response).replace(" ", "")
    [event] = AuditEvent.objects.all()
    assert (event.action, event.purpose, event.references) == ("export", "", sought.reference)
    assert event.detail == "1 rows, masked, all columns but consents"
    assert sought.timeline.count() == 1
    assert response["Content-Disposition"] == f'attachment; filename="requests.{kind}"'
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("kind", KINDS)
def test_an_opened_file_holds_names_and_contacts_but_never_the_rest(client, manager, kind):
    first = make_consult(**CONTACT, **REST)
    second = make_consult(**{**CONTACT, **REST, "name": "Markersecond"})
    response = take(client, OPENED_FILE, kind=kind)
    head, row, other, made = rows_of(response)
    assert head == [*CLEAR_HEADINGS, *OPENED_HEADINGS]
    shown = dict(zip(head, row, strict=True))
    assert (shown["Reference"], shown["Name"]) == (first.reference, "Markername")
    assert shown["Phone"].removeprefix("'") == CONTACT["phone"]
    assert (shown["E-mail"], shown["Wants"]) == (CONTACT["email"], "Call me")
    assert dict(zip(head, other, strict=True))["Name"] == "Markersecond"
    for typed in REST.values():
        assert typed not in text_of(response)
    assert made[0].startswith("Made by =manager, ")
    assert made[0].endswith(f"With names and contacts, because: {REASON}")
    [event] = AuditEvent.objects.all()
    assert (event.action, event.purpose) == ("export", "export")
    assert event.detail == f"{REASON} (all columns but consents)"
    assert event.references == f"{first.reference} {second.reference}"
    assert event.actor == manager
    for consult in (first, second):
        assert [(e.action, e.actor) for e in consult.timeline.all()][1:] == [("export", manager)]
        consult.refresh_from_db()
        assert consult.seen_at is None
    assert audit.verify() == []


def test_whoever_asked_not_to_be_contacted_is_marked(client, manager):
    desk = UserFactory(group="Front desk")
    stopped = make_consult(**CONTACT)
    workflow.record_outcome(stopped, actor=desk, version=1, outcome=Outcome.ASKED_TO_STOP)
    again = make_consult(**{**CONTACT, "name": "Markeragain"})
    other = make_consult(phone="(555) 555-0123", email="other@example.net")
    head, *rows, _made = rows_of(take(client, OPENED_FILE))
    marks = {row[0]: row[head.index("Do not contact")] for row in rows}
    assert set(marks) == {again.reference, other.reference}
    assert (
        f"with request {stopped.reference}, not to contact them. This request came after"
        in marks[again.reference]
    )
    assert marks[other.reference] == ""


@pytest.mark.parametrize("kind", KINDS)
def test_one_that_does_not_open_is_said_and_keeps_nothing_back(client, manager, kind):
    damaged, whole = make_consult(**CONTACT), make_consult(**{**CONTACT, "name": "Markerwhole"})
    ConsultRequest.objects.filter(pk=damaged.pk).update(envelope=b"\x01\x00\x01changed")
    head, first, second, _made = rows_of(take(client, OPENED_FILE, kind=kind))
    name = head.index("Name")
    assert (first[0], first[name]) == (damaged.reference, "can't be opened")
    assert not any(first[name + 1 :])
    assert (second[0], second[name]) == (whole.reference, "Markerwhole")


@pytest.mark.parametrize("names", [["name"], ["phone"]])
def test_one_whose_contents_were_removed_says_when(client, manager, names):
    consult = make_consult(**CONTACT)
    ConsultRequest.objects.filter(pk=consult.pk).update(
        envelope=b"",
        status="closed",
        closed_reason="cost",
        next_action_at=None,
        purged_at=datetime(2026, 11, 4, 3, tzinfo=UTC),
    )
    response = take(client, {**OPENED_FILE, "names": names}, "?status=closed")
    head, row, _made = rows_of(response)
    # By the reader's clock it was still the evening before.
    assert row[head.index("Name" if names == ["name"] else "Do not contact")] == "removed on 2026-11-03"
    assert "opened" not in " ".join(map(str, row))


def test_without_the_private_key_the_file_says_so(client, manager, settings):
    make_consult(**CONTACT)
    settings.CONSULTS_SEALING_PRIVATE_KEYS = ""
    text = text_of(take(client, OPENED_FILE))
    assert "can't be opened" in text
    assert "Marker" not in text


def test_a_filter_that_cannot_be_gives_what_the_list_gives(client, manager):
    waiting, ended = make_consult(), make_consult()
    ConsultRequest.objects.filter(pk=ended.pk).update(status="spam", next_action_at=None)
    _head, row, _made = rows_of(take(client, MASKED, "?status=nonsense"))
    assert row[0] == waiting.reference


# --- spreadsheets ----------------------------------------------------------------------------------------


STRANGE = ["=1+1", "+1", "-1", "@x", '=HYPERLINK("//example.org")', "\uff1d1+1"]


@pytest.mark.parametrize("name", STRANGE)
def test_no_name_is_a_formula(client, manager, name):
    make_consult(name=name)
    head, row, _made = rows_of(take(client, OPENED_FILE))
    assert row[head.index("Name")] == f"'{name}"
    sheet = sheet_of(take(client, OPENED_FILE, kind="xlsx"))
    cell = sheet.cell(2, head.index("Name") + 1)
    assert (cell.data_type, cell.value) == ("s", name)
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}


@pytest.mark.parametrize(
    ("phone", "in_csv"),
    [
        ("055 555 0177", "'055 555 0177"),
        ("0555550177", "'0555550177"),
        ("+15555550177", "'+15555550177"),
        ("555-555-0177", "555-555-0177"),
        ("(555) 555-0177", "(555) 555-0177"),
    ],
)
def test_phone_numbers_stay_whole(client, manager, phone, in_csv):
    make_consult(phone=phone)
    head, row, _made = rows_of(take(client, OPENED_FILE))
    assert row[head.index("Phone")] == in_csv
    cell = sheet_of(take(client, OPENED_FILE, kind="xlsx")).cell(2, head.index("Phone") + 1)
    assert (cell.data_type, cell.value) == ("s", phone)


def test_numbers_stay_numbers(client, manager):
    make_consult()
    ConsultRequest.objects.update(attempts=3)
    for kind, shown in (("csv", "3"), ("xlsx", 3)):
        head, row, _made = rows_of(take(client, MASKED, kind=kind))
        assert row[head.index("Tries")] == shown


def test_a_name_in_any_script_comes_through(client, manager):
    name = 'Zoë <b> & "José" 王小明 مريم'
    make_consult(name=name)
    for kind in KINDS:
        assert name in text_of(take(client, OPENED_FILE, kind=kind))


@pytest.mark.parametrize(
    "name", ["https://example.org", "mailto:a@example.org", "internal:A1", "0042", "{=1}"]
)
def test_no_name_is_a_link_or_a_number(client, manager, name):
    make_consult(name=name)
    sheet = sheet_of(take(client, OPENED_FILE, kind="xlsx"))
    [cell] = [cell for cell in sheet[2] if cell.value == name]
    assert (cell.data_type, cell.hyperlink) == ("s", None)


def test_what_xml_forbids_is_left_out(client, manager):
    make_consult(name="Marker\x0b\ufffename")
    assert "Markername" in text_of(take(client, OPENED_FILE, kind="xlsx"))


def test_moments_are_typed_by_the_readers_clock(client, manager):
    """The same minute in both kinds; in a spreadsheet it sorts and filters as a moment."""
    consult = make_consult()
    received = datetime(2026, 11, 4, 22, 5, 40, tzinfo=UTC)
    ConsultRequest.objects.update(created_at=received, status="spam", next_action_at=None)
    place = CLEAR_HEADINGS.index("Received")
    assert rows_of(take(client, MASKED, "?status=spam"))[1][place] == "2026-11-04 15:05"
    row = sheet_of(take(client, MASKED, "?status=spam", kind="xlsx"))[2]
    assert row[0].value == consult.reference
    assert (row[place].data_type, row[place].number_format) == ("d", "yyyy-mm-dd hh:mm")
    assert row[place].value.isoformat() == "2026-11-04T15:05:00"
    assert row[CLEAR_HEADINGS.index("Next")].value is None


def test_the_heading_stays_in_sight_and_each_moment_fits(client, manager):
    make_consult(name="Long name " * 9)
    sheet = sheet_of(take(client, OPENED_FILE, kind="xlsx"))
    assert sheet.freeze_panes == "A2"
    widths = [
        column.width
        for column in sheet.column_dimensions.values()
        for _number in range(column.min, column.max + 1)
    ]
    assert len(widths) == len(CLEAR_HEADINGS) + len(OPENED_HEADINGS)
    # Sixteen characters, and the room that a spreadsheet leaves beside them.
    assert 16 < min(widths) == widths[0]
    assert max(widths) == widths[len(CLEAR_HEADINGS) + OPENED_HEADINGS.index("Name")] < 60


def test_a_spreadsheet_tells_nothing_of_who_made_the_program(client, manager):
    make_consult()
    file = zipfile.ZipFile(io.BytesIO(take(client, MASKED, kind="xlsx").content))
    properties = {name: file.read(name).decode() for name in file.namelist() if "docProps" in name}
    assert set(properties) == {"docProps/app.xml", "docProps/core.xml"}
    assert (
        "<dc:creator></dc:creator><cp:lastModifiedBy></cp:lastModifiedBy>" in properties["docProps/core.xml"]
    )
    for part in properties.values():
        assert "manager" not in part
        assert socket.gethostname() not in part


def test_nothing_is_written_to_a_file(client, manager):
    """What goes through a temporary file lies on the disk in clear, also if the process dies."""
    written = []

    def note(event, arguments):
        # Python tells of each file it opens; the database's own files it doesn't open itself.
        if event == "open" and arguments[2] and arguments[2] & (os.O_WRONLY | os.O_RDWR):
            written.append(arguments[0])

    sys.addaudithook(note)
    make_consult(**CONTACT)
    for kind in KINDS:
        assert is_file(take(client, OPENED_FILE, kind=kind))
    assert written == []
    # The very thing that is looked for would be seen.
    with tempfile.TemporaryFile():
        assert written


# --- who may, and why ------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [{"group": "Front desk"}, {"group": "Auditors"}, {"superuser": True}])
@pytest.mark.parametrize("data", [MASKED, OPENED_FILE])
def test_others_take_nothing_away(client, role, data):
    make_consult(**CONTACT)
    client.force_login(UserFactory(**role))
    response = take(client, data)
    assert response.status_code == 403
    assert "arker" not in response.content.decode()
    assert AuditEvent.objects.get().action == "denied"


def let_managers_not(codename):
    group = Group.objects.get(name="Managers")
    group.permissions.remove(group.permissions.get(codename=codename))


@pytest.mark.parametrize(
    "codename", ["export_opened_consultrequest", "view_consultrequest", "export_consultrequest"]
)
def test_a_right_taken_between_form_and_file_counts_at_once(client, manager, codename):
    consult = make_consult(**CONTACT)
    assert "Why you need names" in client.get(URL).content.decode()
    let_managers_not(codename)
    response = take(client, OPENED_FILE)
    assert response.status_code == 403
    assert "arker" not in response.content.decode()
    [event] = AuditEvent.objects.all()
    assert (event.action, event.actor) == ("denied", manager)
    assert consult.timeline.count() == 1
    with pytest.raises(workflow.NotAllowed):
        workflow.open_for_export([consult], actor=manager, reason=REASON)


def test_without_the_right_to_names_the_form_offers_none(client, manager):
    let_managers_not("export_opened_consultrequest")
    assert 'value="opened"' not in client.get(URL).content.decode()
    assert is_file(take(client, MASKED))


@pytest.mark.parametrize("reason", ["", "too short", " " * 20, "x" * 101, "a" + " " * 30])
def test_names_need_a_reason_that_is_one(client, manager, reason):
    make_consult(**CONTACT)
    response = take(client, OPENED_FILE, reason=reason)
    assert response.status_code == 422
    assert "Say why" in response.content.decode() or "100 characters" in response.content.decode()
    assert not AuditEvent.objects.exists()


def test_what_was_typed_stays(client, manager):
    page = take(client, OPENED_FILE, kind="nonsense").content.decode()
    assert REASON in page
    assert '<option value="opened" selected' in page


def test_a_masked_file_needs_neither_reason_nor_a_fresh_sign_in(client, manager):
    make_consult()
    sign_in(client, manager, is_fresh=False)
    assert is_file(take(client, MASKED, reason=""))


def test_the_form_makes_no_file(client, manager):
    make_consult(**CONTACT)
    response = client.get(URL, {"status": "new"})
    assert response.status_code == 200
    assert "Content-Disposition" not in response
    assert "holds 1 request." in response.content.decode()
    assert "arker" not in response.content.decode()
    assert not AuditEvent.objects.exists()


def test_the_form_hands_on_only_filters(client, manager):
    page = client.get(URL, {"status": "new", "q": "Markersearch", "channel": "nowhere"}).content.decode()
    assert "Markersearch" not in page
    page = client.get(URL, {"status": "new", "q": "Markersearch", "channel": "web"}).content.decode()
    assert f'action="{URL}?status=new&amp;channel=web"' in page


@pytest.mark.parametrize("data", [{}, {"contents": "everything", "kind": "csv"}, {**MASKED, "kind": "exe"}])
def test_a_strange_choice_makes_no_file(client, manager, data):
    assert client.post(URL, data).status_code == 422
    assert not AuditEvent.objects.exists()


# --- signing in afresh -----------------------------------------------------------------------------------


def test_names_need_a_fresh_sign_in_and_what_was_typed_is_back_after_it(client, manager):
    make_consult(**CONTACT)
    sign_in(client, manager, is_fresh=False)
    asks = take(client, OPENED_FILE, "?channel=web")
    page = asks.content.decode()
    assert "Content-Disposition" not in asks
    assert "Show again that it is you" in page
    assert REASON in page
    assert "arkername" not in page
    assert not AuditEvent.objects.exists()
    [typed] = re.findall(r'name="typed" value="([^"]+)"', page)[:1]
    again = client.post(AGAIN, {"password": PASSWORD, "typed": html.unescape(typed)}).content.decode()
    assert REASON in again
    assert f'action="{URL}?channel=web"' in again
    assert is_file(take(client, OPENED_FILE, "?channel=web"))
    assert [action for action, _detail in actions()] == ["sign_in", "export"]


def test_it_counts_for_a_quarter_of_an_hour(client, manager):
    make_consult()
    start = timezone.now()
    with time_machine.travel(start + timedelta(minutes=14), tick=False):
        assert is_file(take(client, OPENED_FILE))
    with time_machine.travel(start + timedelta(minutes=16), tick=False):
        assert not is_file(take(client, OPENED_FILE))


def test_wrong_passwords_take_no_names_away_however_many(client, manager):
    make_consult(**CONTACT)
    sign_in(client, manager, is_fresh=False)
    for number in range(15):
        client.post(AGAIN, {"password": f"wrong {number}"})
    client.post(AGAIN, {"password": PASSWORD})
    assert not is_file(take(client, OPENED_FILE))
    assert [action for action, _detail in actions()] == ["sign_in_fail"] * 10 + ["limit"]


# --- how many --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("data", "said"), [(MASKED, "5,000 requests"), (OPENED_FILE, "500 requests")])
def test_more_than_the_limit_is_not_taken(client, manager, monkeypatch, data, said):
    assert said in views.TOO_MANY.format(views.MOST_ROWS[data["contents"]])
    monkeypatch.setitem(views.MOST_ROWS, data["contents"], 1)
    make_consult(**CONTACT)
    assert is_file(take(client, data))
    make_consult()
    response = take(client, data, "?channel=web")
    assert response.status_code == 422
    page = response.content.decode()
    assert "Narrow the list first." in page
    assert 'href="/admin/requests/all/?channel=web"' in page
    assert AuditEvent.objects.count() == 1


@pytest.mark.parametrize("data", [MASKED, OPENED_FILE])
def test_thirty_requests_ask_the_database_as_often_as_one(client, manager, count_queries, data):
    make_consult(claimed_by=manager)
    one = count_queries(lambda: take(client, data))
    for number in range(29):
        make_consult(claimed_by=UserFactory(group="Front desk") if number % 2 else None)
    assert count_queries(lambda: take(client, data)) == one
    assert len(rows_of(take(client, data))) == 32
