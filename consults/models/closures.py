"""What closed days did to requests, and the hours by which that was reckoned last."""

from django.db import models

from .requests import ConsultRequest


class ClosureMove(models.Model):
    """A planned or agreed time that fell into hours which are closed since, and when the request comes up.

    It speaks of one time: once the request has another one it says nothing more, and nobody has to clear it.
    """

    wagtail_reference_index_ignore = True

    consult = models.OneToOneField(
        ConsultRequest, primary_key=True, on_delete=models.CASCADE, related_name="closure", editable=False
    )
    fell_on = models.DateTimeField(editable=False)
    comes_up_at = models.DateTimeField(editable=False)
    # Agreed with the person: it stands until somebody has told them.
    is_agreed = models.BooleanField(editable=False)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"Closed for {self.consult_id}"


class ReckonedHours(models.Model):
    """The one row with the opening hours by which plans were looked at last, as the snapshot writes them."""

    wagtail_reference_index_ignore = True

    # Of the clinic under an empty key, and of each location.
    hours = models.JSONField(editable=False)
    reckoned_at = models.DateTimeField(auto_now=True)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return "Opening hours"
