"""The button that publishes says so where something is missing."""

from django.utils.functional import cached_property
from wagtail.admin.action_menu import PublishMenuItem

from .live_rules import reasons_against
from .models import BasePage


class HonestPublishItem(PublishMenuItem):
    """Wagtail's own, with the number of things that are missing in its label."""

    def __init__(self, page, order):
        super().__init__(order=order)
        self._page = page

    @cached_property
    def label(self):
        """What stands on the button."""
        missing = len(reasons_against(self._page))
        return f"Publish ({missing} missing)" if missing else PublishMenuItem.label


def say_what_is_missing(items, page) -> None:
    """Put ours in the place of Wagtail's, for a page that exists."""
    if isinstance(page, BasePage) and page.pk:
        items[:] = [
            HonestPublishItem(page, item.order) if type(item) is PublishMenuItem else item for item in items
        ]
