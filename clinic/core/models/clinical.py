"""What a page with medical content must carry."""

from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.snippets.blocks import SnippetChooserBlock

from clinic.core.fields import StreamField


class ClinicalFields(models.Model):
    """Statement on approval, references and review dates of a clinical page.

    Each page type adds its own ``reviewer``: this app knows no people.
    """

    statement = models.ForeignKey(
        "core.RegulatoryStatement",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Shown under the title, with its source and date.",
    )
    references = StreamField(
        [("reference", SnippetChooserBlock("core.Reference"))],
        blank=True,
        help_text="In the order of their numbers in the text.",
    )
    reviewed_on = models.DateField(
        null=True, blank=True, help_text="When a clinician last checked this page."
    )
    next_review_on = models.DateField(null=True, blank=True, help_text="When it has to be checked again.")

    clinical_panels = [
        MultiFieldPanel(
            [
                FieldPanel("statement"),
                FieldPanel("reviewer"),
                FieldPanel("reviewed_on"),
                FieldPanel("next_review_on"),
            ],
            heading="Medical review",
        ),
        FieldPanel("references"),
    ]

    class Meta:
        abstract = True

    @property
    def is_reviewed(self):
        """Whether a clinician signed what the page says."""
        return bool(self.reviewed_on and self.reviewer_id)
