"""No form of Wagtail gives a right over requests, not to superusers either, and whoever tries is told of."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.urls import reverse

from consults import permissions
from consults.models import AuditEvent, DeskGrant, Invitation, OutboxMessage
from consults.notices.outbox import send_due
from tests.accounts.signing_in import sign_in
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]
User = get_user_model()
DESK = ["Front desk", "Clinician", "Managers", "Auditors"]
EDIT, ADD = "wagtailusers_users:edit", "wagtailusers_users:add"


@pytest.fixture
def admin(client):
    user = UserFactory(superuser=True, username="root", first_name="Ro", last_name="Ot")
    sign_in(client, user)
    return user


@pytest.fixture
def told(settings):
    """Send what waits, and return who was told of what."""
    settings.CONSULTS_OWNER_RECIPIENTS = ["owner@example.org"]
    auditor = UserFactory(group="Auditors")

    def send():
        send_due()
        return {message.to[0] for message in mail.outbox} & {"owner@example.org", auditor.email}

    send.both = {"owner@example.org", auditor.email}
    return send


def fields(user, **changes):
    values = {
        "username": user.username,
        "email": user.email,
        "first_name": "Kim",
        "last_name": "Sample",
        "is_active": "on",
    }
    return {**values, **({"is_superuser": "on"} if user.is_superuser else {}), **changes}


def rights(user):
    asked = [getattr(permissions, name) for name in dir(permissions) if name.startswith(("can_", "sees_"))]
    return [ask.__name__ for ask in asked if ask(User.objects.get(pk=user.pk))]


def tries():
    return AuditEvent.objects.filter(action="grant", detail__startswith="tried to give")


def test_whoever_sets_up_the_site_does_not_put_himself_at_the_desk(client, admin, told):
    """He ticked *Front desk* on himself, read, unticked; the audit showed an ordinary view."""
    consult = make_consult(name="Markername")
    desk = Group.objects.get(name="Front desk")
    answer = client.post(reverse(EDIT, args=[admin.pk]), fields(admin, groups=[desk.pk]))
    assert answer.status_code == 200
    page = client.get(reverse("consult_requests:detail", args=[consult.pk]))
    assert page.status_code == 403
    assert "Markername" not in page.content.decode()
    assert rights(admin) == []
    event = tries().get()
    assert (event.actor, event.detail) == (
        admin, "tried to give the role Front desk in a form of Wagtail; refused"
    )  # fmt: skip
    assert event.references == f"account:{admin.pk}"
    assert told() == told.both
    # Even where somebody gets into the group past every form.
    admin.groups.add(desk)
    assert client.get(reverse("consult_requests:detail", args=[consult.pk])).status_code == 403


@pytest.mark.parametrize("name", DESK)
@pytest.mark.parametrize("of_whom", ["self", "other", "new"])
def test_no_form_of_users_gives_a_role(client, admin, told, name, of_whom):
    group = Group.objects.get(name=name)
    user = {"self": admin, "other": UserFactory(), "new": UserFactory.build(username="new")}[of_whom]
    address = reverse(ADD) if of_whom == "new" else reverse(EDIT, args=[user.pk])
    answer = client.post(address, fields(user, groups=[group.pk]))
    assert answer.status_code == 200
    assert "Select a valid choice" in answer.content.decode()
    assert not DeskGrant.objects.exclude(role="auditor").exists()
    assert not group.user_set.exclude(desk_grants__role="auditor").exists()
    assert not User.objects.filter(username="new").exists()
    assert tries().count() == 1
    assert told() == told.both


@pytest.mark.parametrize("name", DESK)
def test_no_role_is_given_to_several_at_once(client, admin, told, name):
    user, group = UserFactory(), Group.objects.get(name=name)
    address = reverse("wagtail_bulk_action", args=["auth", "user", "assign_role"])
    assert group.name not in client.get(f"{address}?id={user.pk}").content.decode()
    answer = client.post(f"{address}?id={user.pk}&next=/admin/users/", {"role": group.pk})
    assert answer.status_code == 200
    assert not user.groups.exists()
    assert tries().count() == 1
    assert told() == told.both
    editors = Group.objects.get(name="Editors")
    client.post(f"{address}?id={user.pk}&next=/admin/users/", {"role": editors.pk})
    assert list(user.groups.all()) == [editors]


def group_form(name, *rights):
    return {
        "name": name,
        "permissions": [right.pk for right in rights],
        **{
            f"{prefix}-{field}": 0
            for prefix in (
                "page_permissions",
                "collection_permissions",
                "image_permissions",
                "document_permissions",
            )
            for field in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
        },
    }


def test_no_form_of_groups_gives_a_permission_over_requests(client, admin, told):
    group, insider = Group.objects.create(name="Helpers"), UserFactory()
    insider.groups.add(group)
    all_rights = list(Permission.objects.filter(content_type__app_label="consults"))
    for address in (
        reverse("wagtailusers_groups:add"),
        reverse("wagtailusers_groups:edit", args=[group.pk]),
    ):
        for right in all_rights:
            answer = client.post(address, group_form("Helpers, more", right))
            assert answer.status_code == 200
        page = client.get(address).content.decode()
        assert not [right for right in all_rights if f'name="permissions" value="{right.pk}"' in page]
    assert not group.permissions.exists()
    assert tries().count() == 2 * len(all_rights)
    assert told() == told.both
    # What a group holds past every form gives nobody anything.
    group.permissions.set(all_rights)
    assert rights(insider) == []
    # And a form leaves it as it is.
    assert client.post(address, group_form("Helpers")).status_code == 302
    assert group.permissions.count() == len(all_rights)


@pytest.mark.parametrize("name", DESK)
def test_the_groups_of_the_desk_stay_as_they_are(client, admin, name):
    group = Group.objects.get(name=name)
    before = set(group.permissions.all())
    for door in ("edit", "delete"):
        address = reverse(f"wagtailusers_groups:{door}", args=[group.pk])
        for answer in (client.get(address), client.post(address, group_form("Other name"))):
            assert (answer.status_code, answer.url) == (302, reverse("wagtailusers_groups:index"))
    group.refresh_from_db()
    assert (group.name, set(group.permissions.all())) == (name, before)


def test_the_forms_show_the_role_and_saving_leaves_it(client, admin):
    user = UserFactory(group="Front desk")
    page = client.get(reverse(EDIT, args=[user.pk])).content.decode()
    assert "At the desk: Front desk. Only managers change that" in page
    assert client.post(reverse(EDIT, args=[user.pk]), fields(user, first_name="Lee")).status_code == 302
    user.refresh_from_db()
    assert user.first_name == "Lee"
    assert [group.name for group in user.groups.all()] == ["Front desk"]
    assert permissions.can_read_requests(user)
    # Nothing was given or taken.
    assert not AuditEvent.objects.filter(action="grant").exists()


def test_nobody_sets_a_password_or_the_e_mail_of_somebody_else(client, admin):
    user = UserFactory()
    user.set_password("as it was before")
    user.save()
    before = user.password
    values = fields(user, email="thief@example.net", password1="x" * 20, password2="x" * 20)
    assert client.post(reverse(EDIT, args=[user.pk]), values).status_code == 302
    user.refresh_from_db()
    assert (user.email, user.password) == (f"{user.username}@example.org", before)
    page = client.get(reverse(EDIT, args=[user.pk])).content.decode()
    assert "password" not in page.split("<form", 2)[-1].split("</form")[0]


def test_a_new_account_gets_a_link_and_no_password(client, admin):
    values = fields(UserFactory.build(username="new", email="new@example.org"), password1="x" * 20)
    assert client.post(reverse(ADD), values).status_code == 302
    user = User.objects.get(username="new")
    assert not user.has_usable_password()
    assert Invitation.objects.get().user == user
    send_due()
    assert [message.to for message in mail.outbox] == [["new@example.org"]]
    assert AuditEvent.objects.filter(action="account", detail="new: made", actor=admin).exists()


@pytest.mark.parametrize("is_ticked", [True, False])
def test_whoever_becomes_an_administrator_or_no_longer_is_told_of(client, admin, told, is_ticked):
    user = UserFactory(is_superuser=not is_ticked)
    values = fields(user, is_superuser="on") if is_ticked else fields(user)
    values = values if is_ticked else {k: v for k, v in values.items() if k != "is_superuser"}
    client.post(reverse(EDIT, args=[user.pk]), values)
    user.refresh_from_db()
    assert user.is_superuser is is_ticked
    event = AuditEvent.objects.get(action="grant")
    assert event.detail.endswith(
        "is now a site administrator" if is_ticked else "no longer a site administrator"
    )
    assert told() == told.both


def test_a_new_administrator_is_told_of(client, admin, told):
    client.post(reverse(ADD), fields(UserFactory.build(username="new"), is_superuser="on"))
    assert AuditEvent.objects.filter(action="grant", detail="new: is now a site administrator").exists()
    assert told() == told.both


def test_whoever_manages_users_makes_no_administrator(client):
    """An administrator may break the glass; a right to change users leads nobody there."""
    helper, other = UserFactory(group="Editors"), UserFactory()
    helper.user_permissions.set(Permission.objects.filter(codename__in=["add_user", "change_user"]))
    sign_in(client, helper)
    client.post(reverse(EDIT, args=[other.pk]), fields(other, is_superuser="on", first_name="Lee"))
    client.post(reverse(ADD), fields(UserFactory.build(username="new"), is_superuser="on"))
    other.refresh_from_db()
    assert other.first_name == "Lee"
    assert User.objects.filter(username="new").exists()
    assert not User.objects.filter(is_superuser=True).exists()


def switch_off_in_form(client, user):
    values = fields(user)
    del values["is_active"]
    client.post(reverse(EDIT, args=[user.pk]), values)


def switch_off_with_others(client, user):
    address = reverse("wagtail_bulk_action", args=["auth", "user", "set_active_state"])
    client.post(f"{address}?id={user.pk}&next=/admin/users/", {"mark_as_active": "False"})


@pytest.mark.parametrize("switch_off", [switch_off_in_form, switch_off_with_others])
def test_an_account_is_switched_off_with_an_event_but_not_that_of_the_desk(client, admin, switch_off):
    editor, manager = UserFactory(group="Editors"), UserFactory(group="Managers")
    for user in (editor, manager):
        switch_off(client, user)
        user.refresh_from_db()
    assert (editor.is_active, manager.is_active) == (False, True)
    [event] = AuditEvent.objects.filter(action="account")
    assert event.detail == f"{editor}: switched off"


def test_no_form_brings_back_roles_with_an_account(client, admin):
    user = UserFactory(group="Managers", is_active=False)
    client.post(reverse(EDIT, args=[user.pk]), fields(user))
    address = reverse("wagtail_bulk_action", args=["auth", "user", "set_active_state"])
    client.post(f"{address}?id={user.pk}&next=/admin/users/", {"mark_as_active": "True"})
    user.refresh_from_db()
    assert not user.is_active


@pytest.mark.parametrize("at_once", [False, True])
def test_deleting_is_an_event_and_not_possible_at_the_desk(client, admin, at_once):
    editor, desk = UserFactory(group="Editors"), UserFactory(group="Front desk")
    for user in (editor, desk):
        address = reverse("wagtailusers_users:delete", args=[user.pk])
        if at_once:
            address = reverse("wagtail_bulk_action", args=["auth", "user", "delete"])
            address += f"?id={user.pk}&next=/admin/users/"
        client.post(address)
    assert list(User.objects.filter(pk__in=[editor.pk, desk.pk])) == [desk]
    assert [event.detail for event in AuditEvent.objects.filter(action="account")] == [f"{editor}: deleted"]


def test_a_superuser_writes_neither_templates_nor_consent_words(client, admin):
    for name in ("reply_templates", "consent_wordings"):
        assert client.get(reverse(f"{name}:index")).status_code == 302
    client.force_login(UserFactory(group="Managers"))
    for name in ("reply_templates", "consent_wordings"):
        assert client.get(reverse(f"{name}:index")).status_code == 200


def test_an_attempt_that_can_not_be_noted_does_nothing(client, admin, monkeypatch):
    monkeypatch.setattr("consults.audit.append", lambda *a, **k: (_ for _ in ()).throw(RuntimeError))
    client.raise_request_exception = False
    user = UserFactory()
    assert client.post(reverse(EDIT, args=[user.pk]), fields(user, is_superuser="on")).status_code == 500
    user.refresh_from_db()
    assert not user.is_superuser
    assert not OutboxMessage.objects.exists()


def test_who_is_called_otherwise_stands_in_the_audit_and_is_told(client, admin, told):
    """The audit names people as they were called: two names that are swapped would read as each other."""
    manager = UserFactory(group="Managers", username="anna", email="anna@example.org")
    client.post(reverse(EDIT, args=[manager.pk]), fields(manager, username="somebody"))
    [event] = AuditEvent.objects.filter(action="account")
    assert event.detail == "anna: is called somebody from now on"
    assert told() == told.both
    assert "anna@example.org" in {message.to[0] for message in mail.outbox}


@pytest.mark.parametrize("name", ["ANNA", "Anna@example.org"])
def test_nobody_is_called_as_somebody_else_signs_in(client, admin, name):
    """They would be found first, and whoever tries to sign in would be taken for them."""
    UserFactory(group="Managers", username="anna", email="anna@example.org")
    new = {"username": name, "email": "new@example.org", "first_name": "N", "last_name": "N"}
    assert "Somebody else signs in by this" in client.post(reverse(ADD), new).content.decode()
    client.post(reverse(EDIT, args=[admin.pk]), fields(admin, username=name))
    admin.refresh_from_db()
    assert admin.username == "root"
    assert not User.objects.filter(email="new@example.org").exists()


def test_nobody_gets_an_account_for_a_mailbox_that_has_one(client, admin):
    UserFactory(email="anna@example.org")
    new = {"username": "new", "email": "Anna@example.org", "first_name": "N", "last_name": "N"}
    assert "Somebody else signs in by this" in client.post(reverse(ADD), new).content.decode()
    assert not User.objects.filter(username="new").exists()


def manages_users(client):
    """Somebody who is no site administrator, and may change users all the same."""
    group = Group.objects.create(name="Office")
    wanted = Permission.objects.filter(
        codename__in=["access_admin", "add_user", "change_user", "delete_user"]
    )
    group.permissions.set(wanted)
    user = UserFactory()
    user.groups.add(group)
    sign_in(client, user)
    return user


def test_whoever_only_manages_users_leaves_site_administrators_as_they_are(client):
    manages_users(client)
    boss, other = UserFactory(superuser=True, username="boss"), UserFactory(username="other")
    for user in (boss, other):
        sent = fields(user, username=f"not-{user.username}", is_superuser="on")
        del sent["is_active"]
        client.post(reverse(EDIT, args=[user.pk]), sent)
        user.refresh_from_db()
    assert (boss.username, boss.is_active, boss.is_superuser) == ("boss", True, True)
    several = reverse("wagtail_bulk_action", args=["auth", "user", "set_active_state"])
    client.post(f"{several}?id={boss.pk}", {"mark_as_active": False})
    assert User.objects.get(pk=boss.pk).is_active
    assert (other.username, other.is_active, other.is_superuser) == ("not-other", False, False)


def test_an_open_browser_makes_and_changes_no_account(client, admin):
    """Whoever found it is asked first, and what was filled in is offered again after it."""
    sign_in(client, admin, is_fresh=False)
    other = UserFactory(username="other")
    editors = Group.objects.get(name="Editors")
    new = {"username": "new", "email": "new@example.org", "first_name": "N", "last_name": "N"}

    def bulk(action):
        return f"{reverse('wagtail_bulk_action', args=['auth', 'user', action])}?id={other.pk}"

    deeds = [
        (reverse(ADD), {**new, "is_superuser": "on"}),
        (reverse(EDIT, args=[other.pk]), fields(other, is_superuser="on")),
        (reverse("wagtailusers_users:delete", args=[other.pk]), {"next": ""}),
        (bulk("delete"), {"next": "/admin/"}),
        (bulk("set_active_state"), {"next": "/admin/"}),
        (bulk("assign_role"), {"next": "/admin/"}),
        (reverse("wagtailusers_groups:add"), {"name": "Anybody"}),
        (reverse("wagtailusers_groups:edit", args=[editors.pk]), {"name": "Anybody"}),
        (reverse("wagtailusers_groups:delete", args=[editors.pk]), {"next": ""}),
    ]
    for address, sent in deeds:
        answer = client.post(address, sent)
        assert answer.status_code == 403
        assert "Nothing was saved yet" in answer.content.decode()
    other.refresh_from_db()
    assert not other.is_superuser
    assert not User.objects.filter(username="new").exists()
    assert Group.objects.filter(name="Editors").exists()
    assert not Group.objects.filter(name="Anybody").exists()


def test_a_group_that_is_made_or_deleted_is_noted(client, admin):
    sign_in(client, admin)
    forms = ("page_permissions", "image_permissions", "document_permissions", "collection_permissions")
    none = {f"{form}-{count}": "0" for form in forms for count in ("TOTAL_FORMS", "INITIAL_FORMS")}
    client.post(reverse("wagtailusers_groups:add"), {"name": "Helpers", **none})
    made = Group.objects.filter(name="Helpers").first()
    assert made is not None
    client.post(reverse("wagtailusers_groups:delete", args=[made.pk]), {"next": ""})
    assert not Group.objects.filter(name="Helpers").exists()
    details = set(AuditEvent.objects.filter(action="grant").values_list("detail", flat=True))
    assert {"the group Helpers was made", "the group Helpers was deleted"} <= details
