"""The main menu, where a clinic wants another one than the pages below its home page."""

from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable

# More don't fit beside each other, and nobody reads them.
MOST_ENTRIES = 10


@register_setting(icon="list-ul", order=20)
class MainMenu(ClusterableModel, BaseSiteSetting):
    """The entries of the menu, in order. Without any, the menu shows what it would show by itself."""

    panels = [
        HelpPanel(
            "<p>The pages of the menu at the top and at the foot of each page, in this order. A page that is "
            "unpublished leaves the menu by itself and comes back with it. Without any entry the menu shows "
            "the pages below the home page that have “Show in menus” ticked.</p>"
        ),
        InlinePanel(
            "entries",
            heading="Entries",
            label="Entry",
            max_num=MOST_ENTRIES,
            help_text=f"At most {MOST_ENTRIES}. Drag them into their order.",
        ),
    ]

    class Meta:
        verbose_name = "main menu"


class MenuEntry(Orderable):
    """A page in the menu, and what it is called there."""

    menu = ParentalKey(MainMenu, on_delete=models.CASCADE, related_name="entries")
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    label = models.CharField(
        max_length=30, blank=True, help_text="A short name for the menu. Empty: the title of the page."
    )

    panels = [FieldPanel("page"), FieldPanel("label")]

    class Meta(Orderable.Meta):
        unique_together = [("menu", "page")]
        verbose_name = "menu entry"
        verbose_name_plural = "menu entries"

    def __str__(self):
        return self.label or self.page.title
