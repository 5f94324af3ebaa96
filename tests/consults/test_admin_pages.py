"""The way to each page of staff, and who finds which place in the menu."""

import pytest
from django.test import RequestFactory
from wagtail.admin.menu import admin_menu

from consults.models import ConsultRequest
from tests.accounts.signing_in import sign_in
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]
HOME = ("/admin/", "Home")
DESK = ("/admin/requests/", "The desk")
ALL = ("/admin/requests/all/", "All requests")
ALL_NEW = ("/admin/requests/all/?status=new", "All requests")


def way_to(response):
    # Beside it Wagtail can write an unseen heading; these pages show one of their own.
    assert response.content.decode().count("<h1") == 1
    return [(str(step["url"]), str(step["label"])) for step in response.context["breadcrumbs_items"]]


@pytest.mark.parametrize(
    ("address", "way"),
    [
        ("/admin/requests/", [("", "The desk")]),
        ("/admin/appointments/", [DESK, ("", "Appointments")]),
        ("/admin/requests/views/?status=new", [ALL_NEW, ("", "Views")]),
        ("/admin/requests/export/?status=new", [ALL_NEW, ("", "As a file")]),
        ("/admin/requests-by-phone/", [HOME, (DESK[0], "Consultation requests"), ("", "New request")]),
        ("/admin/consult-reports/", [HOME, ("", "Reports on requests")]),
    ],
)
def test_the_way_to_a_page(client, address, way):
    client.force_login(UserFactory(group="Managers"))
    assert way_to(client.get(address)) == way


def test_the_way_to_emergency_access(client):
    sign_in(client, UserFactory(superuser=True))
    assert way_to(client.get("/admin/requests/emergency/")) == [HOME, ("", "Emergency access")]


def test_the_way_to_what_was_found(client):
    client.force_login(UserFactory(group="Front desk"))
    response = client.post("/admin/requests/find/", {"text": "nobody"}, follow=True)
    assert way_to(response) == [DESK, ("", "Found")]


def test_the_way_to_a_request_and_its_pages(client):
    client.force_login(UserFactory(group="Front desk"))
    consult = make_consult(email="marker@example.net")
    address, name = f"/admin/requests/{consult.pk}/", str(consult)
    assert way_to(client.get(address)) == [DESK, ALL, ("", name)]
    assert way_to(client.get(f"{address}reply/")) == [DESK, (address, name), ("", "E-mail")]
    version = ConsultRequest.objects.get().version
    sent = {"action": "spam", "ticked": f"{consult.pk}:{version}"}
    assert way_to(client.post("/admin/requests/bulk/", sent)) == [ALL, ("", "Several at once")]
    ConsultRequest.objects.update(version=version + 1)
    response = client.post(f"{address}claim/", {"version": version})
    assert way_to(response) == [DESK, (address, name), ("", "Changed meanwhile")]


@pytest.mark.parametrize(
    ("role", "places"),
    [
        ({"group": "Front desk"}, {"consult-requests"}),
        ({"group": "Managers"}, {"consult-requests", "consult-reports"}),
        ({"group": "Auditors"}, {"consult-audit"}),
        ({"superuser": True}, set()),
    ],
)
def test_only_those_who_may_come_in_find_a_place_in_the_menu(role, places):
    request = RequestFactory().get("/admin/")
    request.user = UserFactory(**role)
    shown = {item.name for item in admin_menu.menu_items_for_request(request)}
    assert shown & {"consult-requests", "consult-reports", "consult-audit"} == places
