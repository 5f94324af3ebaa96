"""*My sessions*, and how much time is left until somebody has to sign in again."""

from django import forms
from django.contrib import messages
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from clinic.core.bounded_forms import BoundedForm

from .models import StaffSession, hash_of
from .said_by_views import needs_no_factor, no_sign_of_a_person
from .session_watch import watch_of
from .sessions import end_session, end_sessions


class EndForm(BoundedForm):
    """Which session is to be ended: one by its hash, or with none all others."""

    session = forms.RegexField(r"^[0-9a-f]{64}$", max_length=64, required=False)


class MySessionsView(WagtailAdminTemplateMixin, TemplateView):
    """Where somebody is signed in, each with a button that ends it."""

    template_name = "accounts/my_sessions.html"
    page_title = "My sessions"

    def get_breadcrumbs_items(self):
        """Return the way to this page."""
        return [
            {"url": reverse_lazy("wagtailadmin_account"), "label": "Account"},
            {"url": "", "label": self.page_title},
        ]

    def get_header_title(self):
        """Return none for Wagtail's unseen heading: this page shows one."""
        return ""

    def get_context_data(self, **kwargs):
        """List the sessions, this one first."""
        here = hash_of(self.request.session.session_key)
        rows = StaffSession.objects.of(self.request.user)
        others = [row for row in rows if row.pk != here]
        here = next((row for row in rows if row.pk == here), None)
        return super().get_context_data(here=here, others=others, **kwargs)

    def post(self, request):
        """End one of them, or all others."""
        form = EndForm(request.POST)
        if not form.is_valid():
            ended = 0
        elif chosen := form.cleaned_data["session"]:
            ended = end_session(request.user, chosen, actor=request.user)
        else:
            ended = end_sessions(request.user, keep=request.session, why="They were ended by hand.")
        if ended:
            messages.success(request, "It was ended." if ended == 1 else f"{ended} sessions were ended.")
        else:
            messages.info(request, "There was nothing to end: it was over already.")
        return redirect("account_sessions")


@needs_no_factor
@no_sign_of_a_person
@never_cache
@require_GET
def time_left(request):
    """Say in how many seconds the session is over; asking is no sign of anybody being there."""
    return JsonResponse(_left(request))


@needs_no_factor
@never_cache
@require_POST
def stay(request):
    """Stay signed in: that somebody asks for it is all it takes."""
    return JsonResponse(_left(request))


def _left(request):
    """Return who is signed in, for how long yet, and the token that older forms need after a new sign-in."""
    if not request.user.is_authenticated:
        return {"seconds": 0}
    return {**watch_of(request.session.row), "token": get_token(request)}
