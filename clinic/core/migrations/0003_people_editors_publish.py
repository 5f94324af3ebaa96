"""Editors do what their page of help says, publishing included; *Moderators* is no more.

Its members become editors. Where a clinic had given *Moderators* rights that editors don't get, these stay, under
the name *Former moderators*, with the members who had them.
"""

from django.db import migrations

from clinic.core.group_permissions import grant
from clinic.roles import ROLES

FORMER = "Former moderators"
PUBLISHING = ["publish_page", "lock_page", "unlock_page"]
# Made by Wagtail itself; the other editors look at what somebody submits to them.
APPROVAL, NOW_CALLED = "Moderators approval", "Editors approval"


def editors_publish(apps, schema_editor):
    """Give editors their rights, and turn moderators into editors."""
    grant(apps, ROLES["core"])
    groups = apps.get_model("auth", "Group").objects
    editors = groups.get(name="Editors")
    _let_publish(apps, editors)
    moderators = groups.filter(name="Moderators").first()
    if moderators is None:
        return
    for user in moderators.user_set.all():
        user.groups.add(editors)
    _hand_over(apps, moderators, editors)
    if _take_what_editors_have(apps, moderators, editors):
        groups.filter(pk=moderators.pk).update(name=FORMER)
    else:
        moderators.delete()


def _let_publish(apps, editors):
    """Let editors publish wherever they may change pages."""
    rights = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="wagtailcore", codename__in=PUBLISHING
    )
    of_pages = apps.get_model("wagtailcore", "GroupPagePermission").objects
    changed = of_pages.filter(group=editors, permission__codename="change_page")
    for page in list(changed.values_list("page", flat=True)):
        for right in rights:
            of_pages.get_or_create(group=editors, page_id=page, permission=right)


def _hand_over(apps, moderators, editors):
    """Put editors where moderators stood: what only they may see, and who approves."""
    for model in ("PageViewRestriction", "CollectionViewRestriction", "GroupApprovalTask"):
        for row in apps.get_model("wagtailcore", model).objects.filter(groups=moderators):
            row.groups.add(editors)
            row.groups.remove(moderators)
    for model in ("Task", "Workflow"):
        apps.get_model("wagtailcore", model).objects.filter(name=APPROVAL).update(name=NOW_CALLED)


def _take_what_editors_have(apps, moderators, editors):
    """Take from moderators what editors have as well; return whether anything is left but the way in."""
    moderators.permissions.remove(*editors.permissions.all())
    is_left = moderators.permissions.exists()
    for model, place in (("GroupPagePermission", "page_id"), ("GroupCollectionPermission", "collection_id")):
        rows = apps.get_model("wagtailcore", model).objects
        known = set(rows.filter(group=editors).values_list(place, "permission_id"))
        for row in rows.filter(group=moderators):
            if (getattr(row, place), row.permission_id) in known:
                row.delete()
            else:
                is_left = True
    return is_left


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_roles"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("auth", "0012_alter_user_first_name_max_length"),
        # Where Wagtail has given both groups their rights.
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtailadmin", "0002_admin"),
        ("wagtailimages", "0023_add_choose_permissions"),
        ("wagtaildocs", "0011_add_choose_permissions"),
    ]

    operations = [migrations.RunPython(editors_publish, migrations.RunPython.noop)]
