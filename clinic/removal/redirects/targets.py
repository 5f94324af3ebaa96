"""Where a redirect begins and where it may lead."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.urls import Resolver404, resolve
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

UNFIT = re.compile(r"[\s\\\x00-\x1f\x7f]")
HOW = "Begin with / for an address of this site, such as /fees/, or with https:// for another one."
is_whole_address = URLValidator(schemes=["http", "https"])


def begins_at(typed: str) -> str:
    """Return the address that visitors come by, as it is stored. Raises ValidationError."""
    typed = _own_path(typed.strip())
    if UNFIT.search(typed) or urlsplit(typed).netloc or urlsplit(typed).scheme:
        raise ValidationError("Write the old address as visitors type it, such as /old-page/ or /?p=123.")
    address = Redirect.normalise_path(typed)
    path = urlsplit(address).path
    try:
        is_ours = resolve(f"{path.rstrip('/')}/").url_name != "wagtail_serve"
    except Resolver404:
        is_ours = False
    if is_ours or path.startswith(("/admin", settings.STATIC_URL, settings.MEDIA_URL)):
        raise ValidationError("This address belongs to the site itself, so nobody would be led on from it.")
    if "?" not in address and (page := page_at(path)):
        raise ValidationError(f"A page stands there: “{page.title}”. Nobody would be led on from it.")
    return address


def leads_to(typed: str) -> str:
    """Return an address to lead to, an own one without its host. Raises ValidationError."""
    typed = _own_path(typed.strip())
    if UNFIT.search(typed) or typed.startswith("//"):
        raise ValidationError(HOW)
    if not typed.startswith("/"):
        try:
            is_whole_address(typed)
        except ValidationError:
            raise ValidationError(HOW) from None
    return typed


def page_at(path: str):
    """Return the published page of the default site at a path, or None."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return None
    whole = f"{site.root_page.url_path}{path.strip('/')}/".replace("//", "/")
    return Page.objects.live().filter(url_path=whole).first()


def refuse_ways_round(old: str, link: str, own_key=None) -> None:
    """Raise ValidationError where a redirect leads to itself or on to another one, or others lead to it."""
    others = Redirect.objects.exclude(pk=own_key)
    if link.startswith("/"):
        there = Redirect.normalise_path(link.partition("#")[0])
        if there == old or (urlsplit(there).path == old and not page_at(old)):
            raise ValidationError("This would lead to itself. Choose another target.")
        onward = others.filter(old_path__in={there, urlsplit(there).path}).first()
        if onward and not page_at(urlsplit(there).path):
            raise ValidationError(f"“{there}” leads on to “{onward.link}” itself. Choose that as the target.")
    before = others.filter(redirect_link__in={old, f"{old}/"}).values_list("old_path", flat=True)
    if before:
        raise ValidationError(f"Others lead to “{old}” already: {', '.join(before[:5])}. Change these first.")


def _own_path(address):
    """Return an address of this site without its host. Raises ValidationError for what is no address."""
    try:
        parts, own = urlsplit(address), urlsplit(settings.SITE_URL)
    except ValueError:
        # A bracket where a host would be.
        raise ValidationError(HOW) from None
    if parts.scheme in ("http", "https") and parts.netloc == own.netloc:
        return parts._replace(scheme="", netloc="").geturl() or "/"
    return address
