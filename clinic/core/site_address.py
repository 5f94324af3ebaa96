"""The site's address in Wagtail's own table, which its sitemap and its links to other sites are made of."""

import logging
from urllib.parse import urlsplit

import django.db
from django.conf import settings
from wagtail.models import Site

logger = logging.getLogger(__name__)

USUAL_PORTS = {"http": 80, "https": 443}


def follow_site_url() -> bool:
    """Let Wagtail's default site stand at SITE_URL; return whether it had to move. Raises django.db.Error."""
    address = urlsplit(settings.SITE_URL)
    here = {
        # With the brackets of an IPv6 address, as addresses are written.
        "hostname": f"[{address.hostname}]" if ":" in address.hostname else address.hostname,
        "port": address.port or USUAL_PORTS[address.scheme],
    }
    site = Site.objects.filter(is_default_site=True).first()
    if site is None or here == {"hostname": site.hostname, "port": site.port}:
        return False
    site.hostname, site.port = here["hostname"], here["port"]
    # Its signals make this process forget the old address.
    site.save()
    return True


def try_to_follow_site_url(**kwargs) -> None:
    """Do the same after a migration and at a start. Neither may depend on it: the worker tries again."""
    try:
        follow_site_url()
    except django.db.Error as error:
        logger.warning("site: its address was not looked at: %s", type(error).__name__)
