"""Notes of the front desk, sealed like the request they belong to."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from .requests import ConsultRequest


class ConsultNote(models.Model):
    """One note. Its key is known before it is stored, because sealing binds the two."""

    wagtail_reference_index_ignore = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consult = models.ForeignKey(ConsultRequest, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    sealed = models.BinaryField(editable=False)

    class Meta:
        ordering = ["created_at", "id"]
        default_permissions = ()

    def __str__(self):
        return f"Note on {self.consult_id}"
