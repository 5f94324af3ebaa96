"""The note beside a button goes along with it: whatever is tapped, refused, sent twice or too late."""

import html
import re
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from consults import workflow
from consults.enums import Outcome, Status
from consults.models import AuditEvent, ConsultNote, ConsultRequest, StoppedContact
from tests.accounts.signing_in import sign_in
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

from .conftest import url

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NOTE = "Her sister answers.\nRing <b>again</b> at six."


@pytest.fixture
def desk(client):
    """A manager of the front desk, signed in: every button is on the page."""
    user = UserFactory(group="Managers")
    user.groups.add(UserFactory(group="Front desk").groups.get())
    client.force_login(user)
    return user


def do(client, name, consult, **values):
    return client.post(url(name, consult), {"text": NOTE, **values})


def notes(consult, desk):
    """Return the notes of a request as whoever opens it reads them."""
    return [note.text for note in workflow.open_consult(consult, actor=desk, purpose="triage")[1]]


def local(moment):
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}"


def test_the_page_has_one_form_for_outcome_note_and_time(client, desk):
    consult = make_consult()
    page = client.get(url("detail", consult)).content.decode()
    [form] = re.findall(r'<form [^>]*id="deal".*?</form>', page, re.DOTALL)
    for name in ("text", "again_at", "until", "assignee", "priority", "status", "version"):
        assert form.count(f'name="{name}"') == 1
    # What one button needs keeps the browser from no other.
    assert " required" not in form
    doors = re.findall(r'formaction="([^"]*)"', form)
    assert f'action="{url("note", consult)}"' in form
    for door in ("claim", "outcome", "snooze", "assign", "priority", "status", "hold"):
        assert url(door, consult) in doors
    # A plan with the clinician needs one, and an e-mail an address.
    assert doors.count(url("outcome", consult)) == len(Outcome) - 2
    # And outside it nothing that a note could be lost beside.
    others = page.replace(form, "")
    assert not re.findall(rf'<form [^>]*action="/admin/requests/{consult.pk}/', others)


def test_enter_presses_the_note_also_where_another_request_can_be_linked(client, desk):
    """A browser takes the first button of the form on the whole page, wherever it stands."""
    make_consult(name="Somebody", phone="(555) 555-0177")
    consult = make_consult(name="Somebody again", phone="(555) 555-0177")
    page = client.get(url("detail", consult)).content.decode()
    assert f'formaction="{url("link", consult)}"' in page
    buttons = re.findall(r"<button [^>]*>", page)
    of_form = [button for button in buttons if 'form="deal"' in button or "formaction" in button]
    assert 'class="w-sr-only"' in of_form[0]
    assert "formaction" not in of_form[0]


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("outcome", {"outcome": "no_answer"}),
        ("outcome", {"outcome": "wrong_number"}),
        ("claim", {}),
        ("snooze", {"until": "tomorrow"}),
        ("assign", {"assignee": "me"}),
        ("priority", {"priority": "1"}),
        ("status", {"status": "working"}),
        ("hold", {"on_hold": "yes"}),
        ("link", {"same_as": "earlier"}),
    ],
)
def test_a_note_goes_along_with_every_button(client, desk, name, values):
    earlier, consult = make_consult(), make_consult()
    meant = {"tomorrow": local(timezone.now() + timedelta(days=1)), "me": desk.pk, "earlier": earlier.pk}
    values = {key: meant.get(value, value) for key, value in values.items()}
    assert do(client, name, consult, version=1, **values).status_code == 302
    consult.refresh_from_db()
    assert consult.version == 2
    assert notes(consult, desk) == [NOTE]
    page = client.get(url("detail", consult)).content.decode()
    assert f"{consult.reference}: " in page
    assert "Note added." in page


def test_note_outcome_and_time_are_kept_together(client, desk):
    consult = make_consult()
    again = timezone.now().replace(second=0, microsecond=0) + timedelta(days=2)
    do(client, "outcome", consult, version=1, outcome="call_back", again_at=local(again))
    consult.refresh_from_db()
    assert (consult.status, consult.next_action_at, notes(consult, desk)) == ("reached", again, [NOTE])
    events = consult.timeline.exclude(action="view").values_list("action", flat=True)
    assert list(events) == ["submit", "attempt", "note"]


def test_whoever_does_not_go_on_is_closed_by_one_tap_for_the_reason_chosen(client, desk):
    consult = make_consult()
    do(client, "outcome", consult, version=1, outcome="declined", reason="cost")
    consult.refresh_from_db()
    assert (consult.status, consult.closed_reason, notes(consult, desk)) == ("closed", "cost", [NOTE])


def test_a_reason_left_beside_another_outcome_ends_nothing(client, desk):
    consult = make_consult()
    do(client, "outcome", consult, version=1, outcome="no_answer", reason="asked_to_stop")
    consult.refresh_from_db()
    assert (consult.status, consult.closed_reason) == ("working", "")


def test_without_a_note_there_is_none(client, desk):
    consult = make_consult()
    do(client, "outcome", consult, version=1, outcome="no_answer", text=" \n ")
    assert ConsultNote.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "values", "said"),
    [
        ("outcome", {"outcome": "call_back"}, "Choose when to call back."),
        ("outcome", {"outcome": "x"}, "Select a valid choice."),
        ("outcome", {"outcome": "declined", "reason": "test"}, "The reason you chose below isn't one"),
        ("snooze", {"until": ""}, "Choose until when."),
        ("status", {"status": "closed", "reason": ""}, "Choose why you close the request."),
        # Nobody has opened it.
        ("status", {"status": "closed", "reason": "cost"}, "Read it before you close it."),
        ("unlink", {}, "be moved there from where it stands."),
        ("assign", {"assignee": "0"}, "Choose somebody of the front desk."),
        ("erase", {}, "A note goes with the contents."),
        ("claim", {"version": ""}, "Nothing was saved"),
        ("claim", {"version": "7"}, "Nothing was saved"),
    ],
)
def test_what_was_typed_stays_where_something_is_missing(client, desk, name, values, said):
    consult = make_consult()
    again = local(timezone.now() + timedelta(days=1))
    typed = {"version": 1, "again_at": "" if name == "outcome" else again, **values}
    response = do(client, name, consult, **typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert said in html.unescape(page).replace("’", "'")
    assert f">\n{html.escape(NOTE)}</textarea>" in page
    if typed["again_at"]:
        assert f'name="again_at" value="{again}"' in page
    consult.refresh_from_db()
    assert (consult.version, ConsultNote.objects.count()) == (1, 0)


def test_a_note_that_is_too_long_changes_nothing_and_stays(client, desk):
    consult = make_consult()
    response = do(client, "outcome", consult, version=1, outcome="no_answer", text="Long" + "x" * 4997)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Use 5,000 characters or fewer." in page
    assert "Longxxx" in page
    consult.refresh_from_db()
    assert consult.attempts == 0


def test_nothing_of_both_where_the_note_cannot_be_sealed(client, desk, settings):
    consult = make_consult()
    settings.CONSULTS_SEALING_PRIVATE_KEYS = ""
    response = do(client, "outcome", consult, version=1, outcome="no_answer")
    assert response.status_code == 500
    assert html.escape(NOTE) in response.content.decode()
    consult.refresh_from_db()
    assert (consult.attempts, consult.version, consult.status) == (0, 1, Status.NEW)


def test_a_note_that_comes_too_late_for_the_contents_is_given_back(client, desk):
    consult = make_consult()
    ended = {"status": Status.CLOSED, "closed_reason": "cost", "next_action_at": None}
    ConsultRequest.objects.filter(pk=consult.pk).update(**ended, purged_at=timezone.now(), envelope=b"")
    for name, values in (("note", {}), ("status", {"status": "working", "version": 1})):
        response = do(client, name, consult, **values)
        assert response.status_code == 410
        assert html.escape(NOTE) in response.content.decode()


# --- once --------------------------------------------------------------------------------------------------


def test_the_same_note_from_every_door_is_stored_once(client, desk):
    consult = make_consult()
    for _ in range(2):
        do(client, "note", consult)
    page = client.get(url("detail", consult)).content.decode()
    assert "You have written the same note before" in page
    do(client, "outcome", consult, version=1, outcome="no_answer")
    # A second click on the same button, from the page of before.
    response = do(client, "outcome", consult, version=1, outcome="no_answer")
    page = response.content.decode()
    assert response.status_code == 409
    assert "by yourself: perhaps the button was pressed twice" in page
    form = re.search(r'<form method="post" action="[^"]*outcome/">.*?</form>', page, re.DOTALL)[0]
    again = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    assert html.escape(NOTE) in form
    do(client, "outcome", consult, **again)
    consult.refresh_from_db()
    assert consult.attempts == 2
    assert notes(consult, desk) == [NOTE]
    assert consult.timeline.filter(action="note").count() == 1
    assert AuditEvent.objects.filter(action="note").count() == 1


def test_other_words_another_person_or_another_request_make_another_note(client, desk):
    consult, second = make_consult(), make_consult()
    do(client, "note", consult)
    do(client, "note", consult, text=f"{NOTE}!")
    do(client, "note", second)
    workflow.add_note(consult, actor=UserFactory(group="Front desk"), text=NOTE)
    assert ConsultNote.objects.count() == 4


def test_breaks_of_lines_as_browsers_send_them_are_the_same_words(client, desk):
    consult = make_consult()
    do(client, "note", consult)
    do(client, "note", consult, text=NOTE.replace("\n", "\r\n"))
    assert notes(consult, desk) == [NOTE]


def test_the_key_of_a_note_tells_nothing_about_its_words(desk):
    first, second = make_consult(), make_consult()
    keys = {workflow.add_note(r, actor=desk, text="No.").written.pk for r in (first, second)}
    assert len(keys) == 2


def test_of_twenty_at_once_one_is_stored(committed):
    desk, consult = UserFactory(group="Front desk"), make_consult()
    told = []

    def click():
        try:
            told.append(workflow.add_note(consult, actor=desk, text=NOTE).undone)
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ConsultNote.objects.count() == 1
    assert sorted(map(len, told)) == [0] + [1] * 19


# --- two at once -------------------------------------------------------------------------------------------


def test_a_conflict_gives_the_note_back_to_be_changed_or_kept_alone(client, desk):
    consult = make_consult()
    workflow.claim(consult, actor=UserFactory(group="Front desk"), version=1)
    response = do(client, "outcome", consult, version=1, outcome="no_answer")
    page = response.content.decode()
    assert response.status_code == 409
    assert "was changed by somebody else" in page
    assert f">\n{html.escape(NOTE)}</textarea>" in page
    assert f'formaction="{url("note", consult)}"' in page
    assert ConsultNote.objects.count() == 0


def test_a_note_survives_what_became_impossible(client, desk):
    consult = make_consult()
    workflow.claim(consult, actor=UserFactory(group="Front desk"), version=1)
    page = do(client, "claim", consult, version=1).content.decode()
    assert "not possible any more" in page
    assert "Do it all the same" not in page
    assert "Add the note alone" in page
    assert f">\n{html.escape(NOTE)}</textarea>" in page


@pytest.mark.parametrize("name", ["erase", "lift_stop"])
def test_an_open_browser_agrees_to_no_colleagues_wish(client, desk, name):
    other = UserFactory(group="Managers")
    consult = make_consult(claimed_by=desk, status=Status.CLOSED, reason="asked_to_stop")
    if name == "erase":
        workflow.erase(consult, actor=other, version=consult.version)
    else:
        workflow.lift_stop(consult, actor=other, reason="They called.")
    consult.refresh_from_db()
    sent = {"version": consult.version, "reason": "They called."}
    sign_in(client, desk, is_fresh=False)
    answer = client.post(url(name, consult), sent)
    assert answer.status_code == 403
    assert "Show again that it is you" in answer.content.decode()
    consult.refresh_from_db()
    assert not consult.purged_at and StoppedContact.objects.in_force().exists()
    sign_in(client, desk)
    client.post(url(name, consult), sent)
    consult.refresh_from_db()
    assert bool(consult.purged_at) or not StoppedContact.objects.in_force().exists()
