"""The page on which staff take a request down."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views import View

from clinic.core.facts import read_facts
from consults import workflow
from consults.admin_pages import DESK, PageMixin, way
from consults.audited_views import ChangeMixin
from consults.consent_wordings import current_wording
from consults.enums import Locale
from consults.intake.submission import contact_of, submission_from
from consults.intake.token import issue_token, read_token
from consults.models import ConsultRequest
from consults.triage.stops import in_words
from consults.triage.what_was_done import why_refused

from .forms import StaffEntryForm

REQUESTS = {**DESK, "label": "Consultation requests"}
WAYS = ("phone", "email")
NO_CONTACT = "Nothing was remembered. Enter the number or the address that is not to be used; look at both."
NOTHING_TO_LOOK_FOR = "Enter a whole number or address first; then look again."
STOPPED = "Remembered: wherever this number or address shows, a warning stands from now on."
LINKED = "It is linked to {}."
TEMPLATE = "consults/staff_entry/form.html"
EARLIER = "consults/staff_entry/earlier.html"
# More references than anybody has.
LONGEST_SEEN = 2000


class StaffEntryView(ChangeMixin, View):
    """A form for a request by phone or at the desk."""

    def get(self, request):
        """Show the form, with the consents in the language that is spoken."""
        locale = known_locale(request.GET.get("locale"))
        initial = {"locale": locale, "time_zone": read_facts().zone.key}
        return show(request, StaffEntryForm(locale=locale, initial=initial), locale)

    def post(self, request):
        """Store the request and show it, or say what is missing and keep everything."""
        locale = known_locale(request.POST.get("language") or request.POST.get("locale"))
        form = StaffEntryForm(request.POST, locale=locale)
        if "stop" in request.POST:
            return self.stop(request, form, locale)
        if "look" in request.POST or "language" in request.POST:
            return self.look(request, form, locale)
        if not form.is_valid():
            earlier = look(request, form) if "seen" in request.POST else None
            return show(request, form, locale, earlier=earlier, status=422)
        token = read_token(request.POST.get("token", ""))
        submission = submission_of(form, token, request.path)
        stop = workflow.stopped(submission.contents)
        earlier = workflow.look_for_caller(submission.contents, actor=request.user)
        # Once, while they are still there to be asked; the page of the request says it for good.
        is_stop_new = stop and request.POST.get("stop_seen") != stop.at.isoformat()
        if is_stop_new or are_new(earlier, submission, seen=request.POST.get("seen", "")[:LONGEST_SEEN]):
            return show(request, form, locale, stop=stop, earlier=earlier, status=422)
        return self.enter(request, submission, earlier)

    def enter(self, request, submission, earlier):
        """Put it into the queue, linked where that was chosen, and show it."""
        accepted = workflow.enter(submission, actor=request.user)
        consult = ConsultRequest.objects.get(reference=accepted.reference)
        said = f"{consult} is in the queue."
        chosen = [other for other in earlier if str(other.pk) == request.POST.get("same_as")]
        if accepted.is_new and chosen:
            try:
                workflow.link(consult, actor=request.user, version=consult.version, same_as=chosen[0])
                said += f" {LINKED.format(consult.same_as)}"
            # Its contents were removed at this very moment.
            except workflow.InvalidTransition as problem:
                said += f" {why_refused(consult, problem)}"
        if not consult.is_open:
            messages.warning(request, f"{consult} stands as {consult.get_status_display()}.")
        elif accepted.is_new:
            messages.success(request, said)
        else:
            messages.warning(request, f"{consult} was in the queue already, and is there once.")
        return redirect("consult_requests:detail", pk=consult.pk)

    def look(self, request, form, locale):
        """Show who may have asked before, or the consents in the other language; nothing is judged yet."""
        earlier = look(request, form)
        if earlier is None and "look" in request.POST:
            messages.error(request, NOTHING_TO_LOOK_FOR)
        typed = {name: request.POST.getlist(name) for name in request.POST if name in form.fields}
        initial = {name: values if name == "times" else values[-1] for name, values in typed.items()}
        initial["locale"] = locale
        return show(request, StaffEntryForm(locale=locale, initial=initial), locale, earlier=earlier)

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


class EarlierView(ChangeMixin, View):
    """What the script of the form asks for as soon as a number or an address was entered."""

    def post(self, request):
        """Return the list alone; looking is noted as the button's is."""
        earlier = look(request, StaffEntryForm(request.POST, locale=Locale.EN.value))
        return render(request, EARLIER, {"earlier": earlier})


def look(request, form):
    """Return the requests of whoever has this number or address; None where neither was entered whole."""
    form.is_valid()
    contact = contact_of(form.cleaned_data)
    return workflow.look_for_caller(contact, actor=request.user) if any(contact.values()) else None


def are_new(earlier, submission, *, seen):
    """Whether somebody with an open request is on the line and the page didn't show that yet.

    The same form sent again finds itself: then nothing is new.
    """
    if any(other.idempotency_key == submission.idempotency_key for other in earlier):
        return False
    return any(other.is_open and other.reference not in seen.split() for other in earlier)


def submission_of(form, token, page):
    """Return what the workflow stores; channel and language are columns, not contents."""
    channel, locale = (form.cleaned_data.pop(name) for name in ("channel", "locale"))
    return submission_from(form, token=token, locale=locale, page=page, channel=channel)


def known_locale(text):
    """Return a language of the form, English where another one is asked for."""
    return text if text in Locale.values else Locale.EN.value


def show(request, form, locale, *, stop=None, earlier=None, status=200):
    """Render the form inside the admin; ``earlier`` is what was found, None where nobody looked."""
    context = {
        "form": form,
        "stop": stop,
        "stopped": in_words(stop),
        "earlier": earlier,
        "language": locale,
        "languages": Locale.choices,
        "token": issue_token(current_wording(locale).version),
        "breadcrumbs_items": way(*PageMixin.breadcrumbs_items, REQUESTS, here="New request"),
    }
    return render(request, TEMPLATE, context, status=status)
