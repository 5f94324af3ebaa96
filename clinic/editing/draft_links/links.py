"""Making, opening and taking back a link to a draft. Neither table nor key alone makes an address."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log

from clinic.editing.models import DraftLink

# Open ones of a page at a time: more would be a list that nobody looks through.
MOST_OPEN = 10
LONGEST_TOKEN = 200
SHARE, TAKE_BACK = "clinic.share_draft", "clinic.take_back_draft"
_signer = Signer(salt="clinic.editing.draft_links")


class TooMany(Exception):
    """A page has as many open links as it may have."""


def open_links(page):
    """Return the links of a page that still open it, with who made them."""
    return DraftLink.objects.filter(page=page, expires_at__gt=timezone.now()).select_related("made_by")


def make_link(page, *, user, days):
    """Make a link to the draft of a page, and forget what is over. Raises TooMany."""
    DraftLink.objects.filter(expires_at__lte=timezone.now()).delete()
    if open_links(page).count() >= MOST_OPEN:
        raise TooMany
    link = DraftLink.objects.create(page=page, made_by=user, expires_at=timezone.now() + timedelta(days=days))
    log(instance=page, action=SHARE, user=user, data={"days": days})
    return link


def take_back(link, *, user):
    """Let a link open nothing from now on."""
    log(instance=link.page, action=TAKE_BACK, user=user)
    link.delete()


def address_of(link):
    """Return the whole address of a link, where staff reach the site."""
    return settings.WAGTAILADMIN_BASE_URL + reverse("shared_draft", args=[_signer.sign(link.pk.hex)])


def link_of(token):
    """Return the link that a part of an address stands for; None where it opens nothing (any more)."""
    try:
        key = uuid.UUID(_signer.unsign(token[:LONGEST_TOKEN]))
    except (BadSignature, ValueError):
        return None
    links = DraftLink.objects.filter(pk=key, expires_at__gt=timezone.now())
    # Without constraints a page may be gone.
    return links.filter(page__isnull=False).select_related("page").first()
