"""What treatments cost."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.search import index

from clinic.core.blocks import TEXT_FEATURES
from clinic.core.models import BasePage, StoryPage


class FeesPage(StoryPage):
    """The list of fees and how paying works."""

    section = "fees"
    parent_page_types = ["core.HomePage"]
    subpage_types = []
    max_count = 1

    introduction = RichTextField(features=TEXT_FEATURES)

    search_fields = [*StoryPage.search_fields, index.SearchField("introduction")]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        InlinePanel("fees", label="Fee"),
        FieldPanel("body"),
    ]

    def get_context(self, request, *args, **kwargs):
        """Add ``current_fees``, which hold today, and ``ended_fees``, which nothing followed yet."""
        context = super().get_context(request, *args, **kwargs)
        fees = list(self.fees.all())
        context["current_fees"] = [fee for fee in fees if fee.is_current]
        last = last_of_each_name(fees)
        context["ended_fees"] = [fee for fee in last if fee.expires_on <= timezone.localdate()]
        return context


class Fee(Orderable):
    """One price, what it covers, and how long it holds."""

    page = ParentalKey(FeesPage, on_delete=models.CASCADE, related_name="fees")
    name = models.CharField(max_length=100)
    amount = models.DecimalField(max_digits=8, decimal_places=2, help_text="In US dollars.")
    unit = models.CharField(max_length=60, help_text="What the amount is for: “per visit”, “per hour”.")
    included = models.CharField(max_length=300)
    not_included = models.CharField(max_length=300, blank=True)
    effective_from = models.DateField()
    expires_on = models.DateField(help_text="From this day on the fee is no longer shown.")

    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("amount"), FieldPanel("unit")]),
        FieldPanel("included"),
        FieldPanel("not_included"),
        FieldRowPanel(
            [
                FieldPanel("effective_from"),
                FieldPanel(
                    "expires_on",
                    help_text="From this day on the fee is no longer shown. Until there is another one of "
                    "the same name, the page says that it ended.",
                ),
            ]
        ),
    ]

    class Meta(Orderable.Meta):
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="fee_not_negative"),
            models.CheckConstraint(
                condition=models.Q(expires_on__gt=models.F("effective_from")), name="fee_expires_after_start"
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        """Refuse a fee that ends before it starts."""
        super().clean()
        if self.effective_from and self.expires_on and self.expires_on <= self.effective_from:
            raise ValidationError({"expires_on": "The fee must end after the day it starts."})

    @property
    def last_day(self):
        """The last day on which the fee holds, as readers understand “until”."""
        return self.expires_on - timedelta(days=1)

    @property
    def is_current(self):
        """Whether the fee holds today."""
        return self.effective_from <= timezone.localdate() < self.expires_on


def last_of_each_name(fees):
    """Return of the fees with the same name the one that ends last."""
    last = {fee.name.casefold(): fee for fee in sorted(fees, key=lambda fee: fee.expires_on)}
    return list(last.values())
