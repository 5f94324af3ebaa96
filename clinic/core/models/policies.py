"""Policies, whose readers can look up what held on an earlier day."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from clinic.core.blocks import TEXT_FEATURES, StoryBlock
from clinic.core.fields import StreamField
from clinic.core.public_pages import open_to_all

from .base import BasePage
from .pages import StoryPage

TOO_EARLY = (
    "A text that holds from {} is published already. Enter that day for a correction of it, or a later day"
    " for a new text."
)


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


class PolicyPage(RoutablePageMixin, StoryPage):
    """A promise or notice with the date since which it holds; what it said before stays readable."""

    section = "policies"
    parent_page_types = ["core.PolicyIndexPage"]
    subpage_types = []

    effective_date = models.DateField(
        help_text="The day from which this text holds. With a day to come, readers see the text of before "
        "until then, and a link to this one."
    )
    earlier_versions = StreamField(
        [("version", EarlierVersionBlock())],
        blank=True,
        help_text="Only what this site never showed: it keeps by itself what is published here.",
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("effective_date"),
        FieldPanel("body"),
        FieldPanel("earlier_versions"),
    ]

    class Meta:
        verbose_name = "policy"
        verbose_name_plural = "policies"

    def clean(self):
        """Refuse a text that would hold from before the one that holds now: readers would never see it."""
        super().clean()
        today = timezone.localdate()
        kept = self.kept_versions if self.pk else []
        held = [version for version in kept if version.effective_date <= today]
        if held and self.effective_date and self.effective_date < held[0].effective_date:
            raise ValidationError({"effective_date": TOO_EARLY.format(date_format(held[0].effective_date))})

    def publish(self, revision, **kwargs):
        """Publish as Wagtail does, by whichever door, and keep what readers saw until now."""
        with transaction.atomic():
            PolicyVersion.keep_published(self.pk)
            super().publish(revision, **kwargs)
            PolicyVersion.keep_published(self.pk)

    @cached_property
    def kept_versions(self):
        """What was published here, the newest first; without what never came to hold."""
        return PolicyVersion.objects.filter(page=self.pk).not_withdrawn()

    @path("")
    def in_force(self, request):
        """Show the text that holds today."""
        today = timezone.localdate()
        versions = [] if getattr(request, "is_preview", False) else self.kept_versions
        holding = [version for version in versions if version.effective_date <= today]
        shown = holding[0] if holding else self
        return self.render(
            request,
            context_overrides={
                "version": shown,
                "coming": [version for version in versions if version.effective_date > today],
                "earlier": holding[1:],
                "is_to_come": shown.effective_date > today,
            },
        )

    @path("version/<int:key>/")
    def one_version(self, request, key):
        """Show one text that held once, or will."""
        version = next((version for version in self.kept_versions if version.pk == key), None)
        if version is None:
            raise Http404
        is_to_come = version.effective_date > timezone.localdate()
        overrides = {"version": version, "is_to_come": is_to_come, "is_other": True}
        return self.render(request, context_overrides=overrides)

    def list_addresses(self):
        """Yield the addresses of its versions below its own: they are files too."""
        for version in self.kept_versions:
            yield self.reverse_subpage("one_version", args=[version.pk])


class PolicyVersionQuerySet(models.QuerySet):
    """Versions as readers meet them."""

    def last_published_first(self):
        """Order by publishing; of two of one day, the later one corrects the other."""
        return self.order_by("-pk")

    def not_withdrawn(self):
        """Return them, the newest first, without texts to come in whose place another one was published that
        holds sooner: a slip of the year binds nobody.
        """
        kept = []
        for version in self.last_published_first():
            if not kept or version.effective_date <= kept[-1].effective_date:
                kept.append(version)
        return kept


class PolicyVersion(models.Model):
    """The text of a policy as it was published. Rows are added by publishing and never changed."""

    page = models.ForeignKey(PolicyPage, on_delete=models.CASCADE, related_name="+")
    effective_date = models.DateField()
    body = StreamField(StoryBlock())
    published_at = models.DateTimeField(default=timezone.now)

    objects = PolicyVersionQuerySet.as_manager()

    def __str__(self):
        return f"in effect since {self.effective_date}"

    @classmethod
    def keep_published(cls, key):
        """Keep what readers see of this policy at present, unless it is the newest that is kept already."""
        page = PolicyPage.objects.filter(pk=key, live=True).first()
        if page is None:
            return
        newest = cls.objects.filter(page=page).last_published_first().first()
        if newest and newest.says(page):
            return
        published_at = page.last_published_at or timezone.now()
        cls.objects.create(
            page=page, effective_date=page.effective_date, body=page.body, published_at=published_at
        )

    def says(self, page):
        """Whether it says the same from the same day."""
        is_same_day = self.effective_date == page.effective_date
        return is_same_day and _without_keys(self.body) == _without_keys(page.body)


def _without_keys(body):
    """Return what blocks say; each has a key too, and another one where the same words were put in anew."""
    return [(block.block_type, block.block.get_prep_value(block.value)) for block in body]
