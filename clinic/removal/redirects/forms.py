"""The form of a redirect."""

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.contrib.redirects.forms import RedirectForm

from clinic.core.bounded_forms import BoundedMixin
from clinic.core.fixed_places import PLACES, place_at

from .targets import begins_at, leads_to, refuse_ways_round

ONE_TARGET = "Choose one target: a page, a fixed page or an address."


class EditorsRedirectForm(BoundedMixin, RedirectForm):
    """Wagtail's form, with fixed pages, addresses of this site, and no way round in a circle."""

    field_order = ["old_path", "redirect_page", "fixed_page", "redirect_link", "is_permanent", "site"]

    old_path = forms.CharField(
        label="From",
        max_length=255,
        help_text="The old address, such as /old-page/ or /?p=123. A campaign (utm_…) is kept by itself.",
    )
    fixed_page = forms.ChoiceField(
        label="or to a fixed page", required=False, choices=[("", "none"), *PLACES.items()]
    )
    redirect_link = forms.CharField(
        label="or to an address",
        max_length=255,
        required=False,
        help_text="One of this site, such as /fees/#insurance, or a whole one that begins with https://.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["redirect_page"].label = "To a page"
        if name := place_at(self.initial.get("redirect_link") or ""):
            self.initial |= {"fixed_page": name, "redirect_link": ""}

    def clean_old_path(self):
        """Return the old address as it is looked for."""
        return begins_at(self.cleaned_data["old_path"])

    def clean_redirect_page(self):
        """Refuse a page at which nobody would arrive."""
        page = self.cleaned_data["redirect_page"]
        if page and not page.live:
            raise ValidationError("Readers don’t get this page. Publish it first, or choose another one.")
        return page

    def clean_redirect_link(self):
        """Return the address to lead to."""
        link = self.cleaned_data["redirect_link"]
        return leads_to(link) if link else ""

    def clean(self):
        """Judge the target as a whole, and where it leads on."""
        super().clean()
        data = self.cleaned_data
        if self.errors:
            return data
        chosen = [data[name] for name in ("redirect_page", "fixed_page", "redirect_link") if data[name]]
        if len(chosen) != 1:
            raise ValidationError(ONE_TARGET)
        if data["fixed_page"]:
            data["redirect_link"] = reverse(data["fixed_page"])
        refuse_ways_round(data["old_path"], data["redirect_link"], self.instance.pk)
        return data

    def _get_validation_exclusions(self):
        """Let the address pass that was judged here; the model knows whole addresses only."""
        return {*super()._get_validation_exclusions(), "redirect_link"}
