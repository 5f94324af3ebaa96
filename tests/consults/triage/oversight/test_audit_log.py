"""The audit is read by auditors alone, holds no word of a request, and notes that it was read."""

import html
import re

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


def listed(client, **query):
    return list(client.get(URL, query).context["object_list"])


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ({"action": "view"}, 1),
        ({"action": "saw"}, 1),
        ({"actor_name": "somebody"}, 2),
        ({"actor_name": "MEBO"}, 2),
        ({"actor_name": "quill"}, 2),
        ({"actor_name": "nobody"}, 0),
        ({"references": "nowhere"}, 0),
        ({"references": "-"}, 0),
        ({"since": "2026-11-24T12:00"}, 2),
        ({"since": "2026-11-24T12:01"}, 0),
        ({"until": "2026-11-24T11:59"}, 0),
        ({"until": "2026-11-24T12:00"}, 2),
    ],
)
def test_it_can_be_narrowed(client, midday, query, number):
    desk = UserFactory(group="Front desk", username="somebody", last_name="Quill")
    consult = make_consult()
    workflow.open_consult(consult, actor=desk, purpose="triage")
    workflow.claim(consult, actor=desk, version=1)
    client.force_login(UserFactory(group="Auditors"))
    assert len(listed(client, **query)) == number


def test_a_reference_is_found_as_it_is_spoken_and_by_a_part(client, desk, auditor):
    consult, another = make_consult(), make_consult()
    for each in (consult, another):
        workflow.open_consult(each, actor=desk, purpose="triage")
    reference = consult.reference
    spoken = f" {reference[:3]}-{reference[3:6]}-{reference[6:].lower()}"
    for said in (reference, spoken, reference[:7]):
        assert [event.references for event in listed(client, references=said)] == [reference]


def test_all_requests_of_a_person_are_found_by_one_of_them(client, desk, auditor):
    first, second, third, another = (make_consult() for _ in range(4))
    for later in (second, third):
        workflow.link(later, actor=desk, version=1, same_as=first)
    for each in (first, second, third, another):
        workflow.open_consult(each, actor=desk, purpose="triage")
    for each in (first, third):
        spoken = f"{each.reference[:3]}-{each.reference[3:6]}-{each.reference[6:].lower()}"
        found = listed(client, person=spoken, action="view")
        assert {event.references for event in found} == {first.reference, second.reference, third.reference}
    assert {event.references for event in listed(client, person=another.reference)} == {another.reference}
    # A part of a reference, and nobody's, is no person.
    assert listed(client, person=first.reference[:7]) == listed(client, person="%") == []


@pytest.mark.parametrize("address", [URL, f"{URL}results/"])
@pytest.mark.parametrize(
    ("person", "said"),
    [
        ("AB2CD3EF4G", "No request has this reference."),
        ("ab2 cd3-ef4g", "No request has this reference."),
        ("AB2CD3", "That is no reference: it has ten letters and digits"),
        ("%", "That is no reference"),
        ("O0OO0O", "That is no reference"),
        ("x" * 200, "That is no reference"),
    ],
)
def test_a_person_whom_no_reference_leads_to_is_said_to_be_unknown(
    client, desk, auditor, address, person, said
):
    """An empty list would read as if nobody had seen anything."""
    workflow.open_consult(make_consult(), actor=desk, purpose="triage")
    response = client.get(address, {"person": person})
    page = html.unescape(response.content.decode())
    assert f"Person, by one of their references: {said}" in page
    assert "Nothing was looked for." in page
    assert list(response.context["object_list"]) == []


def test_the_filters_say_by_which_clock(client, auditor):
    page = client.get(URL).content.decode()
    assert "From (America/Denver)" in page
    assert "Until (America/Denver)" in page


def test_one_tap_on_a_reference_tells_who_saw_it(client, desk, auditor):
    consult = make_consult()
    workflow.claim(consult, actor=desk, version=1)
    workflow.open_consult(consult, actor=desk, purpose="reveal")
    workflow.open_consult(consult, actor=desk, purpose="triage")
    workflow.open_consult(make_consult(), actor=desk, purpose="triage")
    page = client.get(URL).content.decode()
    address = f"{URL}?action=saw&amp;references={consult.reference}"
    assert address in page
    shown = client.get(html.unescape(address)).context["object_list"]
    assert [(event.action, event.references) for event in shown] == [
        ("view", consult.reference),
        ("reveal", consult.reference),
    ]


def test_a_file_without_names_shows_nobody_and_one_with_names_does(client, auditor, desk):
    for purpose in ("", "export"):
        audit.append("export", actor=desk, references=["AB2CD3EF4G"], purpose=purpose)
    assert [event.purpose for event in listed(client, action="saw")] == ["export"]


def test_of_many_references_some_are_shown_and_the_rest_counted(client, auditor, desk):
    audit.append("export", actor=desk, references=[f"AB2CD3E{n:03}" for n in range(60)])
    page = client.get(URL).content.decode()
    assert "and 10 more" in page
    assert "AB2CD3E049" in page
    assert "AB2CD3E050" not in page


def test_when_it_was_is_told_to_the_second(client, midday, auditor):
    client.get(URL)
    assert re.search(r"Nov\S* 24, 2026, 12:00:00 MST", client.get(URL).content.decode())


@pytest.mark.parametrize("name", ["since", "until"])
@pytest.mark.parametrize("at", ["9999-12-31T23:59", "0001-01-01T00:00", "1999-12-31T00:00"])
def test_a_year_beyond_every_calendar_is_said_to_be_so(client, auditor, name, at):
    response = client.get(URL, {name: at})
    assert response.status_code == 200
    assert re.search("Choose a time between 2000 and 2199|Enter a valid date", response.content.decode())


@pytest.mark.parametrize(
    "query", [{"since": "yesterday"}, {"since": "2026-11-24T12:00", "until": "2026-11-23T12:00"}]
)
def test_a_period_that_can_not_be_is_said_to_be_so(client, auditor, query):
    page = client.get(URL, query).content.decode()
    assert "Enter a valid date" in page or "The end lies before the start" in page


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
