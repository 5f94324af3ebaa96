"""What the buttons of a request do. Each says by reference how it went, and changes nothing else."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views import View

from consults import workflow
from consults.enums import Status
from consults.models import ConsultRequest
from consults.permissions import can_erase_requests
from consults.sealing.envelope import EnvelopeProblem
from consults.sealing.keys import KeyProblem

from .access import ChangeMixin
from .conflict import seen_version, show_conflict
from .forms import (
    AssignForm,
    HoldForm,
    LinkForm,
    NoteForm,
    OutcomeForm,
    PriorityForm,
    SnoozeForm,
    StatusForm,
    VersionForm,
)
from .positions import position_in
from .request_page import show, unreadable
from .stops import say_if_not_registered

UNKNOWN = "Nothing was saved: what was sent does not fit {}. This is how it stands."
NOT_POSSIBLE = "{} can't be moved there from where it stands."
SECOND_PERSON = (
    "{} was marked to be read first, so one person alone doesn't take that back. Nothing was saved. "
    "Hand it to the clinician, or let a colleague deal with it first."
)
WAITS = "{} stays open: it was marked to be read first. Ask a colleague to look at it and to close it."
UNREAD = "Nobody has opened {} yet. Read it before you close it."


class ActionView(ChangeMixin, View):
    """A form of the page: a change to the request as the page showed it."""

    form_class = VersionForm
    # The name under which the page shows the form with its errors.
    form_name = ""
    change = None
    # What the change is called on the page that shows a conflict.
    title = ""
    # Whether somebody goes back to the list afterwards, and not to the request.
    ends_visit = False

    def get_form(self, data, consult):
        """Return the filled form."""
        return self.form_class(data)

    def is_possible(self, consult):
        """Whether the change can still be made, as the request stands."""
        return consult.is_open

    def post(self, request, pk):
        """Make the change, or show what is missing or what a colleague did meanwhile."""
        consult = get_object_or_404(ConsultRequest.objects.from_people(), pk=pk)
        seen = seen_version(request.POST)
        if 0 < seen < consult.version:
            return show_conflict(self, consult, seen=seen)
        form = self.get_form(request.POST, consult)
        if form.is_valid() and seen == consult.version:
            try:
                is_done = carry_out(request, consult, type(self).change, **form.cleaned_data)
            except workflow.StaleRequest:
                consult.refresh_from_db()
                return show_conflict(self, consult, seen=seen)
            return to_list(request) if is_done and self.ends_visit else to_request(request, pk)
        if self.form_name and seen == consult.version:
            return show(request, consult, **{self.form_name: form})
        messages.error(request, UNKNOWN.format(consult))
        return to_request(request, pk)


class ClaimView(ActionView):
    """Taking a new request."""

    title = "Claim it"
    change = workflow.claim

    def is_possible(self, consult):
        """Only a new one can be claimed."""
        return consult.status == Status.NEW


class StatusView(ActionView):
    """Moving a request."""

    title = "Move it"
    form_name = "status_form"
    change = workflow.change_status

    def get_form(self, data, consult):
        """Offer the moves that are possible from here."""
        return StatusForm(data, current=consult.status)

    def is_possible(self, consult):
        """The form knows which moves are left."""
        return True


class OutcomeView(ActionView):
    """One tap after a call."""

    title = "Write down what came of a call"
    form_name = "outcome_form"
    change = workflow.record_outcome
    ends_visit = True

    def get_form(self, data, consult):
        """Offer the outcomes that this person's permissions allow."""
        return OutcomeForm(data, request=consult)


class SnoozeView(ActionView):
    """Putting a request off."""

    title = "Put it off"
    form_class, form_name = SnoozeForm, "snooze_form"
    change = workflow.snooze
    ends_visit = True


class AssignView(ActionView):
    """Giving a request to a colleague."""

    title = "Give it to somebody"
    form_class, form_name = AssignForm, "assign_form"
    change = workflow.assign


class LinkView(ActionView):
    """Saying that two requests are of one person."""

    title = "Link it to an earlier one"
    form_class = LinkForm
    change = workflow.link

    def is_possible(self, consult):
        """Whether it stands alone still."""
        return consult.same_as_id is None


class UnlinkView(ActionView):
    """Taking that back."""

    title = "Remove the link"
    change = workflow.unlink

    def is_possible(self, consult):
        """Whether there is a link still."""
        return consult.same_as_id is not None


class PriorityView(ActionView):
    """Saying what is to be read first."""

    title = "Mark how soon to read it"
    form_class, form_name = PriorityForm, "priority_form"
    change = workflow.set_priority


class HandOverView(ActionView):
    """Saying that the clinician in charge was told."""

    title = "Note that it was handed to the clinician"
    change = workflow.hand_over


class MissedView(ActionView):
    """Saying that the word lists should have put a request first."""

    title = "Put it first, since the word list missed it"
    change = workflow.report_missed


class ManagerActionView(ActionView):
    """What managers alone do."""

    is_allowed = staticmethod(lambda user: ActionView.is_allowed(user) and can_erase_requests(user))

    def is_possible(self, consult):
        """Whether there is something left to keep or to remove."""
        return consult.purged_at is None


class HoldView(ManagerActionView):
    """Keeping contents beyond their time, or no longer."""

    title = "Keep the contents, or no longer"
    form_class = HoldForm
    change = workflow.set_hold


class EraseView(ManagerActionView):
    """Removing contents, which takes two managers."""

    title = "Remove the contents"
    change = workflow.erase


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
        return to_request(request, pk)


def to_request(request, pk):
    """Lead back to the request, in the list that somebody came from."""
    position = position_in(request)
    if position is None:
        return redirect("consult_requests:detail", pk=pk)
    return redirect(position.url_of(pk, at=position.at))


def to_list(request):
    """Lead back to the list that somebody came from."""
    position = position_in(request)
    return redirect(position.list_url if position else "consult_requests:index")


def carry_out(request, consult, change, **values):
    """Make a change and say how it went, by reference only; return whether it was made.

    Raises StaleRequest.
    """
    try:
        change(consult, actor=request.user, **values)
    except workflow.UnreadRequest:
        messages.error(request, UNREAD.format(consult))
    except workflow.SecondPersonNeeded:
        messages.error(request, SECOND_PERSON.format(consult))
    except workflow.InvalidTransition:
        messages.error(request, NOT_POSSIBLE.format(consult))
    else:
        if workflow.waits_for_second_person(consult):
            messages.warning(request, WAITS.format(consult))
        else:
            messages.success(request, f"{consult}: {consult.get_status_display()}.")
        say_if_not_registered(request, consult, **values)
        return True
    return False
