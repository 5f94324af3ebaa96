"""People who asked us to stop: every door remembers it, one lifts it, and one warning stands everywhere."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils.html import escape

from consults import workflow
from consults.enums import ClosedReason, Outcome, Priority, Status
from consults.models import AuditEvent, ConsultRequest, StoppedContact
from tests.accounts.signing_in import sign_in
from tests.consults.triage.exports.files import COLUMNS, rows_of
from tests.factories.consults import make_consult
from tests.factories.forms import answers
from tests.factories.users import UserFactory
from tests.site.http import Document

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=ZoneInfo("America/Denver"))
CONTACT = {"phone": "(555) 555-0142", "email": "stop.me@example.org"}
ENTRY = "/admin/requests-by-phone/"
ASKED = "Do not contact: asked us on Nov 24, 2026, with request {}, not to contact them."
AFTER = f"{ASKED} This request came after that, from them or in their name: ask before you call."
BEFORE = f"{ASKED} This request came before that."
REASON = "They called and want to hear from us."


@pytest.fixture
def desk(client):
    user = UserFactory(group="Front desk")
    sign_in(client, user)
    return user


@pytest.fixture
def manager(client):
    user = UserFactory(group="Managers")
    sign_in(client, user)
    return user


def arrived(hours, **changes):
    """Make a request of the same person that came so many hours after noon."""
    with time_machine.travel(NOON + timedelta(hours=hours), tick=False):
        return make_consult(**{**CONTACT, **changes})


def stop(consult, actor, *, hours=0):
    """Let somebody write down that they asked us to stop."""
    with time_machine.travel(NOON + timedelta(hours=hours), tick=False):
        outcome = {"outcome": Outcome.ASKED_TO_STOP}
        workflow.record_outcome(consult, actor=actor, version=consult.version, **outcome)


def url(name, consult):
    return reverse(f"consult_requests:{name}", args=[consult.pk])


def damage(consult):
    ConsultRequest.objects.filter(pk=consult.pk).update(envelope=b"\x01\x00\x01changed")
    consult.refresh_from_db()


def close_as(consult, actor, reason, *, version):
    workflow.change_status(consult, actor=actor, version=version, status=Status.CLOSED, reason=reason)


# --- every door remembers it ------------------------------------------------------------------------------


def by_outcome(client, consult):
    return client.post(url("outcome", consult), {"version": consult.version, "outcome": "asked_to_stop"})


def by_closing(client, consult):
    client.get(url("detail", consult))
    sent = {"version": consult.version, "status": "closed", "reason": "asked_to_stop"}
    return client.post(url("status", consult), sent)


def after_it_ended(client, consult):
    client.get(url("detail", consult))
    client.post(url("status", consult), {"version": consult.version, "status": "closed", "reason": "cost"})
    assert "Asked us to stop</button>" in client.get(url("detail", consult)).content.decode()
    return client.post(url("stop", consult))


@pytest.mark.parametrize("door", [by_outcome, by_closing, after_it_ended])
def test_each_door_remembers_every_way_to_reach_them(client, desk, door):
    consult = make_consult(**CONTACT)
    assert door(client, consult).status_code == 302
    consult.refresh_from_db()
    assert consult.status == "closed"
    assert set(StoppedContact.objects.values_list("reference", "actor")) == {(consult.reference, desk.pk)}
    assert StoppedContact.objects.count() == 2
    stranger = make_consult(phone="(555) 555-0199", email="other@example.org")
    assert "Do not contact" not in client.get(url("detail", stranger)).content.decode()


@pytest.mark.parametrize("given", [CONTACT, {"phone": CONTACT["phone"]}, {"email": CONTACT["email"]}])
def test_whoever_calls_without_a_request_is_remembered_too(client, desk, given):
    assert client.post(ENTRY, {**given, "stop": "yes"}).status_code == 302
    assert StoppedContact.objects.count() == len(given)
    assert not ConsultRequest.objects.exists()
    assert AuditEvent.objects.filter(actor=desk, action="change", detail="stop").count() == 1
    shown = page(client, make_consult(**CONTACT)).content.decode()
    assert "by phone or at the desk, not to contact them. This request came after that" in shown


@pytest.mark.parametrize(
    "given", [{}, {"phone": "12"}, {**CONTACT, "phone": "12"}, {**CONTACT, "email": "x"}]
)
def test_what_is_not_understood_is_not_remembered_by_half(client, desk, given):
    response = client.post(ENTRY, {**given, "stop": "yes"})
    assert response.status_code == 422
    assert "Nothing was remembered." in response.content.decode()
    assert not StoppedContact.objects.exists()


def test_a_stop_on_an_ended_request_is_noted(client, desk):
    consult = make_consult(claimed_by=desk, status=Status.CLOSED, reason="cost", **CONTACT)
    version = consult.version
    client.post(url("stop", consult))
    consult.refresh_from_db()
    assert (consult.timeline.last().action, consult.timeline.last().actor) == ("stop", desk)
    assert AuditEvent.objects.first().detail == "stop"
    assert (consult.version, consult.closed_reason) == (version, "cost")


def test_closing_that_needs_a_colleague_remembers_it_at_once(desk, settings):
    settings.CONSULTS_CRISIS_CLINICIAN = "Dr. Sample"
    consult = make_consult(claimed_by=desk, **CONTACT)
    workflow.open_consult(consult, actor=desk, purpose="triage")
    ConsultRequest.objects.filter(pk=consult.pk).update(priority=Priority.NOW)
    consult.refresh_from_db()
    close_as(consult, desk, ClosedReason.ASKED_TO_STOP, version=consult.version)
    assert (consult.status, StoppedContact.objects.count()) == ("working", 2)


def test_whoever_was_slower_stops_nothing(desk):
    consult = make_consult(**CONTACT)
    workflow.open_consult(consult, actor=desk, purpose="triage")
    with pytest.raises(workflow.StaleRequest):
        close_as(consult, desk, ClosedReason.ASKED_TO_STOP, version=7)
    assert not StoppedContact.objects.exists()


def test_other_reasons_stop_nothing(client, desk):
    make_consult(claimed_by=desk, status=Status.CLOSED, reason="elsewhere", **CONTACT)
    assert not StoppedContact.objects.exists()


@pytest.mark.parametrize(("group", "status"), [("Editors", 403), (None, 302)])
@pytest.mark.parametrize("door", ["stop", "lift_stop"])
def test_the_doors_are_the_desks(client, group, status, door):
    if group:
        sign_in(client, UserFactory(group=group))
    assert client.post(url(door, make_consult()), {"reason": REASON}).status_code == status
    assert not StoppedContact.objects.exists()


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


REMEMBERED = "Number and address are remembered: whoever meets them again is warned."


@pytest.mark.parametrize("door", [by_outcome, by_closing])
def test_each_door_says_that_it_remembers(client, desk, door):
    assert REMEMBERED in said(door(client, make_consult(**CONTACT)))[-1]


@pytest.mark.parametrize("door", [by_outcome, by_closing])
def test_no_door_says_so_where_nothing_could_be_remembered(client, desk, door):
    consult = make_consult(**CONTACT)
    damage(consult)
    told = said(door(client, consult))
    assert not [line for line in told if REMEMBERED in line]
    assert any("could not be remembered" in line for line in told)


def test_every_label_of_a_managers_page_leads_to_its_own_field(client, manager):
    consult = make_consult(**CONTACT)
    by_closing(client, consult)
    answer = client.post(url("lift_stop", consult), {"reason": ""})
    tree = Document(answer.content).tree
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    described = [word for e in tree.iter() for word in e.get("aria-describedby", "").split()]
    assert {"id_lift_reason_error", "id_lift_reason_helptext"} <= set(described) <= set(ids)


# --- one warning, in the same words, wherever a contact is shown -----------------------------------------


def page(client, consult):
    return client.get(url("detail", consult))


def revealed(client, consult):
    return client.post("/admin/requests/", {"request": consult.pk})


def found(client, consult):
    return client.post("/admin/requests/find/", {"text": consult.reference}, follow=True)


def printed(client, consult):
    return client.get(url("print", consult))


def conflict(client, consult):
    ConsultRequest.objects.filter(pk=consult.pk).update(version=5)
    return client.post(url("snooze", consult), {"version": 1})


def mail_page(client, consult):
    """A mail that can't be sent comes back, with the warning above it."""
    return client.post(url("reply", consult), {"version": consult.version, "text": "Good morning."})


PLACES = [page, revealed, found, printed, conflict, mail_page]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("hours", "words"), [(1, AFTER), (-1, BEFORE)])
def test_the_warning_is_the_same_everywhere_and_says_what_came_first(client, desk, place, hours, words):
    consult = arrived(hours)
    first = arrived(-2, name="First")
    stop(first, desk)
    shown = place(client, consult).content.decode()
    assert shown.count(escape(words.format(first.reference))) == 1
    assert shown.count("Do not contact") == 1


def test_the_request_with_which_they_asked_says_nothing_of_another_one(client, desk):
    first = arrived(-2)
    stop(first, desk)
    shown = page(client, first).content.decode()
    assert ASKED.format(first.reference) in shown
    assert "This request came" not in shown


def test_the_newest_stop_counts(client, desk):
    first, second, third = arrived(-2), arrived(1, name="Second"), arrived(3, name="Third")
    stop(first, desk)
    stop(second, desk, hours=2)
    assert BEFORE.format(second.reference) in page(client, first).content.decode()
    assert AFTER.format(second.reference) in page(client, third).content.decode()


def test_files_with_names_say_it_in_the_same_words(client, manager):
    consult = arrived(1)
    first = arrived(-2, name="First")
    stop(first, manager)
    sent = {"contents": "opened", "kind": "csv", "reason": "A letter to all of them.", **COLUMNS}
    sign_in(client, manager)
    response = client.post("/admin/requests/export/", sent)
    head, row, _made = rows_of(response)
    assert row[0] == consult.reference
    assert row[head.index("Do not contact")] == AFTER.format(first.reference)


def test_the_form_of_staff_warns_before_anything_is_stored_and_once(client, desk):
    first = arrived(-2)
    stop(first, desk)
    sent = {**answers(**CONTACT, name="Again"), "channel": "phone", "locale": "en", "seen": str(first)}
    response = client.post(ENTRY, sent)
    assert response.status_code == 422
    assert AFTER.format(first.reference) in response.content.decode()
    assert ConsultRequest.objects.count() == 1
    # Seen of another stop is not seen.
    assert client.post(ENTRY, {**sent, "stop_seen": "OTHER"}).status_code == 422
    assert (
        client.post(ENTRY, {**sent, "stop_seen": response.context["stop"].at.isoformat()}).status_code == 302
    )
    assert ConsultRequest.objects.count() == 2


def test_what_was_found_asks_the_database_as_often_for_many(client, desk, count_queries):
    def look():
        client.post("/admin/requests/find/", {"text": CONTACT["email"]}, follow=True)

    # What is noted of each name that is shown is all that grows.
    arrived(0)
    one = count_queries(look)
    stop(arrived(1, name="Another"), desk)
    two = count_queries(look)
    for number in range(5):
        arrived(number, name=f"Person {number}", claimed_by=UserFactory(group="Front desk"))
    assert count_queries(look) == two + 5 * (two - one)


def test_a_damaged_request_doesnt_keep_what_was_found_back(client, desk):
    consult = arrived(1)
    damage(consult)
    assert consult.reference in found(client, consult).content.decode()


# --- one way to lift it -----------------------------------------------------------------------------------


def test_two_managers_lift_it_with_a_reason(client, manager):
    first, again = arrived(-2), arrived(1, name="Again")
    stop(first, manager)
    asking = UserFactory(group="Managers")
    workflow.lift_stop(again, actor=asking, reason=REASON)
    assert "Do not contact" in page(client, again).content.decode()
    assert "Let them be contacted again" in page(client, again).content.decode()
    assert client.post(url("lift_stop", again), {"reason": REASON}).status_code == 302
    for consult in (first, again):
        assert "Do not contact" not in page(client, consult).content.decode()
    assert AuditEvent.objects.filter(actor=manager, detail=f"lift_stop: {REASON}").count() == 1
    assert again.timeline.filter(action="lift_stop", actor=manager).exists()
    kept = StoppedContact.objects.values_list("reference", "lifted_by", "lift_reason")
    assert set(kept) == {(first.reference, manager.pk, REASON)}
    # It can be asked again, and holds again.
    workflow.stop_contact(again, actor=manager)
    assert ASKED.format(again.reference)[:14] in page(client, again).content.decode()


@pytest.mark.parametrize(("reason", "status"), [("", 422), (" ", 422), ("x" * 181, 422)])
def test_lifting_needs_a_reason(client, manager, reason, status):
    first = arrived(-2)
    stop(first, manager)
    assert client.post(url("lift_stop", first), {"reason": reason}).status_code == status
    assert StoppedContact.objects.in_force().count() == 2


def test_the_front_desk_lifts_nothing(client, desk):
    first = arrived(-2)
    stop(first, desk)
    assert "Let them be contacted again" not in page(client, first).content.decode()
    assert client.post(url("lift_stop", first), {"reason": REASON}).status_code == 403
    with pytest.raises(workflow.NotAllowed):
        workflow.lift_stop(first, actor=desk, reason=REASON)
    assert StoppedContact.objects.in_force().count() == 2


def test_where_nothing_is_stopped_nothing_is_lifted(client, manager):
    consult = arrived(-2)
    response = client.post(url("lift_stop", consult), {"reason": REASON}, follow=True)
    assert "nothing was changed" in response.content.decode()
    assert not consult.timeline.filter(action="lift_stop").exists()


# --- a damaged envelope -----------------------------------------------------------------------------------


@pytest.mark.parametrize("door", [by_outcome, by_closing])
def test_what_cant_be_opened_is_ended_and_it_is_said_what_could_not_be_kept(client, desk, door):
    consult = make_consult(**CONTACT)
    damage(consult)
    assert door(client, consult).status_code == 302
    consult.refresh_from_db()
    assert (consult.status, consult.closed_reason) == ("closed", "asked_to_stop")
    assert not StoppedContact.objects.exists()
    shown = client.get("/admin/requests/").content.decode()
    assert escape(f"{consult} can't be opened, so its number and address could not be remembered") in shown


def test_the_page_of_what_cant_be_opened_offers_to_end_it(client, desk):
    consult = make_consult(**CONTACT)
    damage(consult)
    shown = page(client, consult).content.decode()
    assert f'action="{url("outcome", consult)}"' in shown
    assert f'action="{url("status", consult)}"' in shown


def test_what_can_be_read_is_still_read_before_it_is_closed(desk):
    consult = make_consult(**CONTACT)
    with pytest.raises(workflow.UnreadRequest):
        close_as(consult, desk, ClosedReason.ASKED_TO_STOP, version=1)
    assert not StoppedContact.objects.exists()


def test_an_ended_one_that_cant_be_opened_says_so(client, desk):
    consult = make_consult(claimed_by=desk, status=Status.CLOSED, reason="cost", **CONTACT)
    damage(consult)
    response = client.post(url("stop", consult))
    assert response.status_code == 302
    assert "could not be remembered" in client.get("/admin/requests/").content.decode()
    assert not consult.timeline.filter(action="stop").exists()
