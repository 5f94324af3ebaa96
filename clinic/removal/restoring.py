"""Bringing a removed page back to where it stood, as it was."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Page, Revision
from wagtail.permissions import page_permission_policy
from wagtail.signals import page_published

from clinic.core.removed_pages import is_removed, without_removed

from .models import Removal
from .removing import move_as


class CannotRestore(Exception):
    """The page can't come back now; the message says why and what to do."""


@dataclass
class Restored:
    """What happened: the page, its new slug if the old one was taken, and what stayed a draft, and why."""

    page: Page
    new_slug: str = ""
    drafts: list[str] = field(default_factory=list)


def may_decide(user, removal) -> bool:
    """Whether somebody may restore this page or remove it for good: who may publish where it stood."""
    place = removal.parent or Page.get_first_root_node()
    return page_permission_policy.user_has_permission_for_instance(user, "publish", place)


@transaction.atomic
def restore(removal, user=None) -> Restored:
    """Put a page back, publish again what readers could see. Raises CannotRestore."""
    removal = Removal.objects.select_for_update().select_related("page").filter(pk=removal.pk).first()
    if removal is None:
        raise CannotRestore("Somebody else restored this page just now, or removed it for good.")
    parent = _place_for(removal)
    slug = _free_slug(removal.slug, parent)
    move_as(removal.page, slug, parent, user)
    if slug != removal.slug:
        _rename_draft(removal.page_id, slug)
    was_live = removal.was_live
    removal.delete()
    drafts = [said for key, version in was_live if (said := _publish_again(key, version, user))]
    page = Page.objects.get(pk=removal.page_id)
    return Restored(page, slug if slug != removal.slug else "", drafts)


def _place_for(removal):
    """Return the page to restore below: the old one, or the only one of a kind that can hold it."""
    if removal.parent and not is_removed(removal.parent):
        return removal.parent
    if removal.parent:
        raise CannotRestore(
            f"“{removal.title}” stood below “{removal.parent.title}”, which was removed as well. "
            "Restore that page first."
        )
    kinds = removal.page.specific_class.allowed_parent_page_models()
    places = list(without_removed(Page.objects.exact_type(*kinds))[:2])
    if len(places) != 1:
        raise CannotRestore(
            f"The page above “{removal.title}” is gone for good, and no single page can take its place. "
            "Make one there first, or ask a site administrator."
        )
    return places[0]


def _free_slug(slug, parent):
    """Return the slug, or the first one with a number behind it that no page there has."""
    taken = set(parent.get_children().values_list("slug", flat=True))
    number, free = 1, slug
    while free in taken:
        number += 1
        free = f"{slug[:240]}-{number}"
    return free


def _rename_draft(key, slug):
    """Give the draft the same slug, so that the next edit doesn't bring back the one that is taken."""
    draft = Revision.objects.filter(pk=Page.objects.values_list("latest_revision").get(pk=key)[0]).first()
    if draft:
        Revision.objects.filter(pk=draft.pk).update(content={**draft.content, "slug": slug})


def _publish_again(key, version, user):
    """Publish the very text that readers saw; return a sentence where that is refused."""
    page = Page.objects.filter(pk=key).first()
    if page is None:
        return ""
    page = page.specific
    revision = Revision.objects.filter(pk=version).first() if version else None
    page.live, page.live_revision = True, revision
    page.has_unpublished_changes = page.latest_revision_id != version
    try:
        with transaction.atomic():
            page.save()
    except ValidationError as refused:
        return f"“{page.title}”: {' '.join(refused.messages)}"
    log(instance=page, action="wagtail.publish", user=user, revision=revision)
    page_published.send(sender=type(page), instance=page, revision=revision)
    return ""
