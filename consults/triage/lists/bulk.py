"""One thing done to several requests: those that were ticked and no others, after a look at them."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views import View
from wagtail.admin.ui.tables import Column

from clinic.core.bounded_forms import BoundedForm
from consults import audit, workflow
from consults.admin_pages import ALL_REQUESTS, way
from consults.audited_views import ChangeMixin
from consults.enums import AuditAction, Status
from consults.models import ConsultRequest
from consults.permissions import answering_users
from consults.triage.what_was_done import in_words, why_refused

MOST = 50
NOTHING = "Tick the requests first, and choose what to do."
TOO_MANY = "Tick at most 50 requests at a time."
CHANGED = "{} was changed by somebody meanwhile, so it was left as it is."


class TickColumn(Column):
    """A box for each row, belonging to the form below the list."""

    cell_template_name = "consults/triage/lists/tick.html"


class BulkForm(BoundedForm):
    """What to do, and to which requests as the list showed them."""

    ACTIONS = [
        ("assign", "Give to"),
        ("snooze", "Put off until"),
        ("spam", "Mark as spam"),
        ("ham", "Not spam: into the queue"),
    ]

    action = forms.ChoiceField(label="With the ticked ones", choices=ACTIONS)
    assignee = forms.ModelChoiceField(label="Colleague", queryset=None, required=False, empty_label="Nobody")
    until = forms.DateTimeField(
        label="Until (your clock)",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = answering_users()

    def clean(self):
        """Ask for what the action needs."""
        data = super().clean()
        if data.get("action") == "assign" and not data.get("assignee"):
            self.add_error("assignee", "Choose to whom.")
        until = data.get("until")
        if data.get("action") == "snooze":
            if not until or not timezone.now() < until <= timezone.now() + workflow.LONGEST_SNOOZE:
                self.add_error("until", "Choose a time from now on, within 14 days.")
        return data

    def change(self, consult, *, actor, version) -> workflow.Done:
        """Do it to one request and return what was done. Raises like the workflow."""
        data, change = self.cleaned_data, {"actor": actor, "version": version}
        match data["action"]:
            case "assign":
                return workflow.assign(consult, assignee=data["assignee"], **change)
            case "snooze":
                return workflow.snooze(consult, until=data["until"], **change)
            case "spam":
                return workflow.change_status(consult, status=Status.SPAM, **change)
            case "ham":
                return workflow.change_status(consult, status=Status.NEW, **change)


class BulkView(ChangeMixin, View):
    """First a page that names what is going to happen, then the doing."""

    def post(self, request):
        """Show what was ticked, or do it once it is confirmed."""
        form, ticked = BulkForm(request.POST), ticked_in(request.POST)
        if not ticked or not form.is_valid():
            errors = [message for messages_ in form.errors.values() for message in messages_]
            messages.error(request, " ".join(errors) if ticked and errors else NOTHING)
            return redirect("consult_requests:all")
        if len(ticked) > MOST:
            messages.error(request, TOO_MANY)
            return redirect("consult_requests:all")
        found = ConsultRequest.objects.from_people().filter(pk__in=ticked).oldest_first()
        if "confirmed" not in request.POST:
            return confirm(request, form, ticked, found)
        workflow.hold(found)
        results = [self.do(form, consult, ticked[consult.pk]) for consult in found]
        done, not_done = (
            [said for is_done, said in results if is_done == wanted] for wanted in (True, False)
        )
        if done:
            messages.success(request, f"Done: {len(done)}. {' '.join(done)}")
        if not_done:
            messages.error(request, f"Not done: {len(not_done)}. {' '.join(not_done)}")
        return redirect("consult_requests:all")

    def do(self, form, consult, version):
        """Return whether all of it was done to one request, and how that went in words."""
        try:
            done = form.change(consult, actor=self.request.user, version=version)
        except workflow.StaleRequest:
            return False, CHANGED.format(consult)
        except workflow.InvalidTransition as problem:
            return False, why_refused(consult, problem)
        return not done.undone, f"{consult}: {in_words(consult, done)}"


def ticked_in(data) -> dict[int, int]:
    """Return ``{pk: version}`` of the ticked boxes; what isn't two numbers counts as not ticked."""
    pairs = (text.split(":") for text in data.getlist("ticked"))
    numbers = (pair for pair in pairs if len(pair) == 2 and all(n.isascii() and n.isdigit() for n in pair))
    return {int(pk): int(version) for pk, version in numbers if len(pk) < 12 and len(version) < 9}


def confirm(request, form, ticked, found):
    """Render the page between."""
    audit.append(AuditAction.LIST, actor=request.user, references=[consult.reference for consult in found])
    context = {
        "form": form,
        "what": dict(BulkForm.ACTIONS)[form.cleaned_data["action"]],
        "found": found,
        "sent": [(name, value) for name, values in request.POST.lists() for value in values
                 if name in ("action", "assignee", "until", "ticked")],
        "breadcrumbs_items": way(ALL_REQUESTS, here="Several at once"),
    }  # fmt: skip
    return render(request, "consults/triage/lists/bulk_confirm.html", context)
