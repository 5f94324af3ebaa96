"""The door of the reports. Whoever lacks the right gets a 403, superusers included."""

from django.shortcuts import render
from django.utils.cache import patch_cache_control

from consults.permissions import can_read_reports


class ReportsMixin:
    """Lets in whose group may read the reports and keeps what they see out of every cache."""

    def dispatch(self, request, *args, **kwargs):
        """Answer 403 here: Wagtail would turn PermissionDenied into a redirect."""
        if can_read_reports(request.user):
            response = super().dispatch(request, *args, **kwargs)
        else:
            response = render(request, "consults/reports/forbidden.html", status=403)
        patch_cache_control(response, no_store=True, private=True)
        response["Referrer-Policy"] = "same-origin"
        return response
