"""Three requests, and a database that somebody else got hold of."""

import pytest
from django.db import connection

from consults import audit, workflow
from consults.enums import Purpose
from consults.models import AuditEvent, ConsultRequest
from consults.models.protection import PROTECTED, unprotect
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory


@pytest.fixture(autouse=True)
def own_heads(settings, tmp_path):
    settings.CONSULTS_AUDIT_HEADS_FILE = tmp_path / "heads.jsonl"


@pytest.fixture
def requests():
    """Three requests that somebody looked at, their consents linked, and the triggers as they were noted."""
    desk = UserFactory(group="Front desk")
    made = [make_consult(way="call", voicemail="yes") for _ in range(3)]
    for consult in made:
        workflow.open_consult(consult, actor=desk, purpose=Purpose.TRIAGE)
    audit.renew_protection()
    audit.link_receipts()
    return [ConsultRequest.objects.get(pk=consult.pk) for consult in made]


@pytest.fixture
def open_database(requests):
    """A database whose owner took the triggers off; nobody noted it."""
    unprotect(connection, list(PROTECTED))
    AuditEvent.objects.filter(action="protect").delete()
    return requests
