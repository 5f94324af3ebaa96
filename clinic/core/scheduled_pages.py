"""Publishing pages whose time has come, and taking down those whose time is over, each for itself."""

import logging

import django.db
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision

from .live_rules import MayNotGoLive

logger = logging.getLogger(__name__)


class NotEverything(Exception):
    """Some pages could not be published or taken down; the log names them."""


def publish_on_time() -> None:
    """Do what is due. Raises NotEverything after having tried all.

    Wagtail's own command ends at the first page that can't be published, such as one whose new address
    another page took meanwhile, and no page after it would ever appear or go.
    """
    now = timezone.now()
    due = Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at")
    expired = Page.objects.filter(live=True, expire_at__lt=now).order_by("expire_at")
    down = [_works(page.pk, lambda page=page: _take_down(page)) for page in list(expired)]
    up = [_works(new.object_id, lambda new=new: _publish(new)) for new in list(due)]
    if not all(down + up):
        raise NotEverything


def _take_down(page):
    page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _publish(revision):
    revision.publish(log_action="wagtail.publish.scheduled")


def _works(key, change):
    """Try one change as a whole, and return whether it worked."""
    try:
        with transaction.atomic():
            change()
    except MayNotGoLive:
        # It waits for people, and the worker has done what it can.
        logger.warning("page %s stays as it is: its time has come, but it may not go live yet", key)
        return True
    except django.db.OperationalError:
        # No fault of the page's.
        raise
    except Exception as error:
        # Whatever it is that this page doesn't stand, the others can.
        logger.error("page %s can't be published or taken down on time: %s", key, type(error).__name__)
        return False
    return True
