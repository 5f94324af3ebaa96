"""What the migrations make of the groups of the release before: nobody gets more than they had."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    PageViewRestriction,
)

from consults import permissions
from consults.models import DeskGrant
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
TAKE_OVER = import_module("consults.migrations.0009_people_taken_over").take_over
PUBLISH = import_module("clinic.core.migrations.0003_people_editors_publish").editors_publish


def member(*names, **values):
    user = UserFactory(**values)
    user.groups.set(Group.objects.filter(name__in=names))
    return user


def custom(*codenames):
    group = Group.objects.create(name=f"Custom {Group.objects.count()}")
    group.permissions.set(Permission.objects.filter(codename__in=codenames))
    user = UserFactory()
    user.groups.set([group])
    return user


def roles(user):
    return sorted(DeskGrant.objects.filter(user=user, until=None).values_list("role", flat=True))


ALL = ["view", "change", "export", "export_opened", "erase", "report"]
OF_REQUESTS = [f"{verb}_consultrequest" for verb in ALL]
OF_WORDS = [
    *(f"{verb}_consentwording" for verb in ("view", "add")),
    *(f"{verb}_replytemplate" for verb in ("view", "add", "change", "delete")),
]


def test_everybody_gets_the_roles_whose_rights_they_hold_in_full():
    expected = {
        member("Front desk"): ["front_desk"],
        member("Managers"): ["manager"],
        member("Front desk", "Managers"): ["manager"],
        member("Auditors"): ["auditor"],
        member("Managers", "Auditors"): ["auditor", "manager"],
        member("Editors"): [],
        member("Medical reviewers"): [],
        member(superuser=True): [],
        member("Front desk", is_active=False): [],
        custom(*OF_REQUESTS, *OF_WORDS): ["manager"],
        custom(*OF_REQUESTS): ["front_desk"],
        custom("view_consultrequest", "change_consultrequest"): ["front_desk"],
        custom("view_consultrequest"): [],
        custom("report_consultrequest"): [],
        custom("view_auditevent"): ["auditor"],
    }
    TAKE_OVER(apps, None)
    assert {user: roles(user) for user in expected} == expected


def test_nobody_has_more_afterwards():
    users = [member("Managers"), member("Front desk"), custom("view_consultrequest"), custom(*OF_REQUESTS)]
    managers = Group.objects.get(name="Managers")
    managers.permissions.remove(Permission.objects.get(codename="export_opened_consultrequest"))
    had = {
        user: set(Permission.objects.filter(group__user=user).values_list("codename", flat=True))
        for user in users
    }
    TAKE_OVER(apps, None)
    for user in users:
        assert permissions.rights_of(user) <= had[user]
    assert permissions.can_export_requests(users[0])
    assert not permissions.can_export_opened_requests(users[0])


# --- moderators ---------------------------------------------------------------------------------------------


@pytest.fixture
def before():
    """The groups as the release before had them."""
    editors, root = Group.objects.get(name="Editors"), Page.objects.get(depth=1)
    moderators = Group.objects.create(name="Moderators")
    moderators.permissions.set(editors.permissions.all())
    editors.permissions.remove(
        *Permission.objects.filter(codename__in=["delete_faq", "change_clinicsettings"])
    )
    for right in ("add_page", "change_page", "publish_page", "lock_page"):
        page_right(moderators, root, right)
    GroupPagePermission.objects.filter(group=editors).exclude(
        permission__codename__in=["add_page", "change_page"]
    ).delete()
    for row in GroupCollectionPermission.objects.filter(group=editors):
        GroupCollectionPermission.objects.create(
            group=moderators, collection=row.collection, permission=row.permission
        )
    GroupApprovalTask.objects.get().groups.set([moderators])
    return moderators


def page_right(group, page, codename):
    right = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
    return GroupPagePermission.objects.create(group=group, page=page, permission=right)


def test_moderators_become_editors_with_what_they_had(before):
    user, root = member("Moderators"), Page.objects.get(depth=1)
    private = PageViewRestriction.objects.create(page=root, restriction_type="groups")
    private.groups.add(before)
    PUBLISH(apps, None)
    assert [group.name for group in user.groups.all()] == ["Editors"]
    assert not Group.objects.filter(name="Moderators").exists()
    assert root.permissions_for_user(user).can_publish_subpage()
    assert user.has_perm("core.delete_faq") and user.has_perm("core.change_clinicsettings")
    assert [group.name for group in private.groups.all()] == ["Editors"]
    assert [group.name for group in GroupApprovalTask.objects.get().groups.all()] == ["Editors"]


def test_what_a_clinic_had_given_moderators_alone_stays_with_them(before):
    user, editor = member("Moderators"), member("Editors")
    before.permissions.add(Permission.objects.get(codename="change_user"))
    GroupCollectionPermission.objects.create(
        group=before,
        collection=Collection.objects.get(depth=1),
        permission=Permission.objects.get(codename="delete_collection"),
    )
    PUBLISH(apps, None)
    assert sorted(group.name for group in user.groups.all()) == ["Editors", "Former moderators"]
    assert user.has_perm("auth.change_user")
    assert not editor.has_perm("auth.change_user")
    assert GroupCollectionPermission.objects.filter(group__name="Former moderators").count() == 1


def test_a_clinic_without_moderators_is_left_alone():
    groups = list(Group.objects.values_list("name", flat=True))
    PUBLISH(apps, None)
    assert list(Group.objects.values_list("name", flat=True)) == groups


def test_where_editors_had_one_section_they_publish_there_alone(before):
    editors, root = Group.objects.get(name="Editors"), Page.objects.get(depth=1)
    GroupPagePermission.objects.filter(group=editors).delete()
    section = root.get_children().first()
    for right in ("add_page", "change_page"):
        page_right(editors, section, right)
    user = member("Moderators")
    PUBLISH(apps, None)
    editor = member("Editors")
    assert section.permissions_for_user(editor).can_publish()
    assert not root.permissions_for_user(editor).can_publish_subpage()
    assert root.permissions_for_user(user).can_publish_subpage()
