"""Whatever staff see or do is noted once, in the same transaction; what can't be noted isn't shown."""

import pytest
from django.db import OperationalError, connection
from django.urls import reverse

from consults import audit
from consults.models import AuditEvent, ConsultRequest, SavedView
from tests.accounts.signing_in import sign_in
from tests.factories.consults import form_data, make_consult
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]
MARKER = "Markername"
ROLES = {
    "front desk": {"group": "Front desk"},
    "manager": {"group": "Managers"},
    "editor": {"group": "Editors"},
    "medical reviewer": {"group": "Medical reviewers"},
    "auditor": {"group": "Auditors"},
    "superuser": {"superuser": True},
}
INSIDE = {"front desk", "manager"}
# Each door: what is sent (None: it is asked for), what the audit calls it, whether it shows contents.
DOORS = {
    "index": (None, "list", False),
    "all": (None, "list", False),
    "all_results": (None, "list", False),
    "detail": (None, "view", True),
    "claim": ({"version": 1}, "change", False),
    "outcome": ({"version": 1, "outcome": "no_answer"}, "change", False),
    "status": ({"version": 1, "status": "spam"}, "change", False),
    "priority": ({"version": 1, "priority": 1}, "change", False),
    "note": ({"text": "Called."}, "note", False),
    "reply": ({"version": 1, "text": "Hello."}, "change", False),
    "search": ({"text": "0123"}, "search", False),
    "names": ({"names": "page"}, "reveal", True),
    "hand_over": (None, "list", False),
}
WITHOUT_REQUEST = ("index", "all", "all_results", "search", "names", "hand_over")


def knock(client, door, consult):
    """Use a door the way the page does."""
    arguments = [] if door in WITHOUT_REQUEST else [consult.pk]
    # The names of the list are asked for where it stands.
    address = reverse(f"consult_requests:{'index' if door == 'names' else door}", args=arguments)
    sent = DOORS[door][0]
    return client.get(address) if sent is None else client.post(address, sent)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("role", ROLES)
def test_contents_show_where_they_may_and_each_visit_is_one_event(client, role, door):
    consult = make_consult(name=MARKER)
    client.force_login(user := UserFactory(**ROLES[role]))
    response = knock(client, door, consult)
    _sent, action, shows_contents = DOORS[door]
    [event] = AuditEvent.objects.all()
    assert event.actor == user
    if role in INSIDE:
        assert response.status_code in (200, 302)
        assert event.action == action
        assert (MARKER in response.content.decode()) == shows_contents
        assert event.references == consult.reference
    else:
        assert response.status_code == 403
        assert (event.action, event.references) == ("denied", "")
        assert MARKER not in response.content.decode()
        consult.refresh_from_db()
        assert consult.version == 1
    assert audit.verify() == []


# Doors that open to some of them: what is sent, who gets in, what they get, what the audit calls it.
EXPORT = {"contents": "masked", "kind": "csv", "columns": ["reference"], "names": ["name"]}
SOME_DOORS = {
    "export form": ("export", None, {"manager"}, 200, []),
    "export": ("export", EXPORT, {"manager"}, 200, ["export"]),
    "sheet for an outage": ("outage", None, INSIDE, 200, []),
    "views": ("views", None, INSIDE, 200, []),
    "keeping a view": ("views", {"name": "Some"}, INSIDE, 302, []),
    "view": ("view", None, INSIDE, 302, []),
    "deleting a view": ("delete_view", {}, INSIDE, 404, []),
}


def knock_elsewhere(client, door, view):
    """Use a door that belongs to no request."""
    name, sent, *_ = SOME_DOORS[door]
    address = reverse(f"consult_requests:{name}", args=[view.pk] if name.endswith("view") else [])
    return client.get(address) if sent is None else client.post(address, sent)


@pytest.fixture
def shared_view():
    """A view that somebody else shares."""
    owner = UserFactory(group="Front desk")
    return SavedView.objects.create(owner=owner, name="Some", is_shared=True)


@pytest.mark.parametrize("door", SOME_DOORS)
@pytest.mark.parametrize("role", ROLES)
def test_other_doors_open_to_some_and_name_nobody(client, shared_view, role, door):
    make_consult(name=MARKER)
    client.force_login(UserFactory(**ROLES[role]))
    response = knock_elsewhere(client, door, shared_view)
    _name, _sent, allowed, status, actions = SOME_DOORS[door]
    assert MARKER not in response.content.decode()
    assert response.status_code == (status if role in allowed else 403)
    expected = actions if role in allowed else ["denied"]
    assert [event.action for event in AuditEvent.objects.all()] == expected


@pytest.mark.parametrize("door", SOME_DOORS)
def test_whoever_is_not_signed_in_comes_to_no_other_door(client, shared_view, door):
    response = knock_elsewhere(client, door, shared_view)
    assert (response.status_code, response.url.split("?")[0]) == (302, "/admin/login/")
    assert SavedView.objects.count() == 1


@pytest.mark.parametrize("door", DOORS)
def test_whoever_is_not_signed_in_comes_to_no_door(client, door):
    response = knock(client, door, make_consult(name=MARKER))
    assert (response.status_code, response.url.split("?")[0]) == (302, "/admin/login/")
    assert not AuditEvent.objects.exists()


@pytest.fixture
def broken_audit():
    """A database that takes everything but audit events."""

    def refuse(execute, sql, params, many, context):
        if "INSERT" in sql and "auditevent" in sql:
            raise OperationalError("full")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield


@pytest.mark.parametrize("door", DOORS)
def test_what_cannot_be_noted_is_neither_shown_nor_done(client, broken_audit, door):
    consult = make_consult(name=MARKER)
    client.force_login(UserFactory(group="Front desk"))
    before = list(ConsultRequest.objects.values())
    response = knock(client, door, consult)
    assert response.status_code == 503
    assert MARKER not in response.content.decode()
    assert consult.reference not in response.content.decode()
    assert list(ConsultRequest.objects.values()) == before
    assert consult.timeline.count() == 1


@pytest.mark.parametrize("contents", ["masked", "opened"])
def test_no_file_leaves_that_cannot_be_noted(client, broken_audit, contents):
    consult = make_consult(name=MARKER)
    sign_in(client, UserFactory(group="Managers"))
    sent = {**EXPORT, "contents": contents, "reason": "Moving house."}
    response = client.post(reverse("consult_requests:export"), sent)
    assert response.status_code == 503
    assert consult.reference not in response.content.decode()
    assert consult.timeline.count() == 1


def test_what_somebody_wrote_is_given_back_where_it_cannot_be_kept(client, broken_audit):
    consult = make_consult(name=MARKER)
    client.force_login(UserFactory(group="Front desk"))
    address = reverse("consult_requests:note", args=[consult.pk])
    page = client.post(address, {"text": "A long <b>note</b>."}).content.decode()
    assert "Copy it before you leave" in page
    assert "A long &lt;b&gt;note&lt;/b&gt;." in page
    assert not consult.notes.exists()


def test_the_public_form_goes_on_without_the_audit(client, broken_audit):
    assert client.post("/consultation/", form_data()).status_code == 303
    assert ConsultRequest.objects.count() == 1


def test_a_page_that_fails_while_it_is_written_was_not_shown(client, monkeypatch):
    from consults.triage.detail import page

    consult = make_consult(name=MARKER)
    client.force_login(UserFactory(group="Front desk"))
    client.raise_request_exception = False
    monkeypatch.setattr(page, "render", lambda *args, **kwargs: 1 / 0)
    assert client.get(reverse("consult_requests:detail", args=[consult.pk])).status_code == 500
    assert not AuditEvent.objects.exists()
    assert consult.timeline.count() == 1
