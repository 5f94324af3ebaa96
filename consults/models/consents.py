"""What people agreed to: the wordings as they were written, and a receipt for each tick."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from consults.enums import Channel, ConsentPurpose, Locale


class ConsentWording(models.Model):
    """One version of all consent texts in one language. It is never edited: a change is a new version."""

    locale = models.CharField("language", max_length=5, choices=Locale)
    version = models.PositiveIntegerField(editable=False)
    contact = models.TextField("to be contacted (required)", max_length=600)
    texting = models.TextField("to be texted", max_length=600)
    voicemail = models.TextField("to have a voicemail left", max_length=600)
    voicemail_name = models.TextField("to have the clinic named in it", max_length=600)
    created_at = models.DateTimeField("written", default=timezone.now, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    class Meta:
        verbose_name = "consent wording"
        ordering = ["locale", "-version"]
        default_permissions = ("view", "add")
        constraints = [
            models.UniqueConstraint(fields=["locale", "version"], name="consent_wording_version"),
        ]

    def __str__(self):
        return f"{self.get_locale_display()}, version {self.version}"


class ConsentReceipt(models.Model):
    """One purpose somebody agreed to, in the very words they saw. The database refuses any change.

    It names the request by its reference, not by a key: receipts outlive requests.
    """

    wagtail_reference_index_ignore = True

    reference = models.CharField(max_length=10, editable=False)
    purpose = models.CharField(max_length=16, choices=ConsentPurpose, editable=False)
    text = models.TextField(editable=False)
    text_sha256 = models.CharField(max_length=64, editable=False)
    version = models.CharField(max_length=16, editable=False)
    # False where the form's token was missing or forged: then these are the current words.
    version_is_proven = models.BooleanField(editable=False)
    locale = models.CharField(max_length=5, choices=Locale, editable=False)
    channel = models.CharField(max_length=8, choices=Channel, editable=False)
    page = models.CharField(max_length=80, editable=False)
    agreed_at = models.DateTimeField(editable=False)
    # The signature of whoever accepted the request, over everything above; release 0.1.0 wrote none.
    mark = models.BinaryField(null=True, editable=False)

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["reference", "purpose"], name="consent_receipt_once"),
        ]

    def __str__(self):
        return f"{self.reference}: {self.get_purpose_display()}"
