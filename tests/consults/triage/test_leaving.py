"""What leaves the admin, as a file or on paper, holds nothing that was typed, and is noted."""

import csv
import io

import pytest
from django.urls import reverse

from consults.models import AuditEvent, ConsultRequest
from consults.triage.export import safe
from tests.factories.consults import make_request
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
EXPORT = "/admin/requests/export/"
TYPED = {"name": "Markername", "note": "Markernote", "email": "marker@example.org", "needs": "Markerneed"}


def rows_of(response):
    return list(csv.reader(io.StringIO(response.content.decode())))


@pytest.fixture
def manager(client):
    user = UserFactory(group="Managers", username="=manager")
    client.force_login(user)
    return user


def test_a_manager_takes_the_filtered_list_away(client, manager):
    make_request(**TYPED)
    sought = make_request(**{**TYPED, "name": "Markersecond"})
    ConsultRequest.objects.filter(pk=sought.pk).update(channel="phone")
    response = client.post(f"{EXPORT}?channel=phone")
    head, row, made = rows_of(response)
    assert head[0] == "Reference"
    assert row[0] == sought.reference
    assert made[0].startswith("Made by =manager, ")
    assert not [cell for cell in row if "arker" in cell]
    event = AuditEvent.objects.get()
    assert (event.action, event.references) == ("export", sought.reference)
    assert response["Content-Disposition"] == 'attachment; filename="requests.csv"'
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("role", [{"group": "Front desk"}, {"group": "Auditors"}, {"superuser": True}])
def test_others_take_nothing_away(client, role):
    make_request()
    client.force_login(UserFactory(**role))
    assert client.post(EXPORT).status_code == 403
    assert AuditEvent.objects.get().action == "denied"


def test_a_link_makes_no_file(client, manager):
    assert client.get(EXPORT).status_code == 405


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_no_cell_is_a_formula(text):
    assert safe(text) == f"'{text}"
    assert safe("plain") == "plain"
    assert safe(None) == ""


def test_more_than_the_limit_is_not_taken(client, manager, monkeypatch):
    monkeypatch.setattr("consults.triage.export.MOST_ROWS", 1)
    make_request()
    make_request()
    response = client.post(f"{EXPORT}?channel=web")
    assert response.status_code == 302
    assert response.url == "/admin/requests/all/?channel=web"
    assert not AuditEvent.objects.exists()


def test_the_sheet_to_print_bears_no_name(client):
    client.force_login(UserFactory(group="Front desk"))
    request = make_request(**TYPED)
    page = client.get(reverse("consult_requests:paper", args=[request.pk])).content.decode()
    assert request.reference in page
    assert "arker" not in page
    assert "555" not in page
    assert AuditEvent.objects.get().action == "print"
    assert request.timeline.last().action == "print"
