"""A notice above every page, for a time."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import RevisionMixin

from clinic.core.moments import WRONG_YEAR, is_held


class SiteNotice(RevisionMixin, models.Model):
    """A sentence or two above every page, from one minute until another."""

    class Level(models.TextChoices):
        """How much it weighs, the least first."""

        INFO = "info", "Information"
        IMPORTANT = "important", "Important"
        URGENT = "urgent", "Urgent: readers can’t close it"

    text = models.CharField(
        max_length=240, help_text="One or two plain sentences, such as “We are closed on December 24.”"
    )
    text_es = models.CharField(
        "text in Spanish",
        max_length=240,
        blank=True,
        help_text="The same for pages in Spanish. Empty: they show the English text.",
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="page that says more",
        help_text="While that page is not public, the notice shows without a link.",
    )
    level = models.CharField(max_length=10, choices=Level, default=Level.INFO, db_default=Level.INFO)
    shows_from = models.DateTimeField("shows from", default=timezone.now)
    shows_until = models.DateTimeField("shows until", help_text="From this minute on nobody sees it.")

    panels = [
        MultiFieldPanel(
            [FieldPanel("text"), FieldPanel("text_es"), FieldPanel("page")], heading="What it says"
        ),
        MultiFieldPanel(
            [FieldPanel("level"), FieldRowPanel([FieldPanel("shows_from"), FieldPanel("shows_until")])],
            heading="How and when",
            help_text="One notice shows at a time: the one that weighs most, and of two alike the one that "
            "began last.",
        ),
    ]

    class Meta:
        ordering = ["-shows_until"]
        verbose_name = "notice"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(shows_until__gt=models.F("shows_from")), name="notice_ends_after_start"
            )
        ]

    def __str__(self):
        return self.text

    def clean(self):
        """Refuse a notice that nobody would ever see."""
        super().clean()
        if not (self.shows_from and self.shows_until):
            return
        for name in ("shows_from", "shows_until"):
            if not is_held(getattr(self, name)):
                raise ValidationError({name: WRONG_YEAR})
        if self.shows_until <= self.shows_from:
            raise ValidationError({"shows_until": "The notice must end after it begins."})
        if self.pk is None and self.shows_until <= timezone.now():
            raise ValidationError({"shows_until": "This time is past, so nobody would see the notice."})

    @property
    def state(self):
        """Whether it shows, for the list of editors."""
        now = timezone.now()
        if self.shows_until <= now:
            return "over"
        return "showing" if self.shows_from <= now else "planned"
