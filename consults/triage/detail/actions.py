"""What the buttons of a request do. Each says by reference how it went, and changes nothing else."""

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.views import View

from clinic.accounts import fresh
from consults import workflow
from consults.audited_views import ChangeMixin
from consults.enums import Status
from consults.models import Decision
from consults.permissions import can_erase_requests
from consults.sealing.envelope import EnvelopeProblem
from consults.sealing.keys import KeyProblem
from consults.triage.stops import say_if_not_registered
from consults.triage.what_was_done import in_words, tell, tell_of_note, why_refused

from .conflict import seen_version, show_conflict
from .forms import (
    ActionForm,
    AssignForm,
    EraseForm,
    HoldForm,
    LinkForm,
    NoteForm,
    OutcomeForm,
    PriorityForm,
    SnoozeForm,
    StatusForm,
)
from .going_on import to_list, to_request
from .one_person import do_to_others, others_concerned, tell_of_open
from .page import found_by_desk, show, unreadable
from .taking_back import forget, last_change_of, remember

TOO_LATE = (
    "{}: nothing was taken back, since more than a minute has passed or it can’t be taken back any more."
)
CHANGED_SINCE = "{}: nothing was taken back, since it was changed in the meantime. This is how it stands."
UNKNOWN = "Nothing was saved: what was sent does not fit {}. This is how it stands."


class ActionView(ChangeMixin, View):
    """A form of the page: a change to the request as the page showed it."""

    form_class = ActionForm
    # The name under which the page shows the form with its errors.
    form_name = ""
    change = None
    # What the change is called on the page that shows a conflict.
    title = ""
    # Whether somebody goes back to the list afterwards, and not to the request.
    ends_visit = False
    # Whether something came of it that may end the person's other requests too.
    offers_others = False

    def get_form(self, data, consult):
        """Return the filled form."""
        return self.form_class(data)

    def is_possible(self, consult):
        """Whether the change can still be made, as the request stands."""
        return consult.is_open

    def post(self, request, pk):
        """Make the change, or show what is missing or what a colleague did meanwhile."""
        consult = get_object_or_404(found_by_desk(), pk=pk)
        seen = seen_version(request.POST)
        if 0 < seen < consult.version:
            return show_conflict(self, consult, seen=seen)
        form = self.get_form(request.POST, consult)
        if not form.is_valid() or seen != consult.version:
            return self.give_back(consult, form, is_known=seen == consult.version)
        try:
            is_done = carry_out(request, consult, type(self).change, **form.cleaned_data)
        except workflow.StaleRequest:
            consult.refresh_from_db()
            return show_conflict(self, consult, seen=seen)
        except (EnvelopeProblem, KeyProblem) as problem:
            return unreadable(request, consult, problem, unsaved=form.cleaned_data["text"])
        if not is_done and form.cleaned_data["text"]:
            return show(request, consult, typed=request.POST)
        # What is still open of the same person is offered on the page.
        if is_done and self.offers_others and tell_of_open(request, consult):
            return to_request(request, pk)
        return to_list(request) if is_done and self.ends_visit else to_request(request, pk)

    def give_back(self, consult, form, *, is_known):
        """Show the page with what is missing; nothing that was typed gets lost."""
        request = self.request
        is_told = bool(self.form_name or "text" in form.errors) and is_known
        if not is_told:
            messages.error(request, UNKNOWN.format(consult))
        if not is_told and not request.POST.get("text", "").strip():
            return to_request(request, consult.pk)
        filled = {self.form_name: form} if self.form_name and is_told else {}
        if "text" in form.errors:
            filled["note_form"] = form
        return show(request, consult, typed=request.POST, **filled)


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
    offers_others = True

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
    ends_visit = offers_others = True

    def get_form(self, data, consult):
        """Offer the outcomes that this person's permissions allow."""
        return OutcomeForm(data, consult=consult)


class SnoozeView(ActionView):
    """Putting a request off."""

    title = "Put it off"
    form_name = "snooze_form"
    change = workflow.snooze
    ends_visit = True

    def get_form(self, data, consult):
        """Offer what the request may wait for."""
        return SnoozeForm(data, consult=consult)


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
        return consult.same_as_id is None and not consult.repeats.exists()


class UnlinkView(ActionView):
    """Taking that back."""

    title = "Remove the link"
    change = workflow.unlink

    def is_possible(self, consult):
        """Whether there is a link still."""
        return consult.same_as_id is not None or consult.repeats.exists()


class PriorityView(ActionView):
    """Saying what is to be read first."""

    title = "Mark how soon to read it"
    form_class, form_name = PriorityForm, "priority_form"
    change = workflow.set_priority


class HandToClinicianView(ActionView):
    """Saying that the clinician in charge was told."""

    title = "Note that it was handed to the clinician"
    change = workflow.hand_to_clinician


class MissedView(ActionView):
    """Saying that the word lists should have put a request first."""

    title = "Put it first, since the word list missed it"
    change = workflow.report_missed


def is_second(user, pk) -> bool:
    """Whether another manager waits for somebody to agree to something about this request."""
    return Decision.objects.open().filter(consult=pk).exclude(asked_by=user).exists()


class ManagerActionView(ActionView):
    """What managers alone do."""

    is_allowed = staticmethod(lambda user: ActionView.is_allowed(user) and can_erase_requests(user))

    def post(self, request, pk):
        """Ask first who is there, where another manager wished it: an open browser agrees to nothing."""
        if is_second(request.user, pk) and not fresh.is_fresh(request):
            return fresh.ask_first(request)
        return super().post(request, pk)

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
    form_class = EraseForm
    change = workflow.erase


class NoteView(ChangeMixin, View):
    """Adding a note."""

    def post(self, request, pk):
        """Seal and keep the note; nothing that was typed gets lost."""
        consult = get_object_or_404(found_by_desk(), pk=pk)
        form = NoteForm(request.POST)
        if not form.is_valid():
            return show(request, consult, typed=request.POST, note_form=form)
        try:
            done = workflow.add_note(consult, actor=request.user, text=form.cleaned_data["text"])
        except (EnvelopeProblem, KeyProblem) as problem:
            return unreadable(request, consult, problem, unsaved=form.cleaned_data["text"])
        tell_of_note(request, consult, done)
        return to_request(request, pk)


class UndoView(ChangeMixin, View):
    """Taking back the last change of this session, once."""

    def post(self, request, pk):
        """Bring the request back to where it stood, or say why not."""
        consult = get_object_or_404(found_by_desk(), pk=pk)
        self.take_back(consult)
        return to_list(request) if "to_list" in request.POST else to_request(request, pk)

    def take_back(self, consult):
        """Do it, and say what became of it."""
        request = self.request
        kept, seen = last_change_of(request), seen_version(request.POST)
        if not kept or (kept["pk"], kept["version"]) != (consult.pk, seen):
            messages.error(request, TOO_LATE.format(consult))
            return
        forget(request)
        try:
            done = workflow.undo(consult, actor=request.user, version=seen, before=kept["before"])
        except workflow.StaleRequest:
            messages.error(request, CHANGED_SINCE.format(consult))
        except workflow.InvalidTransition:
            messages.error(request, TOO_LATE.format(consult))
        else:
            messages.success(request, f"{consult}: {in_words(consult, done)}")


def carry_out(request, consult, change, **values):
    """Make a change with its note and say how it went, by reference only; return whether it was made.

    Raises StaleRequest, EnvelopeProblem, KeyProblem.
    """
    before = workflow.as_it_stands(consult)
    others = others_concerned(consult, change, values)
    try:
        done, note = workflow.with_note(change, consult, actor=request.user, **values)
    except workflow.InvalidTransition as problem:
        messages.error(request, why_refused(consult, problem))
        # What was reckoned before the refusal is not what is stored.
        consult.refresh_from_db()
        return False
    tell(request, consult, done, note, used=[name for name in values if values[name]])
    say_if_not_registered(request, consult, **values)
    remember(request, consult, done, before)
    do_to_others(request, consult, change, others, values)
    return True
