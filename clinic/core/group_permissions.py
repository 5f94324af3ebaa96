"""Granting permissions in data migrations, where Django has not made their rows yet."""


def grant(apps, roles):
    """Give groups their rights: ``{group: {"app.model": "verb verb"}}``, such as an app's part of ``ROLES``.

    Makes whatever rows are missing under the very names that Django would give them. What the models of
    ``apps`` don't know yet is left to the migration that brings it.
    """
    for name, rights in roles.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        for model, verbs in rights.items():
            group.permissions.add(*_permissions(apps, model, verbs.split()))


def _of_drafts(meta):
    """Return the right that Wagtail makes itself for whatever has drafts."""
    has_drafts = any(field.name == "live_revision" for field in meta.get_fields())
    return {f"publish_{meta.model_name}": f"Can publish {meta.verbose_name}"} if has_drafts else {}


def _permissions(apps, model, verbs):
    try:
        meta = apps.get_model(model)._meta
    except LookupError:
        return
    by_default = {f"{v}_{meta.model_name}": f"Can {v} {meta.verbose_name}" for v in meta.default_permissions}
    names = {**by_default, **dict(meta.permissions), **_of_drafts(meta)}
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=meta.app_label, model=meta.model_name
    )
    for codename in (f"{verb}_{meta.model_name}" for verb in verbs):
        if codename in names:
            permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
                content_type=content_type, codename=codename, defaults={"name": names[codename]}
            )
            yield permission
