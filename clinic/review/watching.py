"""Looking whether live clinical pages still hold: a statement ends, a day passes, a program writes past us.

Nothing is taken down: people decide that. What was found stands on the start page, on a page of its own and
in the log. Each page is looked at once a day, those that don't hold again and again until they do.
"""

import logging
from datetime import timedelta

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone
from wagtail.models import Page

from clinic.core.live_rules import reasons_against
from clinic.core.models import ClinicalFields

from .models import WatchedPage

logger = logging.getLogger(__name__)

ABOUT_A_DAY = timedelta(hours=20)
SOON = timedelta(minutes=5)
# The worker has other duties that can't wait.
MOST_AT_ONCE = 100


def look_at_live_pages() -> int:
    """Look at the live pages whose turn it is, some at a time; return how many of these don't hold."""
    now = timezone.now()
    WatchedPage.objects.filter(page__live=False).delete()
    return sum(_look_at(page.specific, now) for page in _due(now))


def not_holding():
    """Return what is known of the live pages that don't hold."""
    return WatchedPage.objects.filter(page__live=True).exclude(reasons="").order_by("page__title", "pk")


def _due(now):
    """Return pages nobody looked at yet, then those looked at longest ago."""
    kinds = [kind for kind in apps.get_models() if issubclass(kind, ClinicalFields)]
    types = ContentType.objects.get_for_models(*kinds).values()
    looked = WatchedPage.objects.filter(page=OuterRef("pk"))
    lately = looked.filter(Q(looked_at__gt=now - SOON) | Q(looked_at__gt=now - ABOUT_A_DAY, reasons=""))
    pages = Page.objects.live().filter(~Exists(lately), content_type__in=types)
    return pages.annotate(looked_at=Subquery(looked.values("looked_at"))).order_by(
        F("looked_at").asc(nulls_first=True), "pk"
    )[:MOST_AT_ONCE]


def _look_at(page, now):
    reasons = "\n".join(reason.sentence for reason in reasons_against(page))
    known = WatchedPage.objects.filter(page=page.pk).first()
    if reasons and (known is None or known.reasons != reasons):
        logger.error("page %s is live and doesn't hold; the start page of editors says why", page.pk)
    WatchedPage.objects.update_or_create(page_id=page.pk, defaults={"looked_at": now, "reasons": reasons})
    return bool(reasons)
