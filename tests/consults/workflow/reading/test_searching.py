"""Finding a caller by name or any part: who, how many, how often, and that one event tells of it."""

import itertools
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from django.utils import timezone

from consults import audit, workflow
from consults.enums import FoundBy, LeftOut, SearchProblem, Status
from consults.models import AuditEvent, ConsultRequest, TimelineEvent
from consults.sealing.envelope import CONTEXT, SUITE, VERSION
from consults.sealing.keys import parse_sealing_key
from consults.workflow.reading import searching
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


_numbers = itertools.count(100)


def sent(name, **changes):
    """Make a request; the same form sent twice would be one."""
    return make_consult(**{"name": name, "phone": f"(555) 555-0{next(_numbers)}", **changes})


def sealed_text(text, reference, settings):
    """Return an envelope with any text, as whoever has the public key can make one."""
    key = parse_sealing_key(settings.CONSULTS_SEALING_PUBLIC_KEY)
    public = X25519PublicKey.from_public_bytes(key.raw)
    sealed = SUITE.encrypt(text.encode(), public, info=CONTEXT + reference.encode())
    return VERSION + key.key_id.to_bytes(2, "big") + sealed


@pytest.fixture
def desk():
    return UserFactory(group="Front desk")


def came(days_ago, consult):
    """Let a request have come so long ago."""
    ConsultRequest.objects.filter(pk=consult.pk).update(created_at=timezone.now() - timedelta(days=days_ago))
    return consult


def found(text, desk):
    return [hit.consult for hit in workflow.search(text, actor=desk).hits]


def test_a_name_is_found_among_open_and_newer_ones(desk):
    waiting = came(400, sent("Harper Quill"))
    ended = came(89, sent("Harper Quill", claimed_by=desk, status=Status.CLOSED, reason="cost"))
    old = came(91, sent("Harper Quill", claimed_by=desk, status=Status.CLOSED, reason="cost"))
    make_consult(name="Somebody Else")
    assert found("quill", desk) == [waiting, ended]
    assert found(old.reference, desk) == [old]


def test_the_surest_stands_first(desk):
    near = sent("Harpor Quill")
    older = came(2, sent("Harper Quill"))
    newer = came(1, sent("Quill, Harper"))
    hits = workflow.search("harper", actor=desk).hits
    assert [hit.consult for hit in hits] == [newer, older, near]
    assert [hit.found_by for hit in hits] == [FoundBy.NAME, FoundBy.NAME, FoundBy.NEAR_NAME]


def test_too_many_show_nobody_and_what_is_only_similar_hides_nobody(desk, monkeypatch):
    monkeypatch.setattr(searching, "MOST_HITS", 2)
    sure = [sent("Harper Quill") for _ in range(2)]
    sent("Harpor Quill")
    assert set(found("harper", desk)) == set(sure)
    sent("Harper Quill")
    result = workflow.search("harper", actor=desk)
    assert (result.hits, result.problem) == ((), SearchProblem.TOO_MANY)
    assert AuditEvent.objects.first().references == ""


def test_of_many_with_one_number_the_newest_are_shown(desk, monkeypatch):
    monkeypatch.setattr(searching, "MOST_HITS", 2)
    [_oldest, *newest] = [came(9 - day, make_consult(phone="(555) 555-0177")) for day in range(3)]
    result = workflow.search("(555) 555-0177", actor=desk)
    assert {hit.consult for hit in result.hits} == set(newest)
    assert result.left_out == LeftOut.MORE


def test_no_more_are_opened_than_a_desk_can_wait_for(desk, monkeypatch):
    monkeypatch.setattr(searching, "MOST_LOOKED_THROUGH", 2)
    came(3, sent("Harper Quill"))
    newer = [came(days, sent("Harper Quill")) for days in (1, 2)]
    result = workflow.search("harper", actor=desk)
    assert [hit.consult for hit in result.hits] == newer
    assert result.left_out == LeftOut.OLDEST


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", SearchProblem.TOO_SHORT),
        ("%", SearchProblem.TOO_SHORT),
        ("ha", SearchProblem.TOO_SHORT),
        ("\u200b\u200b\u200b", SearchProblem.TOO_SHORT),
        ("harper " * 700, SearchProblem.TOO_LONG),
    ],
)
def test_what_can_not_be_looked_for_opens_nothing_and_is_one_event(desk, monkeypatch, text, problem):
    sent("Harper Quill")
    monkeypatch.setattr(searching, "open_envelope", None)
    assert workflow.search(text, actor=desk).problem == problem
    assert AuditEvent.objects.get().action == "search"


def test_a_search_is_one_event_that_says_how_much_and_not_what(desk):
    consult = sent("Harper Quill")
    make_consult(name="Somebody Else")
    workflow.search("quill", actor=desk)
    event = AuditEvent.objects.get()
    assert (event.action, event.purpose, event.references) == ("search", "search", consult.reference)
    assert event.detail == "looked through 2, 1 fit"
    assert not TimelineEvent.objects.filter(actor=desk).exists()
    assert audit.verify() == []


def test_looking_through_has_an_end_within_an_hour(desk, monkeypatch):
    monkeypatch.setattr(searching, "MOST_AN_HOUR", 2)
    consult = sent("Harper Quill", phone="(555) 555-0177")
    for _ in range(2):
        assert found("quill", desk) == [consult]
    assert workflow.search("quill", actor=desk).problem == SearchProblem.TOO_OFTEN
    event = AuditEvent.objects.first()
    assert (event.action, event.references) == ("denied", "")
    # Ends of numbers would list everybody, too.
    assert workflow.search("0177", actor=desk).problem == SearchProblem.TOO_OFTEN
    # Who is named whole still is found.
    for whole in (consult.reference, "(555) 555-0177"):
        assert found(whole, desk) == [consult]
    assert found("quill", UserFactory(group="Front desk")) == [consult]


def test_a_name_and_a_part_of_a_number_have_to_fit_both(desk):
    sought = sent("Ana Quill", phone="(555) 555-0177")
    sent("Robin Quill", phone="(555) 556-0177")
    came(400, sent("Pat Quill", phone="(555) 557-0177", claimed_by=desk, status=Status.CLOSED, reason="cost"))
    for text in ("ana 0177", "0177 ana", "quill 555-0177"):
        assert found(text, desk) == [sought], text
    assert len(found("0177", desk)) == 3


def test_a_flood_of_newer_ones_pushes_nobody_out_who_waits(desk, monkeypatch):
    monkeypatch.setattr(searching, "MOST_LOOKED_THROUGH", 2)
    waiting = came(50, sent("Harper Quill"))
    for _ in range(3):
        came(1, sent("Somebody Else", claimed_by=desk, status=Status.CLOSED, reason="test"))
    assert found("quill", desk) == [waiting]


@pytest.mark.parametrize(
    "text",
    [
        '{"contents": {"name": 5, "phone": null, "email": ["x"]}, "record_key": "00"}',
        '{"contents": "Harper Quill", "record_key": "00"}',
        '{"contents": {"name": "Harper Quill"}}',
        '{"record_key": "00"}',
        "[]",
        "no JSON",
        "[" * 100_000,
    ],
)
def test_one_that_holds_anything_stops_nobody(desk, settings, text):
    odd, whole = sent("Somebody Else"), sent("Harper Quill")
    ConsultRequest.objects.filter(pk=odd.pk).update(envelope=sealed_text(text, odd.reference, settings))
    assert found("harper", desk) == [whole]
    assert found("555-01", desk) == [whole]
    odd.refresh_from_db()
    assert workflow.show_names([odd, whole], actor=desk)[whole.pk] == "Harper Quill"
    assert workflow.open_together([odd, whole], actor=desk)[whole.pk]["name"] == "Harper Quill"


def test_one_that_can_not_be_opened_is_found_by_its_reference_and_stops_nobody(desk):
    damaged = sent("Harper Quill")
    ConsultRequest.objects.filter(pk=damaged.pk).update(envelope=b"\x01damaged")
    damaged.refresh_from_db()
    whole = sent("Harper Quill")
    assert found("harper", desk) == [whole]
    assert found(damaged.reference[2:6], desk) == [damaged]
    assert workflow.show_names([damaged, whole], actor=desk) == {whole.pk: "Harper Quill"}


def test_each_name_that_is_shown_is_one_event(desk):
    two = [sent("Harper Quill"), sent("Robin Quill")]
    assert set(workflow.show_names(two, actor=desk).values()) == {"Harper Quill", "Robin Quill"}
    events = AuditEvent.objects.filter(action="reveal", purpose="search", actor=desk)
    assert {event.references for event in events} == {consult.reference for consult in two}
    assert {row.action for row in TimelineEvent.objects.filter(actor=desk)} == {"reveal"}
    # A look at a name is no reading of the request.
    assert not ConsultRequest.objects.exclude(seen_at=None).exists()


@pytest.mark.parametrize("role", [{"group": "Editors"}, {"group": "Auditors"}, {"superuser": True}])
def test_nobody_else_finds_or_sees_anybody(role):
    consult = sent("Harper Quill")
    user = UserFactory(**role)
    for look in (
        lambda: workflow.search("quill", actor=user),
        lambda: workflow.show_names([consult], actor=user),
    ):
        with pytest.raises(workflow.NotAllowed):
            look()
    assert not AuditEvent.objects.exists()
