"""What is written once and used on many pages."""

from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import DraftStateMixin, RevisionMixin
from wagtail.search import index

from clinic.core.blocks import SHORT_TEXT_FEATURES
from clinic.core.kept_revisions import what_may_be_overwritten
from clinic.core.snippet_forms import FaqForm, RegulatoryStatementForm, SharedContentForm


class SharedContentQuerySet(models.QuerySet):
    """What pages share, as its editors work on it."""

    def drafts(self):
        """Keep what has words that readers don't see yet."""
        changed = self.filter(models.Q(live=False) | models.Q(has_unpublished_changes=True))
        return changed.select_related("latest_revision")


class SharedContent(DraftStateMixin, RevisionMixin):
    """What is drafted and published by itself, keeps its earlier words, and shows wherever it was chosen.

    What is not published stands on no page; the places that chose it are kept, and show it again later.
    """

    # As Wagtail has them; a release that knows no drafts yet writes rows without them, which readers see.
    live = models.BooleanField(default=True, db_default=True, editable=False)
    has_unpublished_changes = models.BooleanField(default=False, db_default=False, editable=False)
    expired = models.BooleanField(default=False, db_default=False, editable=False)

    objects = SharedContentQuerySet.as_manager()

    class Meta:
        abstract = True

    def save_revision(self, *args, overwrite_revision=None, **kwargs):
        """Keep a version; one that was published is not written over."""
        overwritten = what_may_be_overwritten(self, overwrite_revision)
        return super().save_revision(*args, overwrite_revision=overwritten, **kwargs)


class Faq(index.Indexed, SharedContent):
    """A question that people ask, with its one answer."""

    class Topic(models.TextChoices):
        """What a question is about."""

        ABOUT = "about", "About ketamine"
        SAFETY = "safety", "Safety"
        VISIT = "visit", "The visit"
        COST = "cost", "Cost"
        ELIGIBILITY = "eligibility", "Who it is for"
        PRIVACY = "privacy", "Privacy"

    base_form_class = FaqForm

    question = models.CharField(max_length=200, unique=True)
    answer = RichTextField(features=SHORT_TEXT_FEATURES)
    topic = models.CharField(max_length=20, choices=Topic)
    review_on = models.DateField(null=True, blank=True, help_text="When the answer has to be checked again.")

    search_fields = [
        index.SearchField("question"),
        index.AutocompleteField("question"),
        index.FilterField("topic"),
    ]
    panels = [
        FieldPanel("question", required_on_save=True),
        FieldPanel("answer"),
        FieldPanel("topic", required_on_save=True),
        FieldPanel("review_on"),
    ]

    class Meta:
        ordering = ["topic", "question"]
        verbose_name = "question"

    def __str__(self):
        return self.question


class Reference(index.Indexed, SharedContent):
    """A source that pages cite."""

    base_form_class = SharedContentForm

    citation = models.CharField(max_length=400, unique=True, help_text="Authors, title, journal, year.")
    url = models.URLField(blank=True)
    checked_on = models.DateField(null=True, blank=True, help_text="When somebody last opened the source.")

    search_fields = [index.SearchField("citation"), index.AutocompleteField("citation")]
    panels = [FieldPanel("citation", required_on_save=True), FieldPanel("url"), FieldPanel("checked_on")]

    class Meta:
        ordering = ["citation"]

    def __str__(self):
        return self.citation


class RegulatoryStatement(SharedContent):
    """A sentence on approval or law, with its source and the day it stops being trusted."""

    base_form_class = RegulatoryStatementForm

    name = models.CharField(max_length=100, unique=True, help_text="For editors only.")
    text = models.TextField()
    source_title = models.CharField(max_length=200)
    source_url = models.URLField(blank=True)
    checked_on = models.DateField()
    expires_on = models.DateField(help_text="From this day on, somebody has to check it again.")

    panels = [
        FieldPanel("name", required_on_save=True),
        FieldPanel("text"),
        FieldPanel("source_title"),
        FieldPanel("source_url"),
        FieldPanel("checked_on"),
        FieldPanel("expires_on"),
    ]

    class Meta:
        ordering = ["name"]
        verbose_name = "statement on approval"
        verbose_name_plural = "statements on approval"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_on__gt=models.F("checked_on")),
                name="statement_expires_after_check",
            )
        ]

    def __str__(self):
        return self.name

    @property
    def is_expired(self):
        """Whether the statement has to be checked again."""
        return timezone.localdate() >= self.expires_on

    @property
    def is_valid(self):
        """Whether readers see it, and can rely on it."""
        return self.live and not self.is_expired
