"""What editors set once for the whole site."""

from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from clinic.core.time_zones import TIME_ZONE_CHOICES, default_time_zone

from .hours import OpeningPeriod
from .settings_panels import GuardedFactsPanel

validate_phone = RegexValidator(
    r"^\+?[\d ().-]{3,25}$", "Write a phone number with digits, spaces, brackets, dots or dashes."
)
validate_states = RegexValidator(
    r"^[A-Z]{2}( [A-Z]{2})*$", "Write two-letter codes in capitals with one blank between them."
)


@register_setting(icon="cogs", order=10)
class ClinicSettings(ClusterableModel, BaseSiteSetting):
    """Name, hours and promises of the clinic. Saving publishes them to all pages."""

    name = models.CharField("clinic name", max_length=80, blank=True)
    short_name = models.CharField(
        "neutral short name",
        max_length=40,
        blank=True,
        help_text="For mail subjects: without the name of a medicine or an illness.",
    )
    # These four are no part of the form any more and nothing reads them: managers write them elsewhere, and
    # they are written along here for release 0.1.0, until a later release takes the columns away.
    phone = models.CharField(max_length=25, blank=True, validators=[validate_phone])
    email = models.EmailField("public e-mail", blank=True)
    crisis_number = models.CharField(max_length=25, default="988", validators=[validate_phone])
    emergency_number = models.CharField(max_length=25, default="911", validators=[validate_phone])

    callback_promise = models.CharField(
        max_length=80,
        default="within one business day",
        help_text="When we call back. Promise only what you keep.",
    )
    callback_promise_es = models.CharField(
        "callback promise in Spanish",
        max_length=80,
        default="en un plazo de un día hábil",
        help_text="The same promise, for the form in Spanish.",
    )
    service_states = models.CharField(
        "states you serve",
        max_length=160,
        blank=True,
        validators=[validate_states],
        help_text="Two-letter codes with blanks between them, such as “CO NM”. Then the consultation form "
        "asks for the state and tells people from elsewhere whom else to ask. Empty: it doesn't ask.",
    )
    asks_heard_from = models.BooleanField(
        "ask how people heard of us",
        default=False,
        db_default=False,
        help_text="The consultation form then asks it; people can leave it open. Reports count it.",
    )
    voicemail_names_clinic = models.BooleanField(
        "voicemails name the clinic",
        default=False,
        db_default=False,
        help_text="Whoever allows a voicemail then allows it with the clinic's name, as the box says. "
        "Otherwise a voicemail gives a first name and a number only.",
    )
    consult_label = models.CharField(
        "label of the consultation button on phones",
        max_length=24,
        default="Free Consult",
        help_text="“Free” must be true for everyone who asks.",
    )
    interest_line = models.CharField(
        max_length=200,
        default="We provide this treatment and charge for it. Ask another clinician too.",
        help_text="Shown at the top of treatment pages.",
    )

    overdue_after_days = models.PositiveSmallIntegerField(
        "days until readers are told of an overdue check",
        default=30,
        db_default=30,
        validators=[MaxValueValidator(365)],
        help_text="So many days after the day of its next review a medical page says that its check is "
        "overdue. 0: from that day on.",
    )

    facebook_url = models.URLField("Facebook page", blank=True)
    instagram_url = models.URLField("Instagram page", blank=True)
    linkedin_url = models.URLField("LinkedIn page", blank=True)
    youtube_url = models.URLField("YouTube channel", blank=True)
    share_networks = models.BooleanField(
        "links to social networks below posts",
        default=True,
        help_text="E-mail, print and copy are always offered.",
    )

    privacy_page = models.ForeignKey(
        "core.PolicyPage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="privacy notice",
        help_text="Linked beside the consent of the consultation form.",
    )

    time_zone = models.CharField(max_length=40, choices=TIME_ZONE_CHOICES, default=default_time_zone)

    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("short_name")], heading="The clinic"),
        GuardedFactsPanel(heading="Numbers and addresses"),
        MultiFieldPanel(
            [
                FieldPanel("callback_promise"),
                FieldPanel("callback_promise_es"),
                FieldPanel("service_states"),
                FieldPanel("asks_heard_from"),
                FieldPanel("voicemail_names_clinic"),
                FieldPanel("consult_label"),
                FieldPanel("interest_line"),
                FieldPanel("overdue_after_days"),
                FieldPanel("privacy_page"),
            ],
            heading="What we say",
        ),
        MultiFieldPanel(
            [
                FieldPanel("facebook_url"),
                FieldPanel("instagram_url"),
                FieldPanel("linkedin_url"),
                FieldPanel("youtube_url"),
                FieldPanel("share_networks"),
            ],
            heading="Social networks",
        ),
        MultiFieldPanel(
            [
                FieldPanel("time_zone"),
                InlinePanel(
                    "default_hours", label="Opening", heading="For locations without hours of their own"
                ),
            ],
            heading="Usual opening hours",
        ),
    ]

    class Meta:
        verbose_name = "clinic"

    @property
    def social_links(self):
        """Label and address of each social page that is set."""
        links = [
            ("Facebook", self.facebook_url),
            ("Instagram", self.instagram_url),
            ("LinkedIn", self.linkedin_url),
            ("YouTube", self.youtube_url),
        ]
        return [link for link in links if link[1]]


class DefaultHours(OpeningPeriod):
    """The clinic's usual opening."""

    settings = ParentalKey(ClinicSettings, on_delete=models.CASCADE, related_name="default_hours")
