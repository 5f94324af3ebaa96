"""The sheet for an outage is opened by whoever answers requests, and is one event with all references."""

import pytest

from consults import workflow
from consults.models import AuditEvent, ConsultRequest
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory, with_only

pytestmark = pytest.mark.django_db
REASON = "The line is being moved."


def test_all_are_opened_and_noted_once():
    desk = UserFactory(group="Front desk")
    requests = [make_consult(name=f"Marker {n}") for n in range(3)]
    rows = workflow.open_for_outage(requests, actor=desk, reason=REASON)
    assert [row.contents["name"] for row in rows] == ["Marker 0", "Marker 1", "Marker 2"]
    [event] = AuditEvent.objects.all()
    assert (event.action, event.purpose, event.actor) == ("print", "print", desk)
    assert event.detail == f"outage sheet with names and contacts, 3 requests: {REASON}"
    assert event.references.split() == [consult.reference for consult in requests]
    for consult in requests:
        assert consult.timeline.filter(actor=desk, action="print").count() == 1
        consult.refresh_from_db()
        # To have them on paper is no reading.
        assert (consult.version, consult.seen_at) == (1, None)


def test_one_that_does_not_open_keeps_no_other_back():
    desk = UserFactory(group="Front desk")
    damaged, other = make_consult(), make_consult(name="Marker")
    ConsultRequest.objects.filter(pk=damaged.pk).update(envelope=b"\x01damaged")
    rows = workflow.open_for_outage(
        [ConsultRequest.objects.get(pk=damaged.pk), other], actor=desk, reason=REASON
    )
    assert [row.contents and row.contents["name"] for row in rows] == [None, "Marker"]
    assert damaged.reference in AuditEvent.objects.get().references


def test_nobody_else_opens_it():
    consult = make_consult()
    for user in (
        with_only("Clinician", "view_consultrequest"),
        UserFactory(group="Auditors"),
        UserFactory(superuser=True),
        UserFactory(group="Front desk", is_active=False),
    ):
        with pytest.raises(workflow.NotAllowed):
            workflow.open_for_outage([consult], actor=user, reason=REASON)
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize("reason", ["", "  "])
def test_without_a_reason_nothing_is_opened(reason):
    desk, consult = UserFactory(group="Front desk"), make_consult()
    with pytest.raises(workflow.NotAllowed):
        workflow.open_for_outage([consult], actor=desk, reason=reason)
    assert not AuditEvent.objects.exists()
