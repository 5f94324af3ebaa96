"""What we hold about a person, on paper for that person: asked for on a page, made by a deliberate act."""

from django import forms
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views import View

from clinic.accounts import fresh
from clinic.core.bounded_forms import BoundedForm
from clinic.core.facts import read_facts
from clinic.core.time_zones import TIME_ZONE_CHOICES
from consults import audit, workflow
from consults.admin_pages import DESK, PageMixin, step_to
from consults.audited_views import ChangeMixin
from consults.enums import AuditAction
from consults.models import ConsultRequest
from consults.permissions import can_erase_requests
from consults.triage.appointments.words import told_in_words
from consults.triage.in_words import best_times_in_words

from .contents import contents_for_display

SHORTEST_REASON, LONGEST_REASON = 10, 180
# In the words of whoever asks; what isn't here stands under its own name, so that nothing is left out.
LABELS = {
    "name": "Name",
    "phone": "Phone",
    "phone_e164": "Phone, as we dial it",
    "email": "E-mail",
    "likely_email": "Perhaps meant as e-mail",
    "way": "How to reach you",
    "topic": "About",
    "for_whom": "For whom",
    "age": "18 or over",
    "state": "State",
    "needs": "What you need",
    "note": "Your words",
    "corrects": "Sent to correct request",
}
CLEAR = (
    ("Came by", lambda r: r.get_channel_display()),
    ("Stands as", lambda r: r.get_status_display()),
    ("Ended because", lambda r: r.get_closed_reason_display()),
    ("Language", lambda r: r.get_locale_display()),
    ("Good times", lambda r: best_times_in_words(r.best_times)),
    ("Time zone", lambda r: dict(TIME_ZONE_CHOICES).get(r.time_zone, r.time_zone)),
    ("Place", lambda r: read_facts().name_of(r.location)),
    ("Came from this part of our site", lambda r: r.get_source_section_display()),
    ("Came by an advertisement or letter of this kind", lambda r: r.campaign and r.get_campaign_display()),
    ("Heard of us", lambda r: r.heard_from and r.get_heard_from_display()),
    ("To be read", lambda r: r.priority and r.get_priority_display()),
    ("Looked like spam, by these signs", lambda r: "; ".join(r.spam_reasons)),
    ("Tries to reach you", lambda r: str(r.attempts)),
)


class HeldForm(BoundedForm):
    """How whoever asks for it is known to be that person."""

    reason = forms.CharField(
        label="How you know that it is this person who asks",
        min_length=SHORTEST_REASON,
        max_length=LONGEST_REASON,
        help_text="No names and nothing about health: it stands in the audit.",
        error_messages={
            "required": "Say how you know.",
            "min_length": "Say it in ten characters or more.",
            "max_length": f"Use {LONGEST_REASON} characters or fewer.",
        },
    )


class HeldView(ChangeMixin, PageMixin, View):
    """For managers who signed in just now. The page before it shows nothing; no link makes the report."""

    is_allowed = staticmethod(lambda user: ChangeMixin.is_allowed(user) and can_erase_requests(user))
    page_title = "What we hold"
    template_name = "consults/triage/detail/ask_for_held.html"

    def get(self, request, pk):
        """Say what the report holds, and ask why it is made."""
        consult = self.found(pk)
        references = [consult.reference, *(str(other) for other in workflow.others_of(consult))]
        audit.append(AuditAction.LIST, actor=request.user, references=references, detail="what we hold")
        return self.show(consult, HeldForm(), references)

    def post(self, request, pk):
        """Return the report."""
        consult, form = self.found(pk), HeldForm(request.POST)
        if not form.is_valid():
            references = [consult.reference, *(str(other) for other in workflow.others_of(consult))]
            return self.show(consult, form, references, status=422)
        if not fresh.is_fresh(request):
            return fresh.ask_first(request)
        held = workflow.what_we_hold(consult, actor=request.user, reason=form.cleaned_data["reason"])
        return render(request, "consults/triage/detail/held.html", report_of(held))

    def found(self, pk):
        """Return the request."""
        return get_object_or_404(ConsultRequest.objects.from_people(), pk=pk)

    def show(self, consult, form, references, status=200):
        """Render the page before the report."""
        self.breadcrumbs_items = [DESK, step_to(consult)]
        context = {"consult": consult, "form": form, "references": references}
        return self.show_page(context, status)


def report_of(held) -> dict:
    """Return the context of the report."""
    stops = sorted((one.stop.at for one in held if one.stop), reverse=True)
    return {
        "made_at": timezone.now(),
        "stopped_at": stops[0] if stops else None,
        "held": [
            {
                "one": one,
                "clear": [(label, value) for label, words in CLEAR if (value := words(one.consult))],
                "contents": _contents_in_words(one.contents or {}),
                "appointments": [
                    (told_in_words(made, role, has_time=not one.consult.purged_at), made)
                    for made, role in one.appointments
                ],
            }
            for one in held
        ],
    }


def _contents_in_words(contents):
    """Return label and value of each answer, also of those that no page of the desk shows."""
    shown = contents_for_display(contents)._asdict() if contents else {}
    return [
        (LABELS.get(name, name), shown.get(name, value))
        for name, value in sorted(contents.items(), key=_place)
        if value
    ]


def _place(item):
    order = list(LABELS)
    return order.index(item[0]) if item[0] in order else len(order)
