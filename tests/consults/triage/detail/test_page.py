"""One request: opened, claimed, moved and noted on, by people who may be faster than one another."""

import html
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consults import workflow
from consults.consent_wordings import current_wording
from consults.enums import Status
from consults.models import AuditEvent, ConsultNote, ConsultRequest, TimelineEvent
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

from .conftest import url

pytestmark = pytest.mark.django_db
STALE = "was changed by somebody else in the meantime. Nothing was saved"
NOT_POSSIBLE = "be moved there from where it stands."
TYPED = {
    "name": "Marker <b>Name</b>",
    "phone": "(555) 555-0177",
    "email": "marker@example.net",
    "way": "email",
    "topic": "cost",
    "needs": "Markerneeds",
    "note": "Markernote & more",
}


def see(client, consult):
    return client.get(url("detail", consult))


def do(client, name, consult, **values):
    """Send one of the page's forms."""
    return client.post(url(name, consult), values)


def state():
    """Return what a change could touch; looking at a request doesn't count."""
    return (
        [{**row, "seen_at": None} for row in ConsultRequest.objects.order_by("pk").values()],
        list(ConsultNote.objects.values()),
        list(TimelineEvent.objects.exclude(action="view").values()),
    )


def swap_envelopes(first, second):
    """Put each envelope into the other's row."""
    for consult, envelope in ((first, second.envelope), (second, first.envelope)):
        ConsultRequest.objects.filter(pk=consult.pk).update(envelope=envelope)


# --- looking ------------------------------------------------------------------------------------------


def test_the_page_shows_when_somebody_wants_to_be_called(client, desk):
    consult = make_consult(times=["1", "4"], time_zone="America/Chicago")
    page = see(client, consult).content.decode()
    assert "Weekday morning, 8 to 12; Weekday afternoon, 2 to 5 (Central time, " in page


def test_the_page_shows_what_was_written(client, desk):
    consult = make_consult(**TYPED, section="fees")
    response = see(client, consult)
    page = response.content.decode()
    assert response.status_code == 200
    for shown in (
        consult.reference,
        "Marker &lt;b&gt;Name&lt;/b&gt;",
        'href="tel:+15555550177"',
        "(555) 555-0177",
        "E-mail marker@example.net",
        "E-mail me",
        "Cost and paying",
        "Markerneeds",
        "Markernote &amp; more",
        "Fees",
        "Nobody has it yet",
    ):
        assert shown in page
    assert "<b>Name" not in page


def test_the_page_shows_what_was_agreed_to(client, desk):
    page = see(client, make_consult(texting=None)).content.decode()
    words = current_wording("en").texts
    assert html.escape(words["contact"]) in page
    assert html.escape(words["voicemail"]) in page
    assert html.escape(words["texting"]) not in page


def test_what_was_left_open_is_said_or_left_out(client, desk):
    consult = make_consult(topic="", note="", email="", times=[])
    page = see(client, consult).content.decode()
    assert "Left open" in page
    assert "Any time (Mountain time, " in page
    assert "mailto:" not in page


def test_looking_is_noted(client, desk):
    consult = make_consult()
    page = see(client, consult).content.decode()
    events = list(consult.timeline.values_list("action", "actor", "from_status", "to_status"))
    assert events == [("submit", None, "", "new"), ("view", desk.pk, "", "")]
    assert f"Opened by {desk.get_username()}" in re.sub(r"\s+", " ", page)


def test_the_timeline_holds_nothing_of_the_contents(client, desk):
    consult = make_consult(**TYPED)
    see(client, consult)
    do(client, "note", consult, text="Markernote of mine")
    rows = str(list(TimelineEvent.objects.values())).lower()
    assert "marker" not in rows


def test_an_unknown_request_is_not_found(client, desk):
    consult = make_consult()
    for name in ("claim", "status", "note"):
        assert client.post(reverse(f"consult_requests:{name}", args=[consult.pk + 1])).status_code == 404
    assert client.get(reverse("consult_requests:detail", args=[consult.pk + 1])).status_code == 404


@pytest.mark.parametrize("name", ["claim", "status", "note"])
def test_actions_are_posted(client, desk, name):
    consult = make_consult()
    before = state()
    assert client.get(url(name, consult)).status_code == 405
    assert state() == before


def test_actions_need_their_token(desk):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(desk)
    consult = make_consult()
    before = state()
    assert do(client, "claim", consult, version=1).status_code == 403
    assert state() == before


# --- claiming -----------------------------------------------------------------------------------------


def test_a_claim_makes_it_mine(client, desk):
    consult = make_consult()
    response = do(client, "claim", consult, version=1)
    assert (response.status_code, response.url) == (302, url("detail", consult))
    consult.refresh_from_db()
    assert (consult.status, consult.assignee, consult.version) == ("working", desk, 2)
    page = see(client, consult).content.decode()
    assert f"{consult.reference}: Working on it." in page
    assert f"With {desk.get_username()}" in page
    assert "Claim this request" not in page


def test_of_two_who_claim_the_second_is_told(client, desk):
    first = UserFactory(group="Front desk")
    consult = make_consult()
    # Both have the page open when the other one is faster.
    version = see(client, consult).context["consult"].version
    workflow.claim(consult, actor=first, version=version)
    before = state()
    response = do(client, "claim", consult, version=version)
    page = response.content.decode()
    assert response.status_code == 409
    assert f"{consult.reference} {STALE}" in page
    assert f"Claimed: New → Working on it by {first.get_username()}" in re.sub(r"\s+", " ", page)
    assert f"With {first.get_username()}" in page
    assert "not possible any more" in page
    assert state() == before


def test_what_is_not_new_cannot_be_claimed(client, desk):
    consult = make_consult(claimed_by=UserFactory(group="Front desk"))
    before = state()
    do(client, "claim", consult, version=consult.version)
    assert NOT_POSSIBLE in see(client, consult).content.decode()
    assert state() == before


@pytest.mark.parametrize("values", [{}, {"version": ""}, {"version": "x"}, {"version": 0}, {"version": 99}])
@pytest.mark.parametrize("name", ["claim", "status"])
def test_a_change_of_an_unknown_version_changes_nothing(client, desk, name, values):
    consult = make_consult()
    before = state()
    assert do(client, name, consult, status="spam", **values).status_code == 302
    assert state() == before


# --- moving -------------------------------------------------------------------------------------------


def test_a_request_moves(client, desk):
    consult = make_consult(claimed_by=desk)
    response = do(client, "status", consult, version=2, status="reached")
    assert (response.status_code, response.url) == (302, url("detail", consult))
    consult.refresh_from_db()
    assert (consult.status, consult.assignee, consult.version) == ("reached", desk, 3)
    page = re.sub(r"\s+", " ", see(client, consult).content.decode())
    assert f"{consult.reference}: Contacted." in page
    assert f"Moved: Working on it → Contacted by {desk.get_username()}" in page


def test_only_possible_moves_are_offered(client, desk):
    consult = make_consult(claimed_by=desk, status=Status.REACHED)
    page = see(client, consult).content.decode()
    offered = re.search(r'<select name="status".*?</select>', page, re.DOTALL)[0]
    assert re.findall(r'value="(\w+)"', offered) == ["working", "booked", "closed"]


@pytest.mark.parametrize("name", ["claim", "status"])
def test_an_old_page_changes_nothing_and_says_so(client, desk, name):
    consult = make_consult(claimed_by=UserFactory(group="Front desk"), status=Status.REACHED)
    before = state()
    response = do(client, name, consult, version=1, status="booked")
    assert response.status_code == 409
    assert f"{consult.reference} {STALE}" in response.content.decode()
    assert state() == before


def test_the_second_chooses_to_do_it_all_the_same(client, desk):
    """Both versions stand side by side, without a word of the request; a tap more does it."""
    consult = make_consult(**TYPED, claimed_by=desk)
    workflow.snooze(consult, actor=desk, version=2, until=timezone.now() + timedelta(days=1))
    when = timezone.localtime() + timedelta(days=3)
    sent = {"version": 2, "outcome": "call_back", "again_at": f"{when:%Y-%m-%dT%H:%M}", "more": "x" * 9}
    response = do(client, "outcome", consult, **sent)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Put off" in page
    assert f"Reached: call back, {when:%b} {when.day}" in page
    assert "Marker" not in page
    [form] = re.findall(r'<form method="post" action="[^"]*outcome/">.*?</form>', page, re.DOTALL)
    again = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    assert again.pop("csrfmiddlewaretoken")
    assert again == {"version": "3", "outcome": "call_back", "again_at": sent["again_at"]}
    assert do(client, "outcome", consult, **again).status_code == 302
    consult.refresh_from_db()
    assert (consult.status, consult.version, consult.attempts) == ("reached", 4, 1)


def test_a_conflict_is_noted_once_and_names_the_request_alone(client, desk):
    consult = make_consult(**TYPED, claimed_by=desk)
    before = AuditEvent.objects.count()
    do(client, "snooze", consult, version=1, until="nonsense")
    [event] = AuditEvent.objects.filter(seq__gt=before)
    assert (event.action, event.references, event.detail) == ("list", consult.reference, "conflict")


def test_what_became_impossible_is_not_offered_again(client, desk):
    consult = make_consult(claimed_by=desk)
    workflow.record_outcome(consult, actor=desk, version=2, outcome="asked_to_stop")
    page = do(client, "outcome", consult, version=2, outcome="no_answer").content.decode()
    assert "not possible any more" in page
    assert "Do it all the same" not in page
    assert "Closed" in page


def test_closing_needs_a_reason(client, desk):
    consult = make_consult(**TYPED)
    before = state()
    response = do(client, "status", consult, version=1, status="closed", reason="")
    page = response.content.decode()
    assert response.status_code == 422
    assert "Choose why you close the request." in page
    # What was chosen stays chosen, and what was written stays in sight.
    assert re.search(r'value="closed" selected', page)
    assert "Markernote" in page
    assert state() == before


def test_closing_with_a_reason_closes(client, desk):
    consult = make_consult()
    see(client, consult)
    do(client, "status", consult, version=1, status="closed", reason="no_contact")
    consult.refresh_from_db()
    assert (consult.status, consult.closed_reason) == ("closed", "no_contact")
    assert "No contact" in see(client, consult).content.decode()


def test_what_nobody_has_read_is_not_closed(client, desk):
    consult = make_consult()
    before = state()
    do(client, "status", consult, version=1, status="closed", reason="no_contact")
    assert state() == before
    assert f"Nobody has opened {consult.reference} yet." in see(client, consult).content.decode()


def test_a_reason_without_closing_is_dropped(client, desk):
    consult = make_consult()
    do(client, "status", consult, version=1, status="spam", reason="cost")
    consult.refresh_from_db()
    assert (consult.status, consult.closed_reason, consult.assignee) == ("spam", "", None)


@pytest.mark.parametrize(
    "values",
    [{"status": "booked"}, {"status": "new"}, {"status": "x"}, {}, {"status": "closed", "reason": "x"}],
)
def test_an_impossible_move_changes_nothing(client, desk, values):
    consult = make_consult()
    before = state()
    response = do(client, "status", consult, version=1, **values)
    assert response.status_code == 422
    assert 'class="error-message"' in response.content.decode()
    assert state() == before


# --- notes ----------------------------------------------------------------------------------------------


def test_a_note_is_sealed_and_shown(client, desk):
    consult = make_consult()
    response = do(client, "note", consult, text="Called <i>twice</i>,\nno answer.")
    assert (response.status_code, response.url) == (302, url("detail", consult))
    assert b"twice" not in bytes(ConsultNote.objects.get().sealed)
    page = see(client, consult).content.decode()
    assert "Called &lt;i&gt;twice&lt;/i&gt;,<br>no answer." in page
    assert f"Note added to {consult.reference}." in page
    assert list(consult.timeline.values_list("action", flat=True)) == ["submit", "note", "view"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Write a note first."),
        (" \n ", "Write a note first."),
        ("Marker" + "x" * 4995, "Use 5,000 characters or fewer."),
    ],
)
def test_a_note_that_cannot_be_kept_stays_in_the_field(client, desk, text, said):
    consult = make_consult()
    before = state()
    response = do(client, "note", consult, text=text)
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert text.strip() in page
    assert state() == before


def test_the_longest_note_is_kept(client, desk):
    consult = make_consult()
    assert do(client, "note", consult, text="x" * 5000).status_code == 302
    assert workflow.open_consult(consult, actor=desk, purpose="triage")[1][0].text == "x" * 5000


# --- what doesn't open ------------------------------------------------------------------------------------


def test_a_swapped_envelope_is_said_loudly_and_shows_nothing(client, desk):
    first, second = make_consult(**TYPED), make_consult(name="Markersecond")
    swap_envelopes(first, second)
    for consult in (first, second):
        response = see(client, consult)
        page = response.content.decode()
        assert response.status_code == 500
        assert "The envelope does not belong here or was changed." in page
        assert consult.reference in page
        assert "marker" not in page.lower()
        assert "no-store" in response["Cache-Control"]
    assert TimelineEvent.objects.filter(action="view").count() == 0


def test_a_missing_key_is_said_loudly(client, desk, settings):
    consult = make_consult(**TYPED)
    settings.CONSULTS_SEALING_PRIVATE_KEYS = ""
    response = see(client, consult)
    assert response.status_code == 500
    assert f"The private key number {consult.key_id} is not here." in response.content.decode()


def test_a_broken_key_is_said_loudly_and_not_repeated(client, desk, settings):
    consult = make_consult(**TYPED)
    settings.CONSULTS_SEALING_PRIVATE_KEYS = "1:MARKERKEY"
    response = see(client, consult)
    page = response.content.decode()
    assert response.status_code == 500
    assert "This request can&#x27;t be opened" in page or "This request can't be opened" in page
    assert "marker" not in page.lower()


def test_a_swapped_note_is_said_loudly(client, desk):
    consult = make_consult(**TYPED)
    notes = [workflow.add_note(consult, actor=desk, text=f"Marker {n}").written for n in (1, 2)]
    for note, other in (notes, notes[::-1]):
        ConsultNote.objects.filter(pk=note.pk).update(sealed=other.sealed)
    response = see(client, consult)
    assert response.status_code == 500
    assert "marker" not in response.content.decode().lower()


def test_no_note_goes_into_an_envelope_that_does_not_open(client, desk):
    first, second = make_consult(**TYPED), make_consult()
    swap_envelopes(first, second)
    before = state()
    response = do(client, "note", first, text="Called.")
    assert response.status_code == 500
    assert "Called." in response.content.decode()
    assert state() == before


# --- caches -----------------------------------------------------------------------------------------------


def test_the_page_stays_out_of_caches(client, desk):
    consult = make_consult()
    responses = [
        see(client, consult),
        do(client, "note", consult, text=""),
        do(client, "status", consult, version=1, status="closed"),
        do(client, "note", consult, text="Called."),
        do(client, "claim", consult, version=1),
    ]
    assert [r.status_code for r in responses] == [200, 422, 422, 302, 302]
    for response in responses:
        assert {"no-store", "private"} <= set(re.split(r",\s*", response["Cache-Control"]))
        assert response["Referrer-Policy"] == "same-origin"
