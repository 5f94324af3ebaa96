"""The door of the inbox. Whoever lacks the right gets a 403, superusers included."""

from django.shortcuts import render
from django.utils.cache import patch_cache_control

from consults.permissions import can_change_requests, can_read_requests


class FrontDeskMixin:
    """Lets members of the front desk in and keeps what they see out of every cache."""

    is_allowed = staticmethod(can_read_requests)

    def dispatch(self, request, *args, **kwargs):
        """Answer 403 here: Wagtail would turn PermissionDenied into a redirect."""
        if self.is_allowed(request.user):
            response = super().dispatch(request, *args, **kwargs)
        else:
            response = render(request, "consults/triage/forbidden.html", status=403)
        patch_cache_control(response, no_store=True, private=True)
        response["Referrer-Policy"] = "same-origin"
        return response


class ChangeMixin(FrontDeskMixin):
    """The same for those who may also change requests: a form with errors shows the request again."""

    is_allowed = staticmethod(lambda user: can_read_requests(user) and can_change_requests(user))
