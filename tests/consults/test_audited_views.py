"""Who gets into the inbox: the front desk, and nobody by being anything else."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from consults.models import ConsultNote, ConsultRequest, OutboxMessage, SealedReply, TimelineEvent
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory, with_only

pytestmark = [pytest.mark.django_db, pytest.mark.once]
MARKER = "Markername"
DENIED = ["editor", "superuser"]
ROLES = {
    "front_desk": {"group": "Front desk"},
    "editor": {"group": "Editors"},
    "superuser": {"superuser": True},
}
# Each door, and what a member of the front desk gets there.
LISTS = ["index", "all", "all_results"]
DOORS = {
    **dict.fromkeys(LISTS, 200),
    "detail": 200,
    "claim": 302,
    "status": 302,
    "note": 302,
    "reply": 302,
}
ACTIONS = {
    "claim": {"version": 1},
    "status": {"version": 1, "status": "spam"},
    "note": {"text": f"{MARKER} called."},
    "reply": {"version": 1, "text": f"{MARKER} wrote."},
}


def sign_in(client, role):
    if role != "anonymous":
        client.force_login(UserFactory(**ROLES[role]))


def knock(client, door, pk):
    """Ask for a page or send an action."""
    arguments = [] if door in LISTS else [pk]
    address = reverse(f"consult_requests:{door}", args=arguments)
    return client.post(address, ACTIONS[door]) if door in ACTIONS else client.get(address)


def everything():
    models = (ConsultRequest, ConsultNote, OutboxMessage, SealedReply, TimelineEvent)
    return [list(model.objects.order_by("pk").values()) for model in models]


def without_tokens(response):
    """Return the page without what is drawn anew for each answer."""
    page = response.content.decode()
    return re.sub(r"\b[A-Za-z0-9]{64}\b", "token", page)


@pytest.mark.parametrize("door", DOORS)
def test_the_front_desk_gets_in(client, door):
    sign_in(client, "front_desk")
    response = knock(client, door, make_consult(name=MARKER).pk)
    assert response.status_code == DOORS[door]
    assert "/login/" not in response.get("Location", "")


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("role", DENIED)
def test_others_are_refused(client, role, door):
    consult = make_consult(name=MARKER)
    before = everything()
    sign_in(client, role)
    response = knock(client, door, consult.pk)
    page = response.content.decode()
    assert response.status_code == 403
    assert "Not for your login" in page
    assert MARKER not in page
    assert consult.reference not in page
    assert "no-store" in response["Cache-Control"]
    assert everything() == before


@pytest.mark.parametrize("door", DOORS)
def test_whoever_is_not_signed_in_is_asked_to(client, door):
    consult = make_consult(name=MARKER)
    before = everything()
    response = knock(client, door, consult.pk)
    assert response.status_code == 302
    assert response.url.startswith(f"{reverse('wagtailadmin_login')}?next=")
    assert MARKER not in f"{response.content.decode()}{response.headers}"
    assert everything() == before


@pytest.mark.parametrize("door", [door for door in DOORS if door not in LISTS])
@pytest.mark.parametrize("role", [*DENIED, "anonymous"])
def test_nobody_learns_which_requests_exist(client, role, door):
    consult = make_consult(name=MARKER)
    sign_in(client, role)
    known, unknown = (knock(client, door, pk) for pk in (consult.pk, consult.pk + 1))
    assert known.status_code == unknown.status_code == (302 if role == "anonymous" else 403)
    if role == "anonymous":
        known.headers["Location"] = known.url.replace(f"/{consult.pk}/", f"/{consult.pk + 1}/")
    assert known.get("Location") == unknown.get("Location")
    assert without_tokens(known) == without_tokens(unknown).replace(f"/{consult.pk + 1}/", f"/{consult.pk}/")


@pytest.mark.parametrize("door", DOORS)
def test_whoever_may_only_look_changes_nothing(client, door):
    consult = make_consult(name=MARKER)
    client.force_login(with_only("Front desk", "view_consultrequest"))
    before = everything()
    response = knock(client, door, consult.pk)
    if door in ACTIONS:
        assert response.status_code == 403
        assert MARKER not in response.content.decode()
        assert everything() == before
    else:
        assert response.status_code == 200


@pytest.mark.parametrize("door", DOORS)
def test_whoever_may_only_change_reads_nothing(client, door):
    """A right taken by mistake: a failed action would show the request."""
    consult = make_consult(name=MARKER)
    client.force_login(with_only("Front desk", "change_consultrequest"))
    before = everything()
    response = knock(client, door, consult.pk)
    assert response.status_code == 403
    assert MARKER not in response.content.decode()
    assert everything() == before


@pytest.mark.parametrize("door", DOORS)
def test_a_right_given_to_a_person_counts_for_nothing(client, door):
    consult = make_consult(name=MARKER)
    user = UserFactory(group="Editors")
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="consults"))
    client.force_login(user)
    assert knock(client, door, consult.pk).status_code == 403


def test_a_superuser_at_the_front_desk_gets_in_as_a_member(client):
    client.force_login(UserFactory(superuser=True, group="Front desk"))
    assert knock(client, "detail", make_consult().pk).status_code == 200


def test_whoever_left_is_asked_to_sign_in(client):
    user = UserFactory(group="Front desk")
    client.force_login(user)
    user.is_active = False
    user.save()
    response = knock(client, "detail", make_consult().pk)
    assert response.status_code == 302
    assert response.url.startswith(reverse("wagtailadmin_login"))


@pytest.mark.parametrize("role", ["front_desk", "superuser"])
@pytest.mark.parametrize(
    "ending", ["new/", "add/", "{pk}/delete/", "{pk}/edit/", "{pk}/copy/", "{pk}/usage/", "{pk}/history/"]
)
def test_there_are_no_other_doors(client, role, ending):
    consult = make_consult(name=MARKER)
    sign_in(client, role)
    address = f"/admin/requests/{ending.format(pk=consult.pk)}"
    assert client.get(address).status_code == 404
    assert ConsultRequest.objects.count() == 1


@pytest.mark.parametrize(("role", "is_shown"), [("front_desk", True), *((role, False) for role in DENIED)])
def test_the_menu_names_requests_to_the_front_desk_only(client, role, is_shown):
    sign_in(client, role)
    assert ("/admin/requests/" in client.get("/admin/").content.decode()) is is_shown
