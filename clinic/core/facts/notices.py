"""Notices above every page: those to come as well, so that each shows at its minute without a database."""

import hashlib

from django.utils import timezone

from clinic.core.models import SiteNotice
from clinic.core.public_pages import public_address

from .snapshot import Notice

# What is over is no part of it, and nobody plans more.
MOST = 50


def notices_for_facts():
    """Return what shows now or later, the next first."""
    rows = SiteNotice.objects.filter(shows_until__gt=timezone.now()).select_related("page")
    return [_notice(row) for row in rows.order_by("shows_from", "pk")[:MOST]]


def _notice(row):
    link = public_address(row.page)
    told = "|".join([str(row.pk), row.level, row.text, row.text_es, link])
    return Notice(
        # Another one as soon as it says something else: whoever closed it sees it again.
        key=hashlib.sha256(told.encode()).hexdigest()[:12],
        text=row.text,
        text_es=row.text_es,
        level=row.level,
        link=link,
        link_title=row.page.title if link else "",
        shows_from=row.shows_from,
        shows_until=row.shows_until,
    )
