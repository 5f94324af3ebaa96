"""What somebody meets who was slower than a colleague: both versions and the choice. Nothing is opened."""

from django import forms
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from consults import audit
from consults.admin_pages import DESK, step_to, way
from consults.enums import AuditAction
from consults.triage.appointments.words import tell_times
from consults.triage.in_words import next_in_words
from consults.triage.stops import warnings_for

from .forms import NoteForm, VersionForm


def seen_version(data) -> int:
    """Return the version that a sent form was made from; 0 where it doesn't say."""
    form = VersionForm(data)
    return form.cleaned_data["version"] if form.is_valid() else 0


def show_conflict(view, consult, *, seen):
    """Show what happened since the version ``seen`` and offer to make the view's change all the same."""
    request = view.request
    form = view.get_form({**request.POST.dict(), "version": consult.version}, consult)
    is_possible = form.is_valid() and view.is_possible(consult)
    audit.append(AuditAction.LIST, actor=request.user, references=[consult.reference], detail="conflict")
    happened = consult.timeline.last_changes(consult.version - seen)
    tell_times(consult, happened)
    sent = {name: request.POST[name] for name in form.fields if name in request.POST}
    written = sent.pop("text", "").strip()
    context = {
        "consult": consult,
        "stopped": warnings_for([consult]).get(consult.pk),
        "title": view.title,
        "wanted": in_words(form),
        "is_possible": is_possible,
        "sent": [(name, value) for name, value in sent.items() if name != "version"],
        "note_form": NoteForm(initial={"text": written}) if written else None,
        "note_url": reverse("consult_requests:note", args=[consult.pk]),
        "action": request.get_full_path(),
        "happened": happened,
        "is_own": {event.actor for event in happened} == {request.user},
        "next": next_in_words(consult),
        "breadcrumbs_items": way(DESK, step_to(consult), here="Changed meanwhile"),
    }
    return render(request, "consults/triage/detail/conflict.html", context, status=409)


def in_words(form) -> list[str]:
    """Return what a form asks for beside its note, in the words of its choices; what is odd is left out."""
    return [
        words
        for name, field in form.fields.items()
        if name != "text"
        and not field.widget.is_hidden
        and (words := _value_in_words(field, form.cleaned_data.get(name)))
    ]


def _value_in_words(field, value):
    if isinstance(field, forms.DateTimeField):
        return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT") if value else ""
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        return str(dict(field.choices).get(value, "")) if value not in (None, "") else ""
    return str(value or "")
