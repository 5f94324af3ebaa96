"""What each role may: on its page, in the papers, and in the groups that editors belong to."""

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Page, Site, Workflow

from clinic.core.models import ClinicSettings, Faq
from clinic.roles import ADMINISTRATOR, AT_THE_DESK, IN_WORDS, ROLES
from consults.enums import DeskRole
from tests.factories.users import UserFactory, put_at_the_desk

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PAGE = "/admin/roles/"


def test_the_table_in_words_names_every_role_there_is():
    groups = {name for roles in ROLES.values() for name in roles}
    assert {role.name for role in IN_WORDS} == {*groups, ADMINISTRATOR}
    assert list(AT_THE_DESK) == DeskRole.labels
    assert set(Group.objects.values_list("name", flat=True)) == groups


def test_the_table_for_owners_is_this_one():
    text = (settings.BASE_DIR / "docs" / "owners.md").read_text(encoding="utf-8")
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    begin = rows.index(["Role", "May", "May not", "Given by"])
    assert [tuple(row) for row in rows[begin + 1 : begin + 1 + len(IN_WORDS)]] == [tuple(r) for r in IN_WORDS]


@pytest.mark.parametrize("role", [role.name for role in IN_WORDS])
def test_everybody_who_comes_in_learns_what_they_may(client, role):
    user = UserFactory(superuser=True) if role == ADMINISTRATOR else UserFactory(group=role)
    client.force_login(user)
    page = client.get(PAGE).content.decode()
    assert page.count("(yours)") == 1
    # The reader's own come first.
    assert f"{role} <strong>(yours)" in page.partition('aria-label="Roles"')[2].partition("<td>")[0]
    assert f'"{PAGE}"' in client.get("/admin/").content.decode()
    for each in IN_WORDS:
        assert each.may.split("’")[0] in page


def test_a_group_alone_is_no_role_at_the_desk(client):
    user = UserFactory(group="Editors")
    user.groups.add(Group.objects.get(name="Managers"))
    client.force_login(user)
    assert client.get(PAGE).context["own"] == {"Editors"}
    put_at_the_desk(user, "Auditors")
    assert client.get(PAGE).context["own"] == {"Editors", "Auditors"}


def test_who_is_not_signed_in_is_asked_to(client):
    assert client.get(PAGE).status_code == 302


def test_the_page_costs_the_same_for_many(client, count_queries):
    client.force_login(UserFactory(group="Managers"))
    few = count_queries(lambda: client.get(PAGE))
    for _ in range(5):
        UserFactory(group="Front desk")
    assert count_queries(lambda: client.get(PAGE)) == few


# --- editors do what their page of help says ----------------------------------------------------------------


def test_editors_publish_and_nobody_moderates():
    editor, page = UserFactory(group="Editors"), Page.objects.get(depth=1)
    may = page.permissions_for_user(editor)
    assert may.can_add_subpage() and may.can_publish_subpage()
    home = Site.objects.get().root_page.permissions_for_user(editor)
    assert home.can_edit() and home.can_publish() and home.can_lock() and home.can_unlock()
    assert not Group.objects.filter(name="Moderators").exists()
    [task] = GroupApprovalTask.objects.all()
    assert [group.name for group in task.groups.all()] == ["Editors"]
    assert {task.name, *Workflow.objects.values_list("name", flat=True)} == {
        "Editors approval",
        "Medical review",
    }


def test_editors_publish_a_page_and_change_what_is_shared_and_the_settings(client):
    editor = UserFactory(group="Editors")
    client.force_login(editor)
    for model, actions in ((Faq, ("add", "change", "delete")), (ClinicSettings, ("change",))):
        for action in actions:
            assert editor.has_perm(f"core.{action}_{model._meta.model_name}")
    page = client.get(
        reverse("wagtailadmin_pages:edit", args=[Site.objects.get().root_page_id])
    ).content.decode()
    assert "action-publish" in page
