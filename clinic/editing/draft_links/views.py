"""The page on which links to a draft are made and taken back, and what such a link opens."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from clinic.core.bounded_forms import BoundedForm

from .links import MOST_OPEN, TooMany, address_of, link_of, make_link, open_links, take_back

FULL = f"This page has {MOST_OPEN} open links. Take one back first."
DAYS = [(1, "1 day"), (3, "3 days"), (7, "7 days"), (14, "14 days")]
# Nobody keeps it, nothing finds it, and no other site learns the address from which somebody came.
HEADERS = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
}


class DraftLinkForm(BoundedForm):
    """For how long."""

    days = forms.TypedChoiceField(
        label="It opens the draft for",
        choices=DAYS,
        coerce=int,
        initial=7,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose one of these.", "required": "Choose for how long."},
    )


class DraftLinksView(WagtailAdminTemplateMixin, FormView):
    """The open links of a page, and a new one."""

    form_class = DraftLinkForm
    template_name = "editing/draft_links.html"
    page_title = "Share the draft"
    header_icon = "link"
    _show_breadcrumbs = True

    @cached_property
    def page(self):
        """The page whose draft it is about."""
        return get_object_or_404(Page, pk=self.kwargs["page_id"])

    def dispatch(self, request, *args, **kwargs):
        """Refuse whoever may not change the page."""
        if not self.page.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        """Lead back to the page."""
        edit = {
            "url": reverse("wagtailadmin_pages:edit", args=[self.page.pk]),
            "label": self.page.draft_title,
        }
        return [*self.breadcrumbs_items, edit, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        """Add the links with their addresses."""
        links = [{"link": link, "address": address_of(link)} for link in open_links(self.page)]
        return super().get_context_data(**kwargs, page=self.page, links=links)

    def form_valid(self, form):
        """Make a link; it stands in the list that follows."""
        try:
            make_link(self.page, user=self.request.user, days=form.cleaned_data["days"])
        except TooMany:
            form.add_error(None, FULL)
            return self.form_invalid(form)
        messages.success(self.request, "The link is made. Copy it below.")
        return redirect("draft_links", self.page.pk)


class TakeBackView(DraftLinksView):
    """The button beside a link."""

    http_method_names = ["post"]

    def post(self, request, page_id, key):
        """Take it back; one that is over or was taken back already is no fault."""
        if link := open_links(self.page).filter(pk=key).first():
            take_back(link, user=request.user)
        messages.success(request, "The link opens nothing any more.")
        return redirect("draft_links", page_id)


@require_safe
def shared_draft(request, token):
    """Show the newest draft of the page to whoever has the link, as readers would see it."""
    link = link_of(token)
    page = link and link.page.get_latest_revision_as_object()
    # A page that was removed stands on no site.
    if not page or not page.url:
        response = render(request, "editing/link_gone.html", status=404)
    else:
        until = {"draft_until": link.expires_at}
        response = page.make_preview_request(request, page.default_preview_mode, until)
    for name, value in HEADERS.items():
        response[name] = value
    return response
