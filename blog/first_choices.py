"""What stands in a new post before anybody chose: what its writer is likely to choose, and can change."""

from django.apps import apps

from clinic.core.models import RegulatoryStatement


def first_choices(user) -> dict:
    """Return the author and the statement of this account's last post; of statements only one that holds."""
    if user is None:
        return {}
    last = _last_post(user)
    chosen = {"author": last and last.author_id, "statement": _statement(last)}
    return {name: key for name, key in chosen.items() if key}


def _last_post(user):
    posts = apps.get_model("blog", "BlogPage").objects.filter(owner=user).exclude(author=None)
    return posts.only("author", "statement").order_by("-pk").first()


def _statement(last):
    """Return that of the last post, or the only one there is."""
    holding = [one.pk for one in RegulatoryStatement.objects.filter(live=True) if not one.is_expired]
    if last and last.statement_id in holding:
        return last.statement_id
    return holding[0] if len(holding) == 1 else None
