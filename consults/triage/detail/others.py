"""The buttons for the other open requests of a person: end them with this one, go on apart, undo."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.views import View

from clinic.core.bounded_forms import BoundedForm
from consults import workflow
from consults.audited_views import ChangeMixin
from consults.sealing.envelope import EnvelopeProblem
from consults.sealing.keys import KeyProblem
from consults.triage.what_was_done import tell_of_note, tell_together

from .actions import UNKNOWN, to_request
from .forms import NoteField, NoteForm
from .page import found_by_desk, show, unreadable
from .taking_back import ended_with, forget_ended, remember_ended

ENDED = "Ended as duplicates: {}."
SEPARATE = "On their own again: {}."
REOPENED = "Open again, as they stood: {}."
NOTHING_LEFT = "There is nothing to undo any more. This is how it stands."
LONGEST_KEY, LONGEST_VERSION = 11, 8


class BesideForm(BoundedForm):
    """The note that was written beside a button."""

    text = NoteField(required=False)


class OthersForm(BesideForm):
    """What becomes of the others, each with the version that the page showed."""

    do = forms.ChoiceField(choices=[("end", "End them as duplicates"), ("separate", "Go on separately")])

    def clean(self):
        """Read which ones: pairs of two numbers, and not too many."""
        data = super().clean()
        pairs = self.data.getlist("other")
        if not 0 < len(pairs) <= workflow.MOST_TOGETHER:
            raise ValidationError("Which ones?")
        data["others"] = dict(_numbers(pair) for pair in pairs)
        return data


def _numbers(pair):
    pk, _, version = pair.partition(":")
    for text, longest in ((pk, LONGEST_KEY), (version, LONGEST_VERSION)):
        if not (text.isascii() and text.isdecimal() and len(text) <= longest):
            raise ValidationError("Which ones?")
    return int(pk), int(version)


class OthersView(ChangeMixin, View):
    """Ending the others, or removing their links, as far as it is possible with each."""

    def post(self, request, pk):
        """Do it and say how it went; a note that was written beside it is kept as well."""
        consult = get_object_or_404(found_by_desk(), pk=pk)
        form = OthersForm(request.POST)
        if "text" in form.errors:
            return show(request, consult, typed=request.POST, note_form=NoteForm(request.POST))
        if not form.is_valid():
            messages.error(request, UNKNOWN.format(consult))
            return to_request(request, pk)
        is_end = form.cleaned_data["do"] == "end"
        workflow.hold_thread(consult)
        try:
            keep_note(request, consult, form.cleaned_data["text"])
        except (EnvelopeProblem, KeyProblem) as problem:
            return unreadable(request, consult, problem, unsaved=form.cleaned_data["text"])
        do = workflow.end_others if is_end else workflow.separate_others
        together = do(consult, actor=request.user, others=form.cleaned_data["others"])
        remember_ended(request, consult, together.stood)
        tell_together(request, together, ENDED if is_end else SEPARATE)
        return to_request(request, pk)


class ReopenOthersView(ChangeMixin, View):
    """Undoing the ending, where nobody acted since."""

    def post(self, request, pk):
        """Do it and say how it went."""
        consult = get_object_or_404(found_by_desk(), pk=pk)
        form = BesideForm(request.POST)
        if not form.is_valid():
            return show(request, consult, typed=request.POST, note_form=NoteForm(request.POST))
        workflow.hold_thread(consult)
        try:
            keep_note(request, consult, form.cleaned_data["text"])
        except (EnvelopeProblem, KeyProblem) as problem:
            return unreadable(request, consult, problem, unsaved=form.cleaned_data["text"])
        stood = ended_with(request, consult)
        forget_ended(request)
        if stood:
            tell_together(request, workflow.reopen_others(stood, actor=request.user), REOPENED)
        else:
            messages.error(request, NOTHING_LEFT)
        return to_request(request, pk)


def keep_note(request, consult, text):
    """Keep the note that was written beside the button, if any. Raises EnvelopeProblem, KeyProblem."""
    if text:
        tell_of_note(request, consult, workflow.add_note(consult, actor=request.user, text=text))
