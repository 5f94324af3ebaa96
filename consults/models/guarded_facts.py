"""The numbers and addresses that lead people somewhere: each version of them, as it was written."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class GuardedFacts(models.Model):
    """One version of what every page says and of who is told. The newest counts.

    A change is a new version; the database refuses any other.
    """

    wagtail_reference_index_ignore = True

    version = models.PositiveIntegerField(primary_key=True, editable=False)
    crisis_number = models.CharField("crisis number", max_length=25)
    emergency_number = models.CharField("emergency number", max_length=25)
    phone = models.CharField("phone", max_length=25, blank=True)
    # The public e-mail as well: whom patients write to must not differ by where they found it.
    email = models.EmailField("reply address", blank=True)
    # One address a line.
    notice_recipients = models.TextField("who is told of requests", blank=True)
    owner_recipients = models.TextField("owner’s addresses", blank=True)
    clinician_recipients = models.TextField("clinician’s addresses", blank=True)
    restored_from = models.PositiveIntegerField(null=True, editable=False)
    # The event of the audit that tells of it; none for what was taken over from the release before.
    event = models.PositiveBigIntegerField(null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    class Meta:
        verbose_name = "what every page says"
        verbose_name_plural = "what every page says"
        ordering = ["-version"]
        default_permissions = ("add",)

    def __str__(self):
        return f"Version {self.version}"

    @property
    def values(self):
        """What a person writes, by the fields' names."""
        return {name: getattr(self, name) for name in GUARDED}

    @property
    def owners(self):
        """The owner's addresses; without any, the owner is told where the desk is."""
        return self.owner_recipients.split() or self.notice_recipients.split()


# What is shown to everybody, and what only says who gets which mail.
PUBLIC = ("crisis_number", "emergency_number", "phone", "email")
RECIPIENTS = ("notice_recipients", "owner_recipients", "clinician_recipients")
GUARDED = (*PUBLIC, *RECIPIENTS)


def label_of(name: str) -> str:
    """Return what a person calls a field."""
    return GuardedFacts._meta.get_field(name).verbose_name
