"""The sheet for an outage: posted, by whoever signed in just now and means it, and kept nowhere."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consults import workflow
from consults.enums import Outcome
from consults.models import AuditEvent, ConsultRequest
from consults.triage.days import outage
from tests.accounts.signing_in import sign_in
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory, with_only
from tests.site.http import Document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("midday")]
PAGE = "/admin/requests/outage/"
REASON = "The line is being moved tonight."
MEANT = {"is_meant": "on", "reason": REASON}


@pytest.fixture
def desk(client, midday):
    return sign_in(client, UserFactory(group="Front desk", username="bo"))


def text(answer):
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


def rows(answer):
    """Return reference and words of each row of the sheet."""
    found = []
    for row in Document(answer.content).tree.iter("tr"):
        words = " ".join(" ".join(row.itertext()).replace("\xa0", " ").split())
        found += [(span.text, words) for span in row.iter("span") if span.get("class") == "sheet__reference"]
    return found


def test_the_sheet_holds_what_somebody_goes_on_with(client, desk):
    consult = make_consult(times=[], name="Markername", phone="(555) 555-0177", way="call", voicemail="")
    workflow.record_outcome(
        consult,
        actor=desk,
        version=consult.version,
        outcome=Outcome.CALL_BACK,
        again_at=timezone.now() + timedelta(hours=20),
    )
    before = AuditEvent.objects.count()
    answer = client.post(PAGE, MEANT)
    page = text(answer)
    for said in (
        "Markername",
        "(555) 555-0177",
        consult.reference,
        "Agreed: Nov 25, 8:00 am",
        "No voicemail.",
        "with bo",
        "Opened by <strong>bo</strong>",
        "Destroy by November 27, 2026",
    ):
        assert said in page, said
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin"
    assert "Markername" not in page.partition("<title>")[2].partition("</title>")[0]
    [event] = AuditEvent.objects.all()[: AuditEvent.objects.count() - before]
    assert (event.action, event.references) == ("print", consult.reference)


def test_no_link_opens_anything(client, desk):
    make_consult(name="Markername")
    page = client.get(PAGE, MEANT).content.decode()
    assert "Markername" not in page
    assert not AuditEvent.objects.exists()


def test_it_has_to_be_meant(client, desk):
    make_consult(name="Markername")
    answer = client.post(PAGE, {"reason": REASON})
    assert answer.status_code == 422
    # What was typed stays.
    assert REASON in text(answer)
    assert "Tick the box first" in text(answer)
    assert "Markername" not in text(answer)
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("", "Say why, in ten characters or more."),
        ("outage", "Say why, in ten characters or more."),
        ("a" + " " * 50 + "b", "Say why, in ten characters or more."),
        ("\u2800\u200b" * 20, "Say why, in ten characters or more."),
        ("x" * 101, "Use 100 characters or fewer."),
        ("x" * 60_000, "Use 100 characters or fewer."),
    ],
)
def test_without_a_reason_nothing_is_opened(client, desk, reason, said):
    make_consult(name="Markername")
    answer = client.post(PAGE, {**MEANT, "reason": reason})
    assert answer.status_code == 422
    assert said in text(answer)
    assert "Markername" not in text(answer)
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize("reason", [f"  {REASON}\x07 ", "\U0001f642" * 100])
def test_the_reason_stands_in_the_one_event(client, desk, reason):
    make_consult()
    assert client.post(PAGE, {**MEANT, "reason": reason}).status_code == 200
    assert AuditEvent.objects.get().detail.endswith(reason.replace("\x07", "").strip())


def test_whoever_found_an_open_browser_gets_no_further(client, midday):
    sign_in(client, UserFactory(group="Front desk"), is_fresh=False)
    make_consult(name="Markername")
    answer = client.post(PAGE, MEANT)
    assert "Show again that it is you" in text(answer)
    assert "Markername" not in text(answer)
    assert not AuditEvent.objects.exists()


def test_the_most_urgent_come_first_and_the_rest_is_counted(client, desk, monkeypatch):
    monkeypatch.setattr(outage, "MOST_ON_SHEET", 3)
    now = timezone.now()
    names = ["later", "due long", "first", "due", "much later"]
    hours = {"later": 2, "due long": -30, "first": -1, "due": -2, "much later": 200}
    for name in names:
        consult = make_consult(times=[], name=f"Marker {name}.")
        ConsultRequest.objects.filter(pk=consult.pk).update(
            next_action_at=now + timedelta(hours=hours[name]), priority=int(name == "first")
        )
    page = text(client.post(PAGE, MEANT))
    places = [page.find(f"Marker {name}.") for name in ("first", "due long", "due")]
    assert places == sorted(places)
    assert -1 not in places
    assert "Marker later." not in page
    assert "2 more people wait and are not on this sheet" in page
    assert len(AuditEvent.objects.get().references.split()) == 3


def linked(desk, number=2):
    """Store so many requests of one person, an hour between them, and return them in order."""
    requests = [make_consult(times=[]) for _ in range(number)]
    for hours, consult in enumerate(reversed(requests)):
        put(consult, created_at=timezone.now() - timedelta(hours=hours + 1))
    first, *others = requests
    for other in others:
        workflow.link(other, actor=desk, version=other.version, same_as=first)
        other.refresh_from_db()
    first.refresh_from_db()
    return requests


def put(consult, **columns):
    ConsultRequest.objects.filter(pk=consult.pk).update(**columns)


def test_what_is_folded_under_a_person_is_on_paper_below_them(client, desk):
    first, second = linked(desk)
    other = make_consult(times=[], name="Marker two", phone="(555) 555-0199", voicemail="")
    put(other, created_at=timezone.now() - timedelta(hours=3))
    workflow.link(other, actor=desk, version=other.version, same_as=first)
    other.refresh_from_db()
    workflow.record_outcome(
        other,
        actor=desk,
        version=other.version,
        outcome=Outcome.BOOKED,
        again_at=timezone.now() + timedelta(hours=20),
    )
    before = AuditEvent.objects.count()
    answer = client.post(PAGE, MEANT)
    sheet = {row[0]: row[1] for row in rows(answer)}
    assert [row[0] for row in rows(answer)] == [second.reference, other.reference, first.reference]
    for said in ("Same person as above:", "(555) 555-0199", "Agreed: Nov 25, 8:00 am", "No voicemail."):
        assert said in sheet[other.reference], said
    assert "Same person as above" not in sheet[second.reference]
    assert "not on this sheet" not in text(answer)
    [event] = AuditEvent.objects.order_by("seq")[before:]
    assert set(event.references.split()) == {one.reference for one in (first, second, other)}
    assert other.timeline.filter(action="print").count() == 1


def test_what_comes_later_stands_by_what_comes_up_first_of_the_person(client, desk):
    now = timezone.now()
    alone = make_consult(times=[], name="Alone")
    put(alone, next_action_at=now + timedelta(hours=5))
    first, second = linked(desk)
    put(first, next_action_at=now + timedelta(hours=2))
    put(second, next_action_at=now + timedelta(hours=9))
    marked, newest = linked(desk)
    put(marked, next_action_at=now + timedelta(hours=30), priority=1)
    put(newest, next_action_at=now + timedelta(hours=40))
    found = [row[0] for row in rows(client.post(PAGE, MEANT))]
    assert found == [c.reference for c in (newest, marked, second, first, alone)]


def test_what_is_left_out_are_people(client, desk, monkeypatch):
    monkeypatch.setattr(outage, "MOST_ON_SHEET", 1)
    linked(desk, 3)
    assert "1 person waits;" in text(client.get(PAGE))
    answer = client.post(PAGE, MEANT)
    assert len(rows(answer)) == 3
    assert "not on this sheet" not in text(answer)
    linked(desk, 3)
    answer = client.post(PAGE, MEANT)
    assert len(rows(answer)) == 3
    assert "1 more person waits and is not on this sheet" in text(answer)


def test_who_asked_us_to_stop_and_what_the_form_never_accepted_is_marked(client, desk):
    # The same person asked again: the request is open, and the warning stands.
    stopped = make_consult(name="Marker", phone="(555) 555-0177")
    workflow.stop_contact(stopped, actor=desk)
    wrong = make_consult(name="Marker two", phone="(555) 555-0199", email="two@example.org")
    ConsultRequest.objects.filter(pk=wrong.pk).update(mark=b"wrong")
    page = text(client.post(PAGE, MEANT))
    assert "Do not contact" in page
    assert "was not accepted by the form" in page


def test_one_that_does_not_open_is_named(client, desk):
    damaged = make_consult(name="Marker one")
    ConsultRequest.objects.filter(pk=damaged.pk).update(envelope=b"\x01damaged")
    make_consult(name="Marker two")
    page = text(client.post(PAGE, MEANT))
    assert "Marker two" in page
    assert "This one can’t be opened." in page
    assert damaged.reference in page


def test_nothing_open_is_said(client, desk):
    assert "Nothing is open." in text(client.post(PAGE, MEANT))


@pytest.mark.parametrize("role", ["Editors", "Auditors", "Medical reviewers", None])
def test_nobody_else_gets_in(client, midday, role):
    make_consult(name="Markername")
    user = UserFactory(group=role) if role else UserFactory(superuser=True)
    sign_in(client, user)
    for answer in (client.get(PAGE), client.post(PAGE, MEANT)):
        assert answer.status_code == 403
        assert "Markername" not in text(answer)
    assert list(AuditEvent.objects.values_list("action", flat=True)) == ["denied", "denied"]


def test_who_may_only_read_does_not_print_it(client, midday):
    sign_in(client, with_only("Clinician", "view_consultrequest"))
    assert client.post(PAGE, MEANT).status_code == 403


def test_it_costs_the_same_for_one_and_for_many(client, desk, count_queries):
    make_consult()
    linked(desk)
    few = count_queries(lambda: client.post(PAGE, MEANT))
    for _ in range(15):
        make_consult()
        linked(desk)
    assert count_queries(lambda: client.post(PAGE, MEANT)) == few
