"""Which columns stand in a file, the consents among them, and choices that somebody keeps for next month."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.contrib.auth.models import Group

from consults import workflow
from consults.enums import Outcome, Status
from consults.models import AuditEvent, ConsultRequest, SavedView
from consults.models.audit import AuditEvent as Event
from consults.triage.exports.columns import CLEAR, OPENED, said
from consults.triage.exports.consents import CONSENTS
from consults.triage.sentence_fields import LONGEST_REASON
from tests.accounts.signing_in import sign_in
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

from .files import COLUMNS, read_by_another, rows_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]
URL = "/admin/requests/export/"
CONTACT = {"name": "Markername", "phone": "055 555 0177", "email": "marker@example.net"}
REASON = "The phones move to another room."
MASKED = {"contents": "masked", "kind": "csv"}
WITH_NAMES = {"contents": "opened", "kind": "csv", "reason": REASON}


@pytest.fixture
def manager(client):
    return sign_in(client, UserFactory(group="Managers", username="manager"))


def take(client, data, query="", **changes):
    return client.post(f"{URL}{query}", {**data, **changes})


def details():
    return list(AuditEvent.objects.filter(action="export").order_by("seq").values_list("detail", flat=True))


# --- columns -------------------------------------------------------------------------------------------


def test_only_the_chosen_columns_stand_in_it_and_the_audit_says_which(client, manager):
    consult = make_consult(**CONTACT)
    head, row, _made = rows_of(take(client, MASKED, columns=["status", "reference", "language"]))
    assert (head, row) == (["Reference", "Status", "Language"], [consult.reference, "New", "English"])
    assert details() == ["1 rows, masked, columns reference status language"]


def test_of_names_and_contacts_as_much_as_is_needed(client, manager):
    make_consult(**CONTACT)
    head, row, _made = rows_of(take(client, WITH_NAMES, columns=["reference"], names=["phone"]))
    # That somebody is not to be contacted is left out of no file with contacts.
    assert head == ["Reference", "Do not contact", "Phone"]
    assert row[2] == "'055 555 0177"
    assert "Markername" not in str(row)
    assert details() == [f"{REASON} (columns reference phone)"]


def test_names_that_were_ticked_stand_in_no_file_without_names(client, manager):
    make_consult(**CONTACT)
    head, *_rows = rows_of(take(client, MASKED, columns=["reference"], names=["name", "phone"]))
    assert head == ["Reference"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({**MASKED}, "Choose one column or more."),
        ({**MASKED, "columns": ["envelope"]}, "Select a valid choice."),
        ({**MASKED, "columns": ["name"]}, "Select a valid choice."),
        ({**MASKED, "columns": ["x" * 5000]}, "Select a valid choice."),
        ({**WITH_NAMES, "columns": ["reference"]}, "Choose one or more, or take a file without names."),
        ({**WITH_NAMES, "columns": ["reference"], "names": ["note"]}, "Select a valid choice."),
        ({**MASKED, "columns": ["reference"], "span": "year"}, "Select a valid choice."),
    ],
)
def test_what_cannot_stand_in_it_is_refused_and_the_choice_stays(client, manager, data, said):
    make_consult(**CONTACT)
    response = take(client, data)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert details() == []


def test_the_first_time_all_columns_but_the_consents_are_ticked(client, manager):
    form = client.get(URL).context["form"]
    assert form["columns"].value() == list(CLEAR)
    assert form["names"].value() == list(OPENED)


def test_whoever_may_not_open_chooses_no_names(client, manager):
    group = Group.objects.get(name="Managers")
    group.permissions.remove(group.permissions.get(codename="export_opened_consultrequest"))
    assert 'name="names"' not in client.get(URL).content.decode()
    make_consult(**CONTACT)
    response = take(client, MASKED, columns=["reference"], names=["name"])
    assert rows_of(response)[0] == ["Reference"]


def test_whatever_is_chosen_has_room_in_the_audit():
    offered = [*CLEAR, CONSENTS, *OPENED]
    longest = Event._meta.get_field("detail").max_length
    by_length = sorted(offered, key=len, reverse=True)
    for number in range(len(offered) + 1):
        for chosen in (by_length[:number], by_length[number:]):
            assert LONGEST_REASON + len(f" ({said(chosen, offered)})") <= longest
    assert said(offered, offered) == "all columns"


# --- consents ------------------------------------------------------------------------------------------


def test_consents_say_to_what_when_and_whether_it_was_withdrawn(client, manager):
    desk = UserFactory(group="Front desk")
    with time_machine.travel(datetime(2026, 11, 4, 22, 5, tzinfo=UTC), tick=False):
        agreed = make_consult(phone="(555) 555-0123", email=None, way="text", texting="yes", voicemail=None)
        withdrawn = make_consult(phone="(555) 555-0124", email=None)
    with time_machine.travel(datetime(2026, 11, 5, 16, 30, tzinfo=UTC), tick=False):
        workflow.record_outcome(withdrawn, actor=desk, version=1, outcome=Outcome.ASKED_TO_STOP)
    head, *rows, _made = rows_of(take(client, MASKED, columns=["reference", "consents"], span=""))
    assert head[1:] == [
        "Agreed to be contacted",
        "Agreed to texts",
        "Agreed to a voicemail",
        "Agreed to be told our name in it",
        "Withdrawn with this request",
    ]
    assert rows == [[agreed.reference, "2026-11-04 15:05", "2026-11-04 15:05", "", "", ""]]
    [row] = rows_of(take(client, MASKED, "?status=closed", columns=["reference", "consents"]))[1:-1]
    assert row[1:] == ["2026-11-04 15:05", "", "2026-11-04 15:05", "", "2026-11-05 09:30"]


def test_consents_outlive_the_contents_and_need_no_opening(client, manager):
    consult = make_consult(**CONTACT)
    ConsultRequest.objects.filter(pk=consult.pk).update(
        envelope=b"",
        status=Status.CONVERTED,
        next_action_at=None,
        assignee=manager,
        purged_at=datetime.now(UTC),
    )
    [row] = rows_of(take(client, MASKED, "?status=converted", columns=["reference", "consents"]))[1:-1]
    assert row[1]
    assert details()[0].startswith("1 rows, masked")


# --- read by a second library --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["=1+1", '=HYPERLINK("//example.org")', "0042", "+1", "-1", "@x", "Zoë 王"])
def test_another_library_reads_the_same_texts_and_no_formula(client, manager, name):
    make_consult(**{**CONTACT, "name": name})
    response = take(client, {**WITH_NAMES, **COLUMNS}, kind="xlsx")
    head, row, made = read_by_another(response)
    shown = dict(zip(head, row, strict=True))
    assert (shown["Name"], shown["Phone"]) == (name, "055 555 0177")
    assert shown["Tries"] == 0
    assert isinstance(shown["Received"], datetime)
    assert made[0].startswith("Made by manager")
    by_the_first = rows_of(response)
    assert [cell or "" for cell in by_the_first[1]] == [cell or "" for cell in row]


# --- kept for next month -------------------------------------------------------------------------------

CHOICE = {**MASKED, "columns": ["reference", "consents"], "kind": "xlsx", "span": "month"}


def keep(client, query="", name="Every month", **changes):
    return client.post(f"{URL}{query}", {**CHOICE, "keep_as": name, "keep": "1", **changes}, follow=True)


def test_a_choice_is_kept_without_making_a_file_and_one_tap_makes_it(client, manager):
    with time_machine.travel(datetime(2026, 10, 15, 18, tzinfo=UTC), tick=False):
        of_october, other = (
            make_consult(),
            make_consult(status=Status.CLOSED, reason="cost", claimed_by=manager),
        )
        by_phone = make_consult()
        ConsultRequest.objects.filter(pk=by_phone.pk).update(channel="phone")
    with time_machine.travel(datetime(2026, 11, 2, 18, tzinfo=UTC), tick=False):
        make_consult()
        sign_in(client, manager)
        page = keep(client, "?channel=web").content.decode()
        assert "Kept as Every month. No file was made." in page
        assert details() == []
        view = SavedView.objects.get()
        assert f'name="kept" value="{view.pk}"' in page
        response = client.post(f"{URL}?channel=web", {"kept": view.pk})
    head, *rows, _made = rows_of(response)
    # Of the month before that day, open or not; the filter of then still holds.
    assert [row[0] for row in rows] == [of_october.reference, other.reference]
    assert head[0] == "Reference"
    assert response["Content-Disposition"] == 'attachment; filename="requests.xlsx"'
    assert details() == ["2 rows, masked, columns reference consents"]


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("", {"real", "ended"}),
        ("?status=nonsense", {"real", "ended"}),
        ("?status=quarantine", {"suspected"}),
        ("?status=spam", {"spam"}),
        ("?status=closed", {"ended"}),
    ],
)
def test_of_last_month_spam_and_tests_are_left_out(client, manager, query, kept):
    columns = {
        "real": {},
        "ended": {"status": Status.CLOSED, "closed_reason": "cost", "next_action_at": None},
        "tried": {"status": Status.CLOSED, "closed_reason": "test", "next_action_at": None},
        "spam": {"status": Status.SPAM, "next_action_at": None},
        "suspected": {"status": Status.QUARANTINE},
        "canary": {"is_canary": True},
    }
    with time_machine.travel(datetime(2026, 10, 15, 18, tzinfo=UTC), tick=False):
        requests = {name: make_consult() for name in columns}
    for name, values in columns.items():
        ConsultRequest.objects.filter(pk=requests[name].pk).update(**values)
    with time_machine.travel(datetime(2026, 11, 2, 18, tzinfo=UTC), tick=False):
        sign_in(client, manager)
        response = take(client, {**MASKED, "columns": ["reference"]}, query, span="month")
        page = client.get(URL).content.decode()
    assert {row[0] for row in rows_of(response)[1:-1]} == {requests[name].reference for name in kept}
    assert "no tests, and no spam unless you filtered for it" in page


def test_a_kept_choice_with_names_still_asks_why_and_who(client, manager):
    make_consult(**CONTACT)
    keep(client, contents="opened", names=["phone"], span="")
    view = SavedView.objects.get()
    assert "reason" not in view.file
    response = client.post(URL, {"kept": view.pk})
    assert response.status_code == 422
    assert "Say why, in ten characters or more." in response.content.decode()
    form = client.get(f"{URL}?kept={view.pk}").context["form"]
    assert (form["contents"].value(), form["names"].value()) == ("opened", ["phone"])
    assert form["columns"].value() == ["reference", "consents"]
    sign_in(client, manager, is_fresh=False)
    again = take(client, {**WITH_NAMES, "columns": ["reference"], "names": ["phone"]})
    assert "Content-Disposition" not in again
    assert details() == []


def test_a_kept_choice_is_its_owners_alone_and_no_view_of_the_list(client, manager):
    keep(client)
    view = SavedView.objects.get()
    assert (view.owner, view.is_shared) == (manager, False)
    assert "Every month" not in client.get("/admin/requests/all/").content.decode()
    assert "Every month" not in client.get("/admin/requests/views/").content.decode()
    sign_in(client, UserFactory(group="Managers"))
    assert "Every month" not in client.get(URL).content.decode()
    assert client.get(f"{URL}?kept={view.pk}").status_code == 404
    assert client.post(URL, {"kept": view.pk}).status_code == 404
    assert client.post(f"/admin/requests/views/{view.pk}/delete/").status_code == 404
    assert details() == []


@pytest.mark.parametrize("key", ["x", "9" * 40, "-1", "٣", "0"])
def test_a_key_that_is_none_is_not_found(client, manager, key):
    assert client.get(URL, {"kept": key}).status_code == 404
    assert client.post(URL, {"kept": key}).status_code == 404


def test_one_of_the_same_name_is_replaced_and_one_can_be_deleted(client, manager):
    keep(client)
    keep(client, columns=["reference"])
    view = SavedView.objects.get()
    assert "columns=reference&" in f"{view.file}&"
    response = client.post(f"/admin/requests/views/{view.pk}/delete/")
    assert response.url == URL
    assert not SavedView.objects.exists()


def test_a_view_of_the_list_and_a_file_never_take_each_others_name(client, manager):
    client.post("/admin/requests/views/?channel=phone", {"name": "Phones"})
    assert "A view of your list has this name." in keep(client, name="Phones").content.decode()
    keep(client, name="Every month")
    refused = client.post("/admin/requests/views/", {"name": "Every month"})
    assert "A file that you keep has this name." in refused.content.decode()
    assert SavedView.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "said"), [("", "Give it a name"), ("x" * 5000, "Use 60 characters or fewer.")]
)
def test_a_choice_is_kept_under_a_name_that_is_one(client, manager, name, said):
    assert said in keep(client, name=name).content.decode()
    assert not SavedView.objects.exists()


def test_thirty_with_consents_ask_the_database_as_often_as_one(client, manager, count_queries):
    make_consult()
    data = {**MASKED, "columns": [*CLEAR, "consents"]}
    one = count_queries(lambda: take(client, data))
    for _ in range(29):
        make_consult()
    assert count_queries(lambda: take(client, data)) == one
