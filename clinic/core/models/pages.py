"""The pages that belong to no feature of their own."""

from django.db import models
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from clinic.core.blocks import TEXT_FEATURES, StoryBlock
from clinic.core.fields import StreamField
from clinic.core.public_pages import open_to_all

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


class PolicyIndexPage(StoryPage):
    """The list of policies."""

    section = "policies"
    parent_page_types = ["core.HomePage"]
    subpage_types = ["core.PolicyPage"]
    max_count = 1

    class Meta:
        verbose_name = "policies page"

    def get_context(self, request, *args, **kwargs):
        """Add ``policies``: the published policies in the editor's order."""
        context = super().get_context(request, *args, **kwargs)
        context["policies"] = (
            open_to_all(PolicyPage.objects.child_of(self)).defer("body", "earlier_versions").order_by("path")
        )
        return context


class EarlierVersionBlock(blocks.StructBlock):
    """A policy as it used to be."""

    effective_date = blocks.DateBlock()
    text = blocks.RichTextBlock(features=TEXT_FEATURES)

    class Meta:
        icon = "history"
        label_format = "{effective_date}"
        description = "What the policy said before, so that readers can compare."
        preview_value = {"effective_date": "2026-01-01", "text": "<p>What we said before.</p>"}


class PolicyPage(StoryPage):
    """A promise or notice with the date since which it holds."""

    section = "policies"
    parent_page_types = ["core.PolicyIndexPage"]
    subpage_types = []

    effective_date = models.DateField()
    earlier_versions = StreamField([("version", EarlierVersionBlock())], blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("effective_date"),
        FieldPanel("body"),
        FieldPanel("earlier_versions"),
    ]
