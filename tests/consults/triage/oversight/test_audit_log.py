"""The audit is read by auditors alone, holds no word of a request, and notes that it was read."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from consults import audit, workflow
from consults.models import AuditEvent
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
URL = "/admin/consult-audit/"


@pytest.fixture
def desk():
    return UserFactory(group="Front desk", username="somebody")


@pytest.fixture
def auditor(client):
    user = UserFactory(group="Auditors")
    client.force_login(user)
    return user


def test_it_tells_who_did_what_and_that_somebody_looked(client, desk, auditor):
    consult = make_consult(name="Markername", note="Markernote")
    workflow.open_consult(consult, actor=desk, purpose="triage")
    workflow.add_note(consult, actor=desk, text="Markerremark")
    page = client.get(URL).content.decode()
    for said in ("somebody", "Opened", "To answer it", consult.reference, "Noted"):
        assert said in page
    assert "Marker" not in page
    newest = AuditEvent.objects.first()
    assert (newest.action, newest.actor) == ("audit", auditor)


@pytest.mark.parametrize(
    ("query", "number"),
    [({"action": "view"}, 1), ({"actor_name": "somebody"}, 2), ({"references": "nowhere"}, 0)],
)
def test_it_can_be_narrowed(client, desk, auditor, query, number):
    consult = make_consult()
    workflow.open_consult(consult, actor=desk, purpose="triage")
    workflow.claim(consult, actor=desk, version=1)
    assert len(client.get(URL, query).context["object_list"]) == number


@pytest.mark.parametrize("door", ["index", "all", "detail"])
def test_an_auditor_reads_no_request(client, auditor, door):
    consult = make_consult(name="Markername")
    arguments = [consult.pk] if door == "detail" else []
    response = client.get(reverse(f"consult_requests:{door}", args=arguments))
    assert response.status_code == 403
    assert "Markername" not in response.content.decode()


@pytest.mark.parametrize(
    "role", [{"group": "Front desk"}, {"group": "Managers"}, {"group": "Editors"}, {"superuser": True}]
)
def test_nobody_else_reads_the_audit(client, role):
    client.force_login(UserFactory(**role))
    assert client.get(URL).status_code == 403
    assert AuditEvent.objects.get().action == "denied"


def test_the_command_verifies_and_says_what_is_wrong(desk, settings, tmp_path, capsys):
    settings.CONSULTS_AUDIT_HEADS_FILE = tmp_path / "heads.jsonl"
    workflow.open_consult(make_consult(), actor=desk, purpose="triage")
    audit.publish_head()
    call_command("consults_audit")
    assert "The audit is whole; 1 published heads are in it." in capsys.readouterr().out
    other = tmp_path / "elsewhere.jsonl"
    other.write_text('{"seq": 99, "mac": "x", "at": ""}\n')
    with pytest.raises(CommandError, match="broken in 1 places"):
        call_command("consults_audit", against=other)
    other.write_text("nonsense")
    with pytest.raises(CommandError, match="can't be read"):
        call_command("consults_audit", against=other)
