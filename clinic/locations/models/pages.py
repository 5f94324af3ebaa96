"""Where the clinic is."""

from urllib.parse import quote_plus

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import PageManager, PageQuerySet
from wagtail.search import index

from clinic.core.blocks import TEXT_FEATURES
from clinic.core.facts import read_facts
from clinic.core.models import BasePage, StoryPage, validate_phone, week_from_rows
from clinic.core.opening_hours import (
    Schedule,
    describe_next_opening,
    describe_periods,
    describe_today,
    describe_week,
)
from clinic.core.phones import phone_uri
from clinic.core.public_pages import open_to_all
from clinic.core.structured_data import absolute, dialled, filled, hours, postal_address, the_clinic, web_page
from clinic.core.time_zones import TIME_ZONE_CHOICES, default_time_zone


class LocationQuerySet(PageQuerySet):
    """Locations and what belongs to them."""

    def with_hours(self):
        """Fetch hours and closures along, in one query each."""
        return self.prefetch_related("hours", "closures")


class LocationIndexPage(BasePage):
    """The overview of the places."""

    section = "locations"
    parent_page_types = ["core.HomePage"]
    subpage_types = ["locations.LocationPage"]
    max_count = 1

    introduction = RichTextField(features=TEXT_FEATURES)

    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]
    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = "locations page"

    def get_context(self, request, *args, **kwargs):
        """Add ``locations``: the published places, in the editor's order."""
        context = super().get_context(request, *args, **kwargs)
        places = open_to_all(LocationPage.objects.child_of(self)).defer("body", "what_to_bring")
        context["locations"] = places.with_hours().order_by("path")
        return context


class LocationPage(StoryPage):
    """One place: how to reach it, when it is open, what to know before coming."""

    section = "locations"
    parent_page_types = ["locations.LocationIndexPage"]
    subpage_types = []

    street = models.CharField(max_length=120)
    city = models.CharField(max_length=80)
    region = models.CharField("state", max_length=40)
    postal_code = models.CharField(max_length=12)
    phone = models.CharField(max_length=25, blank=True, validators=[validate_phone])
    email = models.EmailField(blank=True)
    directions_url = models.URLField(
        "directions link",
        blank=True,
        help_text="Leave empty to lead to OpenStreetMap with the address above.",
    )
    time_zone = models.CharField(max_length=40, choices=TIME_ZONE_CHOICES, default=default_time_zone)
    parking = models.CharField(max_length=250, blank=True)
    step_free_access = models.CharField(max_length=250, blank=True)
    what_to_bring = RichTextField(features=TEXT_FEATURES, blank=True)
    notice = models.CharField(max_length=250, blank=True, help_text="Something visitors must know now.")
    notice_until = models.DateField(null=True, blank=True, help_text="The last day the notice is shown.")

    objects = PageManager.from_queryset(LocationQuerySet)()

    search_fields = [
        *StoryPage.search_fields,
        index.SearchField("street"),
        index.SearchField("city"),
        index.SearchField("what_to_bring"),
    ]
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("street"),
                FieldRowPanel([FieldPanel("city"), FieldPanel("region"), FieldPanel("postal_code")]),
                FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
                FieldPanel("directions_url"),
            ],
            heading="How to reach it",
        ),
        MultiFieldPanel(
            [
                FieldPanel("time_zone"),
                InlinePanel("hours", label="Opening", heading="Usual week (empty: the clinic's usual hours)"),
                InlinePanel("closures", label="Exception", heading="Closures and special hours"),
            ],
            heading="Opening hours",
        ),
        FieldRowPanel([FieldPanel("notice"), FieldPanel("notice_until")], heading="Notice"),
        FieldPanel("parking"),
        FieldPanel("step_free_access"),
        FieldPanel("what_to_bring"),
        FieldPanel("body"),
    ]

    def clean(self):
        """Ask for the end of a notice: an old one misleads."""
        super().clean()
        if self.notice and not self.notice_until:
            raise ValidationError({"notice_until": "Say until when the notice is shown."})

    @property
    def address_lines(self):
        """The address as on an envelope."""
        return [self.street, f"{self.city}, {self.region} {self.postal_code}"]

    @property
    def postal_address(self):
        """The address in its parts."""
        return {
            "street": self.street,
            "city": self.city,
            "region": self.region,
            "postal_code": self.postal_code,
        }

    def described(self, image):
        """Return what the page is about, for machines: a clinic at this place, with its hours."""
        facts = read_facts()
        place = {
            "@type": "MedicalClinic",
            "@id": f"{absolute(self.url)}#place",
            "name": f"{facts.name}, {self.title}",
            "url": absolute(self.url),
            "telephone": dialled(self.phone_uri if self.phone else facts.phone_uri),
            "email": self.email or facts.email,
            "address": postal_address(**self.postal_address),
            "image": image and image.url,
            "parentOrganization": the_clinic(),
            **hours(self.schedule),
        }
        return [web_page(self, image) | {"about": {"@id": place["@id"]}}, filled(place)]

    @property
    def phone_uri(self):
        """The number as a link."""
        return phone_uri(self.phone)

    @property
    def directions(self):
        """The address of a map with directions; nothing is loaded from there."""
        if self.directions_url:
            return self.directions_url
        return f"https://www.openstreetmap.org/search?query={quote_plus(', '.join(self.address_lines))}"

    @property
    def current_notice(self):
        """The notice while it holds."""
        is_current = self.notice_until and timezone.localdate() <= self.notice_until
        return self.notice if is_current else ""

    @cached_property
    def schedule(self):
        """The opening hours; without rows of its own the location keeps the clinic's usual week."""
        rows = list(self.hours.all())
        return Schedule(
            zone=self.time_zone,
            week=week_from_rows(rows) if rows else read_facts().hours_of(str(self.pk)).week,
            exceptions=tuple(closure.as_exception() for closure in self.closures.all()),
        )

    @property
    def hours_today(self):
        """Today's hours in a sentence."""
        return describe_today(self.schedule, timezone.now())

    @property
    def next_opening(self):
        """When the place opens next, in words."""
        return describe_next_opening(self.schedule, timezone.now())

    @property
    def is_open_now(self):
        """Whether the place is open at this moment."""
        return self.schedule.is_open(timezone.now())

    @property
    def weekly_hours(self):
        """The usual week: pairs of day and hours."""
        return describe_week(self.schedule)

    @property
    def upcoming_closures(self):
        """Exceptions from today on, with their hours in words."""
        today = self.schedule.local(timezone.now()).date()
        return [
            {"exception": e, "hours": describe_periods(e.periods)}
            for e in self.schedule.upcoming_exceptions(today)
        ]
