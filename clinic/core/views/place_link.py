"""One more tab where editors choose what words lead to: the form, the help page, the clinic's phone."""

from django import forms
from django.urls import reverse
from django.views import View
from wagtail.admin.views.chooser import BaseLinkFormView

from clinic.core.bounded_forms import BoundedForm
from clinic.core.fixed_places import PLACES
from clinic.core.page_links import CLINIC_PHONE

LONGEST_WORDS = 255


def places():
    """Return the addresses to choose from, each with its name."""
    return [*((reverse(name), words) for name, words in PLACES.items()), (CLINIC_PHONE, "Call the clinic")]


def place_of(link):
    """Return which of these a link in a text leads to, or ""; the script cuts the # off."""
    return next((address for address, _words in places() if link and link in (address, address[1:])), "")


class PlaceForm(BoundedForm):
    """Where the words lead, and the words."""

    place = forms.ChoiceField(
        label="Where it leads",
        choices=places,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose where it leads."},
    )
    link_text = forms.CharField(required=False, max_length=LONGEST_WORDS)


class PlaceLinkView(BaseLinkFormView):
    """The tab, in the window in which pages are chosen."""

    form_prefix = "place-link-chooser"
    form_class = PlaceForm
    template_name = "core/place_link.html"
    # The script of the window knows the tabs by these names, and does the same for each of them.
    step_name = "external_link"
    link_url_field_name = "place"

    def get_initial_data(self):
        """Begin with the place that the link leads to."""
        return super().get_initial_data() | {"place": place_of(self.request.GET.get("link_url", ""))}

    def get_result_data(self):
        """Let the name of the place be the words where none were marked."""
        result = super().get_result_data()
        if not self.form.cleaned_data["link_text"].strip():
            result["title"] = dict(places())[result["url"]]
        return result


class PlaceFirstView(View):
    """Where a link is opened again: this tab for what it made, and Wagtail's own for any other link."""

    http_method_names = ["get"]
    other = None

    def get(self, request):
        """Show the tab."""
        view = PlaceLinkView if place_of(request.GET.get("link_url", "")) else self.other
        return view.as_view()(request)
