"""The people of the clinic."""

from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from clinic.core.blocks import TEXT_FEATURES
from clinic.core.models import BasePage
from clinic.core.picture_places import note_pictures
from clinic.core.public_pages import open_to_all, public_address
from clinic.core.structured_data import absolute, filled, is_real, the_clinic, web_page


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
    licence_valid_until = models.DateField(
        "licence valid until",
        null=True,
        blank=True,
        help_text="Readers don’t see it. From 30 days before on, the page “Due” says that it ends.",
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
                FieldPanel("licence_valid_until"),
            ],
            heading="Licence",
        ),
        FieldPanel("languages"),
        FieldPanel("reviews_content"),
        FieldPanel("portrait"),
        FieldPanel("biography"),
    ]

    def as_person(self):
        """Return this person for machines, wherever they are named; only ever a real one."""
        address = public_address(self)
        return filled(
            {
                "@type": "Person",
                "@id": address and f"{absolute(address)}#person",
                "name": self.title,
                "url": address and absolute(address),
                "jobTitle": self.role,
                "worksFor": the_clinic(),
            }
        )

    def described(self, image):
        """Return what the page is about, for machines; of a sample no more than that it is a page."""
        if not is_real(self):
            return [web_page(self, image)]
        licence = filled(
            {
                "@type": "EducationalOccupationalCredential",
                "credentialCategory": "license",
                "identifier": self.licence_number,
                "url": self.licence_check_url,
            }
        )
        person = {**self.as_person(), "description": self.credentials, "hasCredential": licence}
        return [web_page(self, image, "ProfilePage") | {"mainEntity": filled(person)}]
