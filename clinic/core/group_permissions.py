"""Granting permissions in data migrations, where Django has not made their rows yet."""


def grant(apps, group_name, permissions):
    """Give a group permissions, each written as ``app_label.codename_model``.

    Makes whatever rows are missing under the very names that Django would give them.
    """
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=group_name)
    for permission in permissions:
        group.permissions.add(_permission(apps, permission))


def _permission(apps, name):
    app_label, _, codename = name.partition(".")
    verb, _, model = codename.rpartition("_")
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app_label, model=model
    )
    meta = apps.get_model(app_label, model)._meta
    name = dict(meta.permissions).get(codename, f"Can {verb} {meta.verbose_name}")
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": name}
    )
    return permission
