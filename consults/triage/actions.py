"""What the buttons of a request do. Each says by reference how it went, and changes nothing else."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views import View

from consults import workflow
from consults.models import ConsultRequest
from consults.sealing.envelope import EnvelopeProblem
from consults.sealing.keys import KeyProblem

from .access import ChangeMixin
from .forms import (
    AssignForm,
    LinkForm,
    NoteForm,
    OutcomeForm,
    PriorityForm,
    SnoozeForm,
    StatusForm,
    VersionForm,
)
from .request_page import show, unreadable

STALE = "{} was changed by somebody else in the meantime. Nothing was saved; this is how it stands now."
NOT_POSSIBLE = "{} can't be moved there from where it stands."
UNREAD = "Nobody has opened {} yet. Read it before you close it."


class ActionView(ChangeMixin, View):
    """A form of the page: a change to the request as the page showed it."""

    form_class = VersionForm
    # The name under which the page shows the form with its errors.
    form_name = ""
    change = None
    # Where to go afterwards; None leads back to the request.
    then = None

    def get_form(self, data, consult):
        """Return the filled form."""
        return self.form_class(data)

    def post(self, request, pk):
        """Make the change, or show what is missing."""
        consult = get_object_or_404(ConsultRequest.objects.from_people(), pk=pk)
        form = self.get_form(request.POST, consult)
        if form.is_valid():
            is_done = carry_out(request, consult, type(self).change, **form.cleaned_data)
            if is_done and self.then:
                return redirect(self.then)
        elif self.form_name and form.cleaned_data.get("version") == consult.version:
            return show(request, consult, **{self.form_name: form})
        # The choices of an older page may not be among those of this one.
        else:
            messages.error(request, STALE.format(consult))
        return redirect("consult_requests:detail", pk=pk)


class ClaimView(ActionView):
    """Taking a new request."""

    change = workflow.claim


class StatusView(ActionView):
    """Moving a request."""

    form_name = "status_form"
    change = workflow.change_status

    def get_form(self, data, consult):
        """Offer the moves that are possible from here."""
        return StatusForm(data, current=consult.status)


class OutcomeView(ActionView):
    """One tap after a call."""

    form_name = "outcome_form"
    change = workflow.record_outcome
    then = "consult_requests:index"

    def get_form(self, data, consult):
        """Offer the outcomes that this person's permissions allow."""
        return OutcomeForm(data, request=consult)


class SnoozeView(ActionView):
    """Putting a request off."""

    form_class, form_name = SnoozeForm, "snooze_form"
    change = workflow.snooze
    then = "consult_requests:index"


class AssignView(ActionView):
    """Giving a request to a colleague."""

    form_class, form_name = AssignForm, "assign_form"
    change = workflow.assign


class LinkView(ActionView):
    """Saying that two requests are of one person."""

    form_class = LinkForm
    change = workflow.link


class UnlinkView(ActionView):
    """Taking that back."""

    change = workflow.unlink


class PriorityView(ActionView):
    """Saying what is to be read first."""

    form_class, form_name = PriorityForm, "priority_form"
    change = workflow.set_priority


class NoteView(ChangeMixin, View):
    """Adding a note."""

    def post(self, request, pk):
        """Seal and keep the note; nothing that was typed gets lost."""
        consult = get_object_or_404(ConsultRequest.objects.from_people(), pk=pk)
        form = NoteForm(request.POST)
        if not form.is_valid():
            return show(request, consult, note_form=form)
        try:
            workflow.add_note(consult, actor=request.user, text=form.cleaned_data["text"])
        except (EnvelopeProblem, KeyProblem) as problem:
            return unreadable(request, consult, problem, unsaved=form.cleaned_data["text"])
        messages.success(request, f"Note added to {consult}.")
        return redirect("consult_requests:detail", pk=pk)


def carry_out(request, consult, change, **values):
    """Make a change and say how it went, by reference only; return whether it was made."""
    try:
        change(consult, actor=request.user, **values)
    except workflow.StaleRequest:
        messages.error(request, STALE.format(consult))
    except workflow.UnreadRequest:
        messages.error(request, UNREAD.format(consult))
    except workflow.InvalidTransition:
        messages.error(request, NOT_POSSIBLE.format(consult))
    else:
        messages.success(request, f"{consult}: {consult.get_status_display()}.")
        return True
    return False
