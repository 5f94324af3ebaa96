"""After each change the desk reads what was done, how the request stands, and what was not done and why."""

import html
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from clinic.core.facts import default_facts, write_facts
from clinic.core.opening_hours import Period, Schedule
from consults import workflow
from consults.enums import Outcome, Status
from consults.models import ConsultRequest
from tests.accounts.signing_in import sign_in
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]
WORDS = "I want to kill myself tonight."
# A Tuesday morning; the desk's clock is the clinic's.
NOW = datetime(2026, 11, 17, 9, 30, tzinfo=ZoneInfo("America/Denver"))
TOMORROW = "2026-11-18T10:00"
BULK = "/admin/requests/bulk/"


@pytest.fixture(autouse=True)
def clinic(settings):
    settings.CONSULTS_CRISIS_CLINICIAN = "Dr. Sample"
    week = {day: (Period(time(9), time(17)),) for day in range(5)}
    write_facts(replace(default_facts(), hours=Schedule(zone="America/Denver", week=week)))
    with time_machine.travel(NOW, tick=False), timezone.override("America/Denver"):
        yield


@pytest.fixture
def desk(client):
    user = UserFactory(group="Front desk", username="robin")
    sign_in(client, user)
    return user


@pytest.fixture
def manager(client):
    user = UserFactory(group="Managers", username="kim")
    sign_in(client, user)
    return user


def make(**changes):
    return make_consult(times=[], **changes)


def read_first(desk):
    consult = make(note=WORDS)
    workflow.open_consult(consult, actor=desk, purpose="triage")
    return consult


def do(client, name, consult, **values):
    """Press a button and return what is said afterwards, without the reference in front."""
    consult.refresh_from_db()
    address = reverse(f"consult_requests:{name}", args=[consult.pk])
    response = client.post(address, {"version": consult.version, **values})
    # What was said before is there still: nobody opened a page.
    *_before, said = [str(message) for message in get_messages(response.wsgi_request)]
    assert said.startswith(f"{consult.reference}: ")
    return said.removeprefix(f"{consult.reference}: ")


def bulk(client, action, *requests, **values):
    ticked = [f"{consult.pk}:{consult.version}" for consult in requests]
    response = client.post(BULK, {"action": action, "ticked": ticked, "confirmed": "yes", **values})
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_each_outcome_says_state_and_next_time(client, desk):
    said = [
        do(client, "outcome", make(**changes), outcome=outcome, again_at=again)
        for outcome, again, changes in (
            ("booked", TOMORROW, {}),
            ("booked", "", {}),
            ("call_back", TOMORROW, {}),
            ("no_answer", "", {}),
            ("wrong_number", "", {}),
            ("wrong_number", "", {"email": ""}),
            ("asked_to_stop", "", {}),
        )
    ]
    assert said == [
        "Reached: booked. Consultation booked. Agreed for tomorrow at 10\xa0am, when it comes up again.",
        "Reached: booked. Consultation booked. It comes up tomorrow at 9:30\xa0am.",
        "Reached: call back. Contacted. Agreed for tomorrow at 10\xa0am, when it comes up again.",
        "No answer. Working on it. It comes up today at 1:30\xa0pm.",
        "Wrong number. Working on it. It comes up today at 9:45\xa0am.",
        "Wrong number. Closed. Reason: Wrong details.",
        "Asked us to stop. Closed. Reason: Asked us to stop. Number and address are remembered: "
        "whoever meets them again is warned.",
    ]


def test_each_button_says_what_it_did(client, manager):
    earlier, consult = make(), make()
    until = {"until": TOMORROW}
    said = [
        do(client, name, consult, **values)
        for name, values in (
            ("claim", {}),
            ("assign", {"assignee": manager.pk}),
            ("priority", {"priority": "1"}),
            ("hand_to_clinician", {}),
            ("snooze", until),
            ("link", {"same_as": earlier.pk}),
            ("unlink", {}),
            ("hold", {"on_hold": "yes"}),
            ("hold", {"on_hold": "yes"}),
            ("hold", {}),
            ("status", {"status": "reached"}),
        )
    ]
    tomorrow = "It comes up tomorrow at 10\xa0am."
    assert said == [
        "Working on it. With kim. It is due now.",
        "Working on it. Nothing to do: it stands like that already. It is due now.",
        "Working on it. Read first. It is due now.",
        "Working on it. Handed to Dr. Sample. It is due now.",
        f"Working on it. Put off. {tomorrow}",
        f"Working on it. Linked to {earlier}. {tomorrow}",
        f"Working on it. The link is removed. {tomorrow}",
        f"Working on it. Its contents are kept beyond their time. {tomorrow}",
        f"Working on it. Nothing to do: it stands like that already. {tomorrow}",
        f"Working on it. {tomorrow} Your wish is noted: done on Nov 18, 9:30\xa0am, unless a manager or "
        "auditor takes it back.",
        f"Contacted. {tomorrow}",
    ]


def test_removing_contents_says_whose_turn_it_is(client, manager):
    consult = make_consult(claimed_by=manager, status=Status.CLOSED, reason="cost")
    other = UserFactory(group="Managers")
    first = do(client, "erase", consult)
    sign_in(client, other)
    second = do(client, "erase", consult)
    assert first.endswith("Your wish is noted: a second manager has to agree.")
    assert second.endswith("The contents are removed for good.")


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("outcome", {"outcome": "asked_to_stop"}),
        ("status", {"status": "spam"}),
        ("status", {"status": "closed", "reason": "later"}),
    ],
)
def test_what_one_person_does_not_end_is_said_to_stay_open(client, desk, name, values):
    said = do(client, name, read_first(desk), **values)
    assert said.removeprefix("Asked us to stop. ").split(".")[0] in ("New", "Working on it")
    assert "It is due now." in said
    assert said.endswith("Ask a colleague to look at it and to close it.")


def test_what_is_not_put_off_as_far_as_wished_is_said_with_the_reason(client, desk):
    said = do(client, "outcome", read_first(desk), outcome="call_back", again_at=TOMORROW)
    assert said == (
        "Reached: call back. Contacted. Agreed for tomorrow at 10\xa0am. It comes up today at 10\xa0am. It "
        "was marked to be read first, and one person alone doesn’t put it off further: hand it to Dr. "
        "Sample, or let a colleague try as well."
    )


def test_the_form_says_why_it_is_not_put_off_further(client, desk):
    consult, plain = read_first(desk), make()
    detail = reverse("consult_requests:detail", args=[consult.pk])
    why = "Nov 17, 10:00\xa0am is the latest. It was marked to be read first"
    assert why in client.get(detail).content.decode()
    address = reverse("consult_requests:snooze", args=[consult.pk])
    response = client.post(address, {"version": 1, "until": TOMORROW})
    assert response.status_code == 422
    assert response.content.decode().count(why) == 2
    assert f'value="{TOMORROW}"' in response.content.decode()
    detail = reverse("consult_requests:detail", args=[plain.pk])
    assert "is the latest" not in client.get(detail).content.decode()


def test_a_time_that_no_button_used_is_said(client, desk):
    for name, values in (
        ("outcome", {"outcome": "no_answer", "again_at": TOMORROW}),
        ("claim", {"until": TOMORROW}),
    ):
        assert "A time you had entered was not used" in do(client, name, make(), **values)
    said = do(client, "outcome", make(), outcome="call_back", again_at=TOMORROW)
    assert "not used" not in said


# --- several at once ----------------------------------------------------------------------------------


def test_several_at_once_say_of_each_what_became_of_it(client, desk):
    spam, first, taken = make(), read_first(desk), make()
    before = [f"{consult.pk}:{consult.version}" for consult in (spam, first, taken)]
    workflow.claim(taken, actor=desk, version=1)
    sent = {"action": "spam", "ticked": before, "confirmed": "yes"}
    done, not_done = [str(m) for m in get_messages(client.post(BULK, sent).wsgi_request)]
    assert done == f"Done: 1. {spam}: Spam."
    assert not_done == (
        f"Not done: 2. {first}: New. It is due now. It stays open: it was marked to be read first. "
        f"Ask a colleague to look at it and to close it. {taken} was changed by somebody meanwhile, so it "
        "was left as it is."
    )
    assert Status.SPAM not in ConsultRequest.objects.exclude(pk=spam.pk).values_list("status", flat=True)


def test_several_at_once_say_when_each_comes_up(client, desk):
    consult = make()
    [said] = bulk(client, "snooze", consult, until=TOMORROW)
    assert said == f"Done: 1. {consult}: New. Put off. It comes up tomorrow at 10\xa0am."


def test_several_at_once_put_off_nothing_that_is_to_be_read_first(client, desk):
    consult = read_first(desk)
    [said] = bulk(client, "snooze", consult, until=TOMORROW)
    assert said.startswith(f"Not done: 1. {consult} was not put off. It was marked to be read first")


@pytest.mark.parametrize(("action", "status"), [("ham", "new"), ("spam", "spam")])
def test_nothing_is_done_to_what_stands_like_that_already(client, desk, action, status):
    consult = make()
    if status == "spam":
        workflow.change_status(consult, actor=desk, version=1, status=Status.SPAM)
    [said] = bulk(client, action, consult)
    assert said.startswith(f"Not done: 1. {consult}: {Status(status).label}. Nothing to do")


def test_giving_it_to_whoever_has_it_is_nothing(client, desk):
    consult = make(claimed_by=desk)
    [said] = bulk(client, "assign", consult, assignee=desk.pk)
    assert "Nothing to do" in said
    consult.refresh_from_db()
    assert consult.version == 2


def test_trying_to_send_again_says_where_nothing_waits(client, desk):
    response = client.post(reverse("consult_requests:retry_notices"))
    [message] = get_messages(response.wsgi_request)
    assert str(message).startswith("Nothing waits to be sent again")


# --- handed to the clinician --------------------------------------------------------------------------


def test_handed_to_shows_in_the_lists_on_the_banner_and_at_the_top(client, desk):
    consult = read_first(desk)
    pages = [
        reverse("consult_requests:index"),
        reverse("consult_requests:all"),
        reverse("consult_requests:detail", args=[consult.pk]),
    ]
    handed = "Handed to Dr. Sample, today at 9:30\xa0am"
    assert [client.get(page).content.decode().count(handed) for page in pages] == [0, 0, 0]
    workflow.hand_to_clinician(consult, actor=desk, version=1)
    counts = [client.get(page).content.decode().count(handed) for page in pages]
    # On its page: at the top, among the reasons, and where it says to hand it over.
    assert counts == [1, 1, 3]
    workflow.set_priority(consult, actor=desk, version=2, priority=2)
    assert [client.get(page).content.decode().count(handed) for page in pages] == [0, 0, 0]


def test_an_email_says_what_follows(client, desk):
    consult = make()
    workflow.claim(consult, actor=desk, version=1)
    done = workflow.send_reply(
        consult, actor=desk, version=2, template=None, subject="Hello", base="", text="Please call us."
    )
    assert (done.action, done.written.consult_id) == ("mail", consult.pk)


def test_what_an_agreement_leaves_is_in_the_reasons(client, desk):
    consult = make()
    workflow.record_outcome(
        consult, actor=desk, version=1, outcome=Outcome.CALL_BACK, again_at=NOW + timedelta(hours=1)
    )
    workflow.snooze(consult, actor=desk, version=2, until=NOW + timedelta(hours=5))
    page = html.unescape(client.get(reverse("consult_requests:detail", args=[consult.pk])).content.decode())
    assert "call back agreed for 10:30\xa0am" in page


@pytest.mark.parametrize(
    ("name", "values"), [("status", {"status": "reached"}), ("outcome", {"outcome": "declined"})]
)
def test_an_appointment_that_is_off_along_with_something_else_is_told(client, desk, name, values):
    consult = make()
    again_at = timezone.now() + timedelta(days=1)
    workflow.record_outcome(consult, actor=desk, version=1, outcome=Outcome.BOOKED, again_at=again_at)
    said = do(client, name, consult, **values)
    assert "The appointment tomorrow at" in said
    assert " is off." in said
