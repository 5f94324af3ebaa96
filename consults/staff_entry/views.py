"""The page on which staff take a request down."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views import View

from clinic.core.facts import read_facts
from consults import workflow
from consults.admin_pages import CALL_NOW, PageMixin, way
from consults.audited_views import ChangeMixin
from consults.consent_wordings import current_wording
from consults.enums import Locale
from consults.intake.submission import contact_of, submission_from
from consults.intake.token import issue_token, read_token
from consults.models import ConsultRequest
from consults.triage.stops import in_words

from .forms import StaffEntryForm

REQUESTS = {**CALL_NOW, "label": "Consultation requests"}
WAYS = ("phone", "email")
NO_CONTACT = "Nothing was remembered. Enter the number or the address that is not to be used; look at both."
STOPPED = "Remembered: wherever this number or address shows, a warning stands from now on."
TEMPLATE = "consults/staff_entry/form.html"


class StaffEntryView(ChangeMixin, View):
    """A form for a request by phone or at the desk."""

    def get(self, request):
        """Show the form, with the consents in the language that is spoken."""
        locale = known_locale(request.GET.get("locale"))
        initial = {"locale": locale, "time_zone": read_facts().zone.key}
        return show(request, StaffEntryForm(locale=locale, initial=initial), locale)

    def post(self, request):
        """Store the request and show it, or say what is missing and keep everything."""
        locale = known_locale(request.POST.get("locale"))
        form = StaffEntryForm(request.POST, locale=locale)
        if "stop" in request.POST:
            return self.stop(request, form, locale)
        if not form.is_valid():
            return show(request, form, locale, status=422)
        token = read_token(request.POST.get("token", ""))
        submission = submission_of(form, token, request.path)
        stop = workflow.stopped(submission.contents)
        # Once, while they are still there to be asked; the page of the request says it for good.
        if stop and request.POST.get("stop_seen") != stop.at.isoformat():
            return show(request, form, locale, stop=stop, status=422)
        accepted = workflow.enter(submission, actor=request.user)
        consult = ConsultRequest.objects.get(reference=accepted.reference)
        if not consult.is_open:
            messages.warning(request, f"{consult} stands as {consult.get_status_display()}.")
        elif accepted.is_new:
            messages.success(request, f"{consult} is in the queue.")
        else:
            messages.warning(request, f"{consult} was in the queue already, and is there once.")
        return redirect("consult_requests:detail", pk=consult.pk)

    def stop(self, request, form, locale):
        """Remember number and address of whoever says so, and nothing else of the form."""
        form.is_valid()
        not_understood = [name for name in WAYS if form.data.get(name) and not form.cleaned_data.get(name)]
        try:
            if not_understood:
                raise workflow.InvalidTransition
            workflow.stop_caller(contact_of(form.cleaned_data), actor=request.user)
        except workflow.InvalidTransition:
            messages.error(request, NO_CONTACT)
            return show(request, form, locale, status=422)
        messages.success(request, STOPPED)
        return redirect("consult_requests:index")


def submission_of(form, token, page):
    """Return what the workflow stores; channel and language are columns, not contents."""
    channel, locale = (form.cleaned_data.pop(name) for name in ("channel", "locale"))
    return submission_from(form, token=token, locale=locale, page=page, channel=channel)


def known_locale(text):
    """Return a language of the form, English where another one is asked for."""
    return text if text in Locale.values else Locale.EN.value


def show(request, form, locale, *, stop=None, status=200):
    """Render the form inside the admin."""
    context = {
        "form": form,
        "stop": stop,
        "stopped": in_words(stop),
        "language": locale,
        "languages": Locale.choices,
        "token": issue_token(current_wording(locale).version),
        "breadcrumbs_items": way(*PageMixin.breadcrumbs_items, REQUESTS, here="New request"),
    }
    return render(request, TEMPLATE, context, status=status)
