"""The pages that belong to no feature of their own."""

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from clinic.core.blocks import StoryBlock
from clinic.core.fields import StreamField

from .base import BasePage


class StoryPage(BasePage):
    """A page told with blocks."""

    body = StreamField(StoryBlock(), blank=True)

    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    content_panels = [*BasePage.content_panels, FieldPanel("body")]

    class Meta:
        abstract = True


class HomePage(StoryPage):
    """The front door: what the clinic does and where to go from here."""

    section = "home"
    # No subpage_types: every type that names this page as its parent may stand here, and the
    # shared part of the site names none of them.
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1

    hero_heading = models.CharField("headline", max_length=70, help_text="At most nine words.")
    hero_text = models.TextField("opening text", max_length=300)
    hero_note = models.CharField(
        "line of trust", max_length=140, blank=True, help_text="One fact below the buttons, without praise."
    )

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("hero_heading"), FieldPanel("hero_text"), FieldPanel("hero_note")], heading="Opening"
        ),
        FieldPanel("body"),
    ]

    def clean(self):
        """Refuse an end: every address of the site begins here."""
        super().clean()
        if self.expire_at:
            raise ValidationError({"expire_at": "The home page has no end. Clear “Expiry date/time”."})


class StandardPage(StoryPage):
    """A plain page for whatever has no type of its own."""

    parent_page_types = ["core.HomePage", "core.StandardPage"]
    subpage_types = ["core.StandardPage"]

    class Meta:
        verbose_name = "page"


class FaqPage(StoryPage):
    """Questions and answers; each is a snippet that other pages can show as well."""

    section = "questions"
    parent_page_types = ["core.HomePage"]
    subpage_types = []
    max_count = 1

    class Meta:
        verbose_name = "questions page"
