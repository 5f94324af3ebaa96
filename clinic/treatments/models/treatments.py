"""Treatments and their overview."""

from typing import NamedTuple

from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from clinic.core.blocks import CITING_TEXT_FEATURES, TEXT_FEATURES
from clinic.core.cards import cards_below
from clinic.core.drawings import DRAWING_CHOICES
from clinic.core.fields import StreamField
from clinic.core.models import BasePage, ClinicalFields, StoryPage
from clinic.core.structured_data import clinical_page, filled, plain
from clinic.treatments.blocks import TreatmentStoryBlock

# The order is the order on the page: benefits and risks stand next to each other.
SECTIONS = [
    ("what_it_is", "What it is"),
    ("how_it_is_given", "How it is given"),
    ("before_visit", "Before your visit"),
    ("during_visit", "During your visit"),
    ("after_visit", "After your visit"),
    ("evidence", "What studies show"),
    ("risks", "Risks and side effects"),
    ("not_for", "Who should not have it"),
    ("aftercare", "Getting home and the days after"),
    ("cost", "What it costs"),
]


def _anchor(name):
    return name.replace("_", "-")


class Section(NamedTuple):
    """A named part of a treatment page."""

    anchor: str
    heading: str
    text: str


class TreatmentIndexPage(StoryPage):
    """The overview of treatments."""

    section = "treatments"
    parent_page_types = ["core.HomePage"]
    subpage_types = ["treatments.TreatmentPage", "treatments.ComparisonPage"]
    max_count = 1

    introduction = RichTextField(features=TEXT_FEATURES)

    search_fields = [*StoryPage.search_fields, index.SearchField("introduction")]
    content_panels = [*BasePage.content_panels, FieldPanel("introduction"), FieldPanel("body")]

    class Meta:
        verbose_name = "treatments page"

    def get_context(self, request, *args, **kwargs):
        """Add ``treatments``: the cards of the published pages below, in the editor's order."""
        context = super().get_context(request, *args, **kwargs)
        context["treatments"] = cards_below(self)
        return context


class TreatmentPage(ClinicalFields, BasePage):
    """One treatment in named sections that always stand in the same order."""

    section = "treatments"
    parent_page_types = ["treatments.TreatmentIndexPage"]
    subpage_types = []
    own_parts = ("picture",)
    known_parts = ("statement", "reviewer")
    own_anchors = [_anchor(name) for name, _heading in SECTIONS]
    not_medical = ClinicalFields.not_medical | {"picture", "drawing"}

    picture = models.ForeignKey(
        "core.ClinicImage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    drawing = models.CharField(
        max_length=20,
        choices=DRAWING_CHOICES,
        blank=True,
        default="",
        db_default="",
        help_text="One of our own drawings, shown while there is no picture above.",
    )
    title_es = models.CharField(
        "name in Spanish",
        max_length=100,
        blank=True,
        default="",
        db_default="",
        help_text="As the Spanish form offers this treatment. Without it the form shows the English title and"
        " says that it is in English.",
    )
    reviewer = models.ForeignKey(
        "team.PersonPage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    what_it_is = RichTextField(features=CITING_TEXT_FEATURES)
    how_it_is_given = RichTextField(features=CITING_TEXT_FEATURES)
    before_visit = RichTextField(features=CITING_TEXT_FEATURES)
    during_visit = RichTextField(features=CITING_TEXT_FEATURES)
    after_visit = RichTextField(features=CITING_TEXT_FEATURES)
    evidence = RichTextField(features=CITING_TEXT_FEATURES, help_text="Each figure needs a reference.")
    risks = RichTextField(features=CITING_TEXT_FEATURES)
    not_for = RichTextField(features=CITING_TEXT_FEATURES)
    aftercare = RichTextField(features=CITING_TEXT_FEATURES)
    cost = RichTextField(features=CITING_TEXT_FEATURES, help_text="Link to the fees; write no amounts here.")
    body = StreamField(TreatmentStoryBlock(), blank=True, help_text="Shown below the sections.")

    search_fields = [
        *BasePage.search_fields,
        *[index.SearchField(name) for name, _heading in SECTIONS],
        index.SearchField("body"),
    ]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("title_es"),
        FieldPanel(
            "picture",
            help_text="Best is a photograph of your own: the room in which this is done, empty, by daylight."
            " Nobody who is treated, no needle, no uniform that isn’t worn here.",
        ),
        FieldPanel("drawing"),
        MultiFieldPanel(
            [FieldPanel(name, heading=heading) for name, heading in SECTIONS], heading="Sections"
        ),
        FieldPanel("body"),
        *ClinicalFields.clinical_panels,
    ]

    def described(self, image):
        """Return what the page is about, for machines: risks and who it is not for go with the name."""
        statement = self.statement
        therapy = {
            "@type": "MedicalTherapy",
            "name": self.title,
            "description": self.summary,
            "contraindication": plain(self.not_for),
            "adverseOutcome": {"@type": "MedicalEntity", "description": plain(self.risks)},
            "legalStatus": statement.text if statement and statement.is_valid else "",
        }
        return [clinical_page(self, image, [filled(therapy)])]

    @property
    def sections(self):
        """The filled sections, in order."""
        return [
            Section(_anchor(name), heading, getattr(self, name))
            for name, heading in SECTIONS
            if getattr(self, name)
        ]
