"""What editors say should be found first, and what people looked for in vain."""

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import RevisionMixin

from .word_lists import phrase_of

MOST_PHRASES = 30


class LeadsTo(models.TextChoices):
    """Where an answer leads, other than to a page that was chosen."""

    PAGE = "page", "The page chosen below"
    FORM = "form", "The consultation form"
    FORM_IN_SPANISH = "form_es", "The consultation form in Spanish"
    HELP = "help", "Get help now"
    PHONE = "phone", "The clinic’s phone number"
    DIRECTIONS = "directions", "Directions to the clinic"
    FEES = "fees", "The fees page"
    LOCATIONS = "locations", "The locations page"
    QUESTIONS = "questions", "The questions page"


class PinnedAnswer(RevisionMixin, models.Model):
    """An answer that stands above everything found, for the words that ask for it."""

    words = models.TextField(
        max_length=1000,
        help_text="The words people search with, one entry to a line, such as “how much”. The answer shows "
        "when all words of a line stand side by side in a search. Capitals and accents make no difference.",
    )
    title = models.CharField(max_length=80, help_text="The answer in a few words. It becomes the link.")
    sentence = models.CharField(
        max_length=240, help_text="One plain sentence that answers at once. It may be all that people read."
    )
    leads_to = models.CharField(
        max_length=20,
        choices=LeadsTo,
        default=LeadsTo.PAGE,
        help_text="Where the title leads. What isn’t there yet, such as a fees page, leads to the phone.",
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Only for “The page chosen below”. While that page is not public, the answer doesn’t show.",
    )
    language = models.CharField(
        max_length=2, choices=[("en", "English"), ("es", "Spanish")], default="en", db_default="en"
    )
    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="pinned_answer")

    panels = [
        FieldPanel("words"),
        MultiFieldPanel(
            [FieldPanel("title"), FieldPanel("sentence"), FieldPanel("language")], heading="What people read"
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("leads_to")]), FieldPanel("page")], heading="Where it leads"
        ),
    ]

    class Meta:
        ordering = ["title"]
        verbose_name = "pinned answer"

    def __str__(self):
        return self.title

    @property
    def revisions(self):
        """Earlier versions."""
        return self._revisions

    @property
    def phrases(self):
        """Each line as bare words."""
        return [phrase for line in self.words.splitlines() if (phrase := phrase_of(line))]

    def clean(self):
        """Refuse an answer that would never show, and one that leads nowhere."""
        super().clean()
        if not self.phrases:
            raise ValidationError({"words": "Write at least one word, such as “cost”."})
        if len(self.phrases) > MOST_PHRASES:
            raise ValidationError({"words": f"Use {MOST_PHRASES} lines or fewer."})
        if self.leads_to == LeadsTo.PAGE and self.page is None:
            raise ValidationError({"page": "Choose the page, or another place where the answer leads."})


class MissedWord(models.Model):
    """A word that people looked for and didn't find. Nothing here says who, or when but for the day.

    ``word`` stays empty while it could be anybody's name; ``key`` holds the hash by which it is counted.
    """

    key = models.CharField(max_length=64, unique=True)
    word = models.CharField(max_length=40, blank=True)
    searches = models.PositiveIntegerField(default=0, db_default=0)
    days = models.PositiveIntegerField(default=0, db_default=0)
    first_day = models.DateField()
    last_day = models.DateField(db_index=True)

    class Meta:
        ordering = ["-searches", "word"]
        verbose_name = "missed word"
        # Nobody writes it by hand.
        default_permissions = ("view",)

    def __str__(self):
        return self.word or "a word nobody may read yet"
