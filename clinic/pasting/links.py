"""Where links of a pasted text lead: our own become links to pages, what could do harm goes."""

import re
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from .parts import Table

LONGEST_ADDRESS = 2000
# Each page that is linked is looked up, and so many at most.
MOST_PAGES = 200
SCHEMES = {"http", "https", "mailto", "tel"}
# Docs and mail programs lead over an address of their own, which keeps count of who follows.
DETOURS = {
    "www.google.com": ("/url", ("q", "url")),
    "safelinks.protection.outlook.com": ("/", ("url",)),
}
# These begin like a path and lead to another host.
AWAY = ("//", "/\\")
UNSAFE = re.compile(r"[\x00-\x20\x7f]")


def links_in(parts) -> list[str]:
    """Return the address of each link."""
    found = []
    for part in parts:
        cells = [cell for row in part.rows for cell in row] if isinstance(part, Table) else [part.pieces]
        for pieces in cells:
            found += [piece.marks.href for piece in pieces if piece.marks.href]
    return found


def targets_of(links) -> dict[str, dict[str, str]]:
    """Return for each address the attributes of our link; none for what is no link."""
    straight = {href: without_detour(href) for href in links}
    paths = {href: path for href in straight.values() if (path := own_path(href))}
    pages = _pages_at(set(paths.values()))
    targets = {}
    for href, address in straight.items():
        page = pages.get(paths.get(address))
        if page is not None:
            targets[href] = {"linktype": "page", "id": str(page)}
        elif (
            address.startswith("/") and not address.startswith(AWAY) and is_safe(settings.SITE_URL + address)
        ):
            targets[href] = {"href": settings.SITE_URL + address}
        elif is_safe(address):
            targets[href] = {"href": address}
    return targets


def is_safe(address: str) -> bool:
    """Whether an address leads to a page, a mailbox or a telephone, and is one as a whole."""
    if len(address) > LONGEST_ADDRESS or UNSAFE.search(address):
        return False
    try:
        scheme, host = urlsplit(address)[:2]
    except ValueError:
        return False
    return scheme in SCHEMES and bool(host or scheme in ("mailto", "tel"))


def without_detour(address: str) -> str:
    """Return where an address leads in the end, as far as it says so itself."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    for host, (path, names) in DETOURS.items():
        if parts.path == path and (parts.netloc == host or parts.netloc.endswith(f".{host}")):
            query = parse_qs(parts.query, max_num_fields=50)
            found = next((query[name][0] for name in names if name in query), "")
            return found if is_safe(found) else address
    return address


def own_path(address: str) -> str:
    """Return the path of an address of this site, empty for any other."""
    if len(address) > LONGEST_ADDRESS or address.startswith(AWAY):
        return ""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return ""
    is_own = host in _own_hosts() if parts.scheme in ("http", "https") else not parts.scheme and not host
    return parts.path if is_own and parts.path.startswith("/") and not parts.query else ""


def _own_hosts():
    roots = [root.root_url for root in Site.get_site_root_paths()]
    return {urlsplit(address).hostname for address in (settings.SITE_URL, settings.STAFF_URL, *roots)}


def _pages_at(paths):
    """Return the keys of the pages at these paths, or to which an old address of theirs leads on."""
    roots = Site.get_site_root_paths()
    if not paths or not roots:
        return {}
    root = roots[0].root_path
    urls = {path: root + f"{path.strip('/')}/".lstrip("/") for path in sorted(paths)[:MOST_PAGES]}
    found = dict(Page.objects.filter(url_path__in=urls.values()).values_list("url_path", "pk"))
    pages = {path: found[url] for path, url in urls.items() if url in found}
    old = {path: Redirect.normalise_path(path) for path in urls.keys() - pages.keys()}
    if not old:
        return pages
    moved = Redirect.objects.filter(old_path__in=old.values(), redirect_page__isnull=False)
    leads = dict(moved.values_list("old_path", "redirect_page_id"))
    return pages | {path: leads[address] for path, address in old.items() if address in leads}
