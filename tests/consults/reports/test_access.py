"""Who reads the reports: members of a group that may, and nobody by being anything else."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from consults.reports import views
from consults.reports.catalogue import REPORTS
from tests.factories.users import UserFactory, with_only

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ROLES = {
    "editor": {"group": "Editors"},
    "front_desk": {"group": "Front desk"},
    "auditor": {"group": "Auditors"},
    "superuser": {"superuser": True},
    "manager": {"group": "Managers"},
    "managing_superuser": {"group": "Managers", "superuser": True},
}
ALLOWED = {"manager", "managing_superuser"}
DOORS = ["/admin/consult-reports/", *(f"/admin/consult-reports/{name}.csv" for name in REPORTS)]


@pytest.fixture
def readings(monkeypatch):
    """What was noted as read."""
    noted = []
    monkeypatch.setattr(
        views, "note_reading", lambda request, what, _days: noted.append((request.user, what))
    )
    return noted


@pytest.mark.parametrize("door", DOORS[:2])
@pytest.mark.parametrize("role", ROLES)
def test_only_managers_get_in(client, role, door, readings):
    client.force_login(UserFactory(**ROLES[role]))
    answer = client.get(door)
    assert answer.status_code == (200 if role in ALLOWED else 403)
    assert ("Not for your login" in answer.content.decode()) is (role not in ALLOWED)
    assert "no-store" in answer["Cache-Control"]
    assert bool(readings) is (role in ALLOWED)


@pytest.mark.parametrize("door", DOORS)
def test_whoever_is_not_signed_in_is_asked_to(client, door, readings):
    answer = client.get(door)
    assert answer.status_code == 302
    assert answer.url.startswith(f"{reverse('wagtailadmin_login')}?next=")
    assert readings == []


@pytest.mark.parametrize("door", DOORS)
def test_each_reading_is_noted_once(client, door, readings):
    user = UserFactory(group="Managers")
    client.force_login(user)
    client.get(door)
    assert readings == [(user, door.split("/")[3].removesuffix(".csv") or "reports")]


def test_what_does_not_exist_is_not_noted(client, readings):
    client.force_login(UserFactory(group="Managers"))
    assert client.get("/admin/consult-reports/everything.csv").status_code == 404
    assert readings == []


def test_a_right_given_to_a_person_counts_for_nothing(client):
    user = UserFactory(group="Editors")
    user.user_permissions.set(Permission.objects.filter(codename="report_consultrequest"))
    client.force_login(user)
    assert client.get(DOORS[0]).status_code == 403


def test_the_right_alone_opens_the_reports_and_no_request(client):
    client.force_login(with_only("Managers", "report_consultrequest"))
    page = client.get(DOORS[0]).content.decode()
    assert client.get("/admin/requests/").status_code == 403
    # Exact figures are for whoever may open each request.
    assert "Rounded, to print or hand on." in page
    assert "exact figures" not in page


@pytest.mark.parametrize("role", ROLES)
def test_the_menu_names_them_to_readers_only(client, role):
    client.force_login(UserFactory(**ROLES[role]))
    assert ("/admin/consult-reports/" in client.get("/admin/").content.decode()) is (role in ALLOWED)


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_there_is_nothing_to_change(client, method):
    client.force_login(UserFactory(group="Managers"))
    assert getattr(client, method)(DOORS[0]).status_code == 405
