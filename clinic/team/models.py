"""The people of the clinic."""

from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from clinic.core.blocks import TEXT_FEATURES
from clinic.core.models import BasePage
from clinic.core.picture_places import note_pictures
from clinic.core.public_pages import open_to_all


class TeamIndexPage(BasePage):
    """The overview of the people."""

    section = "team"
    parent_page_types = ["core.HomePage"]
    subpage_types = ["team.PersonPage"]
    max_count = 1

    introduction = RichTextField(features=TEXT_FEATURES)

    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]
    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = "team page"

    def get_context(self, request, *args, **kwargs):
        """Add ``people``: the published people, in the editor's order."""
        context = super().get_context(request, *args, **kwargs)
        people = open_to_all(PersonPage.objects.child_of(self)).defer("biography")
        context["people"] = people.select_related("portrait").order_by("path")
        note_pictures("person card", [one.portrait for one in context["people"] if one.portrait])
        return context


class PersonPage(BasePage):
    """One person: what they do, what they are licensed for, and where that can be checked."""

    section = "team"
    parent_page_types = ["team.TeamIndexPage"]
    subpage_types = []
    own_parts = ("portrait",)

    role = models.CharField(max_length=100)
    credentials = models.CharField(max_length=150, blank=True, help_text="Degrees and board certifications.")
    licence_number = models.CharField(max_length=40, blank=True)
    licence_state = models.CharField(max_length=40, blank=True)
    licence_check_url = models.URLField(
        blank=True, help_text="Where anybody can check the licence, on the state board's site."
    )
    languages = models.CharField(max_length=150, blank=True)
    reviews_content = models.BooleanField("checks what this site says", default=False)
    portrait = models.ForeignKey(
        "core.ClinicImage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    biography = RichTextField(features=TEXT_FEATURES)

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("role"),
        index.SearchField("credentials"),
        index.SearchField("biography"),
    ]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("role"),
        FieldPanel("credentials"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("licence_number"), FieldPanel("licence_state")]),
                FieldPanel("licence_check_url"),
            ],
            heading="Licence",
        ),
        FieldPanel("languages"),
        FieldPanel("reviews_content"),
        FieldPanel("portrait"),
        FieldPanel("biography"),
    ]
