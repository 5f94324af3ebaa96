"""What the front desk says: templates that managers write, and the e-mails that were sent, sealed."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from consults.enums import Locale, ReplyChannel

from .requests import ConsultRequest

MAX_TEMPLATE = 2000


class ReplyTemplate(models.Model):
    """Words for one channel in one language. Its label is the title: only that stands in Wagtail's log."""

    wagtail_reference_index_ignore = True

    title = models.CharField(max_length=80, help_text="Staff choose by it. It is never sent.")
    channel = models.CharField("used", max_length=16, choices=ReplyChannel)
    locale = models.CharField("language", max_length=5, choices=Locale)
    subject = models.CharField(
        max_length=80, blank=True, help_text="For e-mail alone. Others may see it on a screen."
    )
    text = models.TextField(max_length=MAX_TEMPLATE)
    position = models.PositiveSmallIntegerField(default=0, help_text="The lowest number stands first.")
    is_active = models.BooleanField("in use", default=True)

    class Meta:
        verbose_name = "reply template"
        ordering = ["channel", "locale", "position", "title", "pk"]

    def __str__(self):
        return self.title


class SealedReply(models.Model):
    """One e-mail to the person who asked, as the template had it and as it was sent; all of it sealed.

    Its key is known before it is stored, because sealing binds the two.
    """

    wagtail_reference_index_ignore = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consult = models.ForeignKey(ConsultRequest, on_delete=models.CASCADE, related_name="replies")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # Which template it was, in clear, as release 0.1.0 kept it: the worker seals its name and empties this.
    template = models.ForeignKey(ReplyTemplate, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    subject = models.BinaryField(editable=False)
    base = models.BinaryField(editable=False)
    text = models.BinaryField(editable=False)
    template_name = models.BinaryField(null=True, editable=False)

    class Meta:
        ordering = ["created_at", "id"]
        default_permissions = ()

    def __str__(self):
        return f"E-mail on {self.consult_id}"

    @property
    def sealed_parts(self):
        """The sealed columns by name."""
        return {
            "subject": self.subject,
            "base": self.base,
            "text": self.text,
            "template_name": self.template_name,
        }
