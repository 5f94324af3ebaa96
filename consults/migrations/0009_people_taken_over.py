"""Whoever was at the desk by a group stands in the table of the desk from now on: never with more than they had.

The groups stay as they are, for the release before, which asks them. A group of the clinic's own is taken for
the roles whose rights it holds in full; where it holds none of them in full, its members get no role, and the
managers give them one. Accounts that are switched off get none either.
"""

from django.db import migrations

from clinic.core.group_permissions import grant
from clinic.roles import ROLES

# As they were when this was written. Whoever is a manager needs no role of the front desk beside it.
NAMES = {"manager": "Managers", "front_desk": "Front desk", "auditor": "Auditors"}
CONTAINS = {"manager": {"front_desk"}}
# Rights that this release brings: nobody's own group can hold them yet.
NEW = {"add_guardedfacts"}


def take_over(apps, schema_editor):
    """Give everybody the roles whose rights they hold by their groups."""
    grant(apps, {"Clinician": ROLES["consults"]["Clinician"]})
    needed = {role: _codenames(apps, {"group__name": name}) - NEW for role, name in NAMES.items()}
    grants = apps.get_model("consults", "DeskGrant").objects
    for user in apps.get_model("auth", "User").objects.filter(is_active=True):
        held = _codenames(apps, {"group__user": user})
        roles = [role for role, rights in needed.items() if rights and rights <= held]
        spare = {contained for role in roles for contained in CONTAINS.get(role, ())}
        grants.bulk_create(grants.model(user=user, role=role) for role in roles if role not in spare)


def _codenames(apps, by_group):
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="consults", **by_group
    )
    return set(permissions.values_list("codename", flat=True))


class Migration(migrations.Migration):
    dependencies = [
        ("consults", "0008_people"),
        ("core", "0002_roles"),
        ("wagtailadmin", "0002_admin"),
    ]

    operations = [migrations.RunPython(take_over, migrations.RunPython.noop)]
