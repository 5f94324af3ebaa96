"""The admin opens to whoever showed a second factor; whoever has none is led to make one.

Elsewhere they are a visitor like others: what is kept for staff is kept from a password alone.
"""

from functools import partial

from allauth.mfa.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import MiddlewareNotUsed
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from clinic.core.typed import is_of_admin, page_of

from .factors import FACTORS, came_by_factor
from .said_by_views import is_open_without_factor

SAY = "Before you go on, add a second factor: a passkey, or an app for codes. It takes two minutes."


class SecondFactorMiddleware:
    """Stands before every address of the admin, whoever made it and however the session began."""

    def __init__(self, get_response):
        if not settings.SECOND_FACTOR_REQUIRED or settings.CONSULTS_ROLE == "intake":
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Answer in place of the view where no second factor was shown."""
        if not is_of_admin(request.path):
            # Lazy: most pages ask for nobody.
            request.user = SimpleLazyObject(partial(_known_or_nobody, request, request.user))
            return None
        if is_open_without_factor(request.resolver_match):
            return None
        if not request.user.is_authenticated or came_by_factor(request, request.user):
            return None
        if get_adapter().is_mfa_enabled(request.user, FACTORS):
            # A session from before there was a factor, or one that nobody signed in for.
            logout(request)
            return redirect_to_login(page_of(request.get_full_path()), reverse("wagtailadmin_login"))
        messages.warning(request, SAY)
        return redirect("mfa_index")


def _known_or_nobody(request, user):
    return user if came_by_factor(request, user) else AnonymousUser()
