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

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("midday")]
PAGE = "/admin/requests/outage/"
MEANT = {"is_meant": "on"}


@pytest.fixture
def desk(client, midday):
    return sign_in(client, UserFactory(group="Front desk", username="bo"))


def text(answer):
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


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
    answer = client.post(PAGE)
    assert answer.status_code == 422
    assert "Tick the box first" in text(answer)
    assert "Markername" not in text(answer)
    assert not AuditEvent.objects.exists()


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
    assert "2 more are open and not on this sheet" in page
    assert len(AuditEvent.objects.get().references.split()) == 3


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
    few = count_queries(lambda: client.post(PAGE, MEANT))
    for _ in range(30):
        make_consult()
    assert count_queries(lambda: client.post(PAGE, MEANT)) == few
