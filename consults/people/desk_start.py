"""Whether the desk starts with names: chosen beside who is at the desk."""

from django import forms
from django.contrib import messages
from django.urls import reverse
from django.views import View

from clinic.core.bounded_forms import BoundedForm
from consults import workflow

from .doors import PEOPLE, ManageMixin, back_to, carry_out

SAID = {
    True: "The desk starts with names from now on. Look at where its screens stand.",
    False: "The desk starts with references from now on.",
}
UNKNOWN = "Nothing was changed: what was sent does not fit. This is how it stands."


class DeskStartForm(BoundedForm):
    """The choice, as its button says it."""

    with_names = forms.TypedChoiceField(
        choices=[("yes", "With names"), ("no", "With references")], coerce=lambda said: said == "yes"
    )


class DeskStartView(ManageMixin, View):
    """The button. It is posted, so that no link does anything."""

    http_method_names = ("post",)

    def post(self, request):
        """Keep the choice, and say what it means."""
        form = DeskStartForm(request.POST)
        if form.is_valid():
            wanted = form.cleaned_data["with_names"]
            carry_out(request, SAID[wanted], workflow.start_desk_with_names, wanted=wanted)
        else:
            messages.error(request, UNKNOWN)
        return back_to()

    def page_of_it(self):
        """Come back to the list."""
        return reverse(PEOPLE)
