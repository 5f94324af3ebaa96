"""The flag puts requests to the front and tells the clinician; whoever wrote sees nothing of it."""

import re

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from consults import workflow
from consults.enums import Priority, Status
from consults.models import AuditEvent, ConsultRequest, OutboxMessage
from consults.notices.outbox import send_due
from consults.spam.signals import HONEYPOT_FIELD
from tests.factories.consults import form_data
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NOW = "I want to kill myself tonight <b>&"
FIRST = "Ten years ago I tried to kill myself."
PLAIN = "Please ring twice."
# Two signs of scripts: the hidden field, and links.
SUSPICIOUS = {HONEYPOT_FIELD: "x", "needs": "www.a.example www.b.example www.c.example"}


@pytest.fixture
def clinician(settings):
    settings.CONSULTS_CRISIS_CLINICIAN = "Dr. Sample"
    settings.CONSULTS_CRISIS_RECIPIENTS = ["clinician@example.org"]


def send(client, note, path="/consultation/", **changes):
    response = client.post(path, form_data(note=note, **changes))
    assert response.status_code == 303
    return ConsultRequest.objects.order_by("-pk").first(), response


@pytest.mark.parametrize(
    ("note", "priority"), [(NOW, Priority.NOW), (FIRST, Priority.FIRST), (PLAIN, Priority.NONE)]
)
def test_a_note_has_its_priority(client, clinician, note, priority):
    assert send(client, note)[0].priority == priority
    assert send(client, "", needs=note, name="Other")[0].priority == priority


def test_without_a_clinician_nothing_is_looked_for(client):
    consult, _response = send(client, NOW)
    assert consult.priority == Priority.NONE
    client.force_login(UserFactory(group="Front desk"))
    page = client.get(reverse("consult_requests:detail", args=[consult.pk])).content.decode()
    assert "Read this first" not in page
    assert "<mark>" not in page


def test_the_clinician_is_told_and_of_nothing_but_that(client, clinician):
    send(client, NOW)
    send(client, FIRST, name="Second")
    rows = OutboxMessage.objects.filter(template="clinician")
    assert [row.recipient for row in rows] == ["clinician"]
    send_due()
    [told] = [message for message in mail.outbox if message.to == ["clinician@example.org"]]
    whole = f"{told.message().as_string()}{told.body}".lower()
    assert not [word for word in ("kill", "suicid", "crisis", "danger", "sample person") if word in whole]


def test_a_clinician_without_an_address_is_told_nothing_and_nothing_is_given_up(client, clinician, settings):
    settings.CONSULTS_CRISIS_RECIPIENTS = []
    send(client, NOW)
    send_due()
    row = OutboxMessage.objects.get(template="clinician")
    assert row.last_error == "NoLongerWanted"
    assert OutboxMessage.objects.problems() == {"given_up": 0, "refused": 0}


def test_a_flag_is_no_sign_of_spam_and_spam_no_reason_to_lose_it(client, clinician):
    consult, _response = send(client, NOW)
    assert consult.spam_score <= 3
    consult, _response = send(client, NOW, name="Second", **SUSPICIOUS)
    assert (consult.status, consult.priority) == (Status.QUARANTINE, Priority.NOW)


def test_what_looks_like_spam_as_well_is_told_and_pointed_at(client, clinician):
    send(client, NOW, **SUSPICIOUS)
    [row] = OutboxMessage.objects.all()
    assert (row.template, row.recipient) == ("clinician", "clinician")
    send(client, PLAIN, name="Second", **SUSPICIOUS)
    client.force_login(UserFactory(group="Front desk"))
    for address in ("consult_requests:index", "consult_requests:all", "wagtailadmin_home"):
        assert (
            "1 of them is marked to be read first: look now." in client.get(reverse(address)).content.decode()
        )
    page = client.get(reverse("consult_requests:all"), {"status": "quarantine"}).content.decode()
    first, second = ConsultRequest.objects.order_by("-priority").values_list("reference", flat=True)
    assert page.index(first) < page.index(second)


def test_the_page_marks_the_words_and_names_the_clinician(client, clinician):
    consult, _response = send(client, NOW)
    client.force_login(UserFactory(group="Front desk"))
    page = client.get(reverse("consult_requests:detail", args=[consult.pk])).content.decode()
    assert "Read this first" in page
    assert "Dr. Sample" in page
    assert "I <mark>want to kill myself</mark> tonight &lt;b&gt;&amp;" in page


@pytest.mark.parametrize("path", ["/consultation/", "/consultation/es/"])
def test_whoever_wrote_sees_no_difference(client, clinician, path):
    seen = []
    # Both at one moment: a header says until when the page holds, to the second.
    with time_machine.travel(timezone.now(), tick=False):
        for name, note in (("One", NOW), ("Two", PLAIN)):
            consult, response = send(client, note, path, name=name)
            page = client.get(response.url)
            spoken = f"{consult.reference[:3]}-{consult.reference[3:6]}-{consult.reference[6:]}"
            headers = {name: value for name, value in response.items() if name != "Location"}
            # Behind the reference stands what the page knows, sealed anew each time and always as long.
            sealed = re.compile(rf"{consult.reference}[/ ][\w-]+")
            shown = sealed.sub("", page.content.decode()).replace(spoken, "")
            seen.append((headers, sealed.sub("", response.url), len(response.url), shown))
    assert seen[0] == seen[1]


def traces_of(consult):
    """What a copy of the database holds of a request's mark, without times and numbers."""
    history = ModelLogEntry.objects.filter(object_id=str(consult.pk)).order_by("pk")
    return {
        "outbox": sorted(
            OutboxMessage.objects.filter(reference=consult.reference).values_list("template", "recipient")
        ),
        "timeline": list(consult.timeline.order_by("pk").values_list("action", "actor")),
        "audit": list(
            AuditEvent.objects.filter(references=consult.reference)
            .order_by("seq")
            .values_list("action", "actor", "purpose", "detail")
        ),
        "history": list(history.values_list("action", "user", "label")),
        "columns": ConsultRequest.objects.filter(pk=consult.pk).values_list("priority", "status")[0],
    }


@pytest.mark.parametrize("is_opened", [False, True])
def test_the_lists_mark_and_a_colleagues_leave_the_same_traces(client, clinician, is_opened):
    desk = UserFactory(group="Front desk")
    by_list, _response = send(client, NOW)
    if not is_opened:
        # Nothing but the column and the mail to the clinician, which a colleague's mark brings too.
        assert traces_of(by_list)["timeline"] == [("submit", None)]
        return
    by_hand, _response = send(client, PLAIN, name="Second")
    for consult in (by_list, by_hand):
        workflow.open_consult(consult, actor=desk, purpose="triage")
    workflow.set_priority(by_hand, actor=desk, version=1, priority=Priority.NOW)
    for consult in (by_list, by_hand):
        workflow.open_consult(consult, actor=desk, purpose="triage")
    by_list, by_hand = traces_of(by_list), traces_of(by_hand)
    # Opened twice: here the mark came with the first look, there after it.
    assert by_list == by_hand
    assert ("priority", desk.pk) in by_list["timeline"]
    assert "crisis" not in str(by_list["outbox"])


def test_a_mark_counts_from_when_somebody_saw_it_unless_it_was_dealt_with(client, clinician):
    desk, other = UserFactory(group="Front desk"), UserFactory(group="Front desk")
    consult, _response = send(client, NOW)
    workflow.hand_to_clinician(consult, actor=desk, version=1)
    workflow.open_consult(consult, actor=other, purpose="triage")
    assert not workflow.needs_second_person(consult, actor=other)
