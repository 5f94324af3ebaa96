"""Wagtail's pages of redirects with our form. A file of redirects is imported on the server alone."""

from functools import cached_property

from django.urls import path
from wagtail.contrib.redirects import views

from clinic.core.views.errors import no_such_door

from .forms import EditorsRedirectForm


class RedirectsView(views.IndexView):
    """The list, without the import of files: it would go around what the form refuses."""

    @cached_property
    def header_more_buttons(self):
        """Return Wagtail's buttons without that one."""
        return [one for one in super().header_more_buttons if "/import/" not in (one.url or "")]


class AddRedirectView(views.CreateView):
    """A new redirect; ``?from=`` fills the old address in."""

    form_class = EditorsRedirectForm

    def get_form_kwargs(self):
        """Fill in where it begins."""
        given = self.request.GET.get("from", "")[:255]
        return {**super().get_form_kwargs(), "initial": {"old_path": given, "is_permanent": True}}


class ChangeRedirectView(views.EditView):
    """A redirect that there is."""

    form_class = EditorsRedirectForm


# Each stands before Wagtail's own of the same address, and is found by its name.
ADDRESSES = [
    path("redirects/", RedirectsView.as_view()),
    path("redirects/results/", RedirectsView.as_view(results_only=True)),
    path("redirects/add/", AddRedirectView.as_view()),
    path("redirects/<int:redirect_id>/", ChangeRedirectView.as_view()),
    path("redirects/import/", no_such_door),
    path("redirects/import/process/", no_such_door),
]
