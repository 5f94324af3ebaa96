"""What a page with medical content must carry."""

from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from clinic.core.blocks.choosers import SnippetChooserBlock
from clinic.core.fields import StreamField

from .snippets import RegulatoryStatement


class ClinicalFields(models.Model):
    """Statement on approval, references and review dates of a clinical page.

    Each page type adds its own ``reviewer``: this app knows no people. Who reviewed what when is written by
    ``record_review`` of the app for it, and by nobody else.
    """

    # Fields that a page may change without being reviewed again.
    not_medical = frozenset({"summary", "reviewer", "reviewed_on", "next_review_on", "reviewed_alone"})

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
    reviewed_alone = models.BooleanField(default=False, db_default=False, editable=False)

    clinical_panels = [
        MultiFieldPanel(
            [
                FieldPanel(
                    "statement",
                    help_text="Shown near the top with its source and date; on a treatment after what it is.",
                ),
                FieldPanel("reviewer", read_only=True),
                FieldPanel("reviewed_on", read_only=True),
                FieldPanel("next_review_on", read_only=True),
            ],
            heading="Medical review",
        ),
        FieldPanel(
            "references",
            help_text="Sources that footnotes cite number themselves; those listed here beside them follow."
            " Without footnotes they stand in this order, that of the numbers you write.",
        ),
    ]

    class Meta:
        abstract = True

    @classmethod
    def from_serializable_data(cls, data, check_fks=True, strict_fks=False):
        """Open a draft whose statement was deleted meanwhile without it, instead of not at all."""
        key = data.get("statement")
        if check_fks and key and not RegulatoryStatement.objects.filter(pk=key).exists():
            data = {**data, "statement": None}
        return super().from_serializable_data(data, check_fks=check_fks, strict_fks=strict_fks)

    @property
    def is_clinical(self):
        """Whether a clinician has to check this page before it shows."""
        return True

    @property
    def is_reviewed(self):
        """Whether a clinician signed what the page says."""
        return bool(self.reviewed_on and self.reviewer_id)

    @property
    def check_overdue_since(self):
        """The day since when the next check is overdue, once readers are to be told; else None."""
        # The facts are built from these models.
        from clinic.core.facts import read_facts

        since = self.next_review_on
        if since is None or (timezone.localdate() - since).days < read_facts().overdue_after_days:
            return None
        return since
