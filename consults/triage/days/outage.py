"""The sheet to go on with while the site is away: asked for it is a form, posted it opens the names."""

from collections import defaultdict
from datetime import timedelta
from typing import NamedTuple

from django import forms
from django.shortcuts import render
from django.utils import timezone
from django.views import View

from clinic.accounts import fresh
from clinic.core.bounded_forms import BoundedForm
from clinic.core.time_zones import TIME_ZONE_CHOICES
from consults import workflow
from consults.admin_pages import DESK, PageMixin
from consults.audited_views import ChangeMixin
from consults.enums import AppointmentState, ConsentPurpose
from consults.models import ConsentReceipt, ConsultRequest
from consults.triage.acceptance import warnings_of
from consults.triage.detail.contents import contents_for_display
from consults.triage.in_words import best_times_in_words, moment_in_words
from consults.triage.lists.order import by_urgency
from consults.triage.lists.reasons import plans_for
from consults.triage.lists.threads import folded_under, thread_among
from consults.triage.sentence_fields import ReasonField
from consults.triage.stops import warnings_for

MOST_ON_SHEET = 200
DESTROYED_AFTER = timedelta(days=3)
ZONES = dict(TIME_ZONE_CHOICES)


class OutageForm(BoundedForm):
    """Why somebody takes the names out of the site, and that they mean it."""

    reason = ReasonField(
        label="Why you need names and numbers on paper",
        help_text="No names and nothing about health here: it stands in the audit.",
    )
    is_meant = forms.BooleanField(
        label="I print it now, keep it locked away, and destroy it afterwards",
        error_messages={"required": "Tick the box first: the sheet holds names and numbers."},
    )


class SheetLine(NamedTuple):
    """A request on the sheet, with what may and must not be done."""

    consult: ConsultRequest
    # Whether it is another one of the person in the line above.
    is_folded: bool
    contents: object
    when: str
    best_times: str
    zone: str
    reasons: list
    stopped: str
    warnings: dict
    may_text: bool
    may_leave_voicemail: bool
    may_name_clinic: bool


class OutageView(ChangeMixin, PageMixin, View):
    """The most urgent open requests with names and contacts, on paper."""

    page_title = "Sheet for an outage"
    breadcrumbs_items = (DESK,)
    template_name = "consults/triage/days/outage.html"

    def get(self, request):
        """Show what it is for. No link and no preview opens anything."""
        return self.show(OutageForm())

    def post(self, request):
        """Return the sheet, once it is sure who asks and that they mean it."""
        form = OutageForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        if not fresh.is_fresh(request):
            return fresh.ask_first(request)
        now = timezone.now()
        leading, number = _most_urgent(now)
        rows = workflow.open_for_outage(
            _with_folded(leading), actor=request.user, reason=form.cleaned_data["reason"]
        )
        context = {
            "lines": _lines(rows, {consult.pk for consult in leading}, now),
            "left_out": number - len(leading),
            "printed_at": now,
            "destroy_by": now + DESTROYED_AFTER,
        }
        return render(request, "consults/triage/days/outage_sheet.html", context)

    def show(self, form, status=200):
        """Render the page."""
        number = ConsultRequest.objects.from_people().open().leading().count()
        return self.show_page({"form": form, "number": number, "most": MOST_ON_SHEET}, status)


def _most_urgent(now):
    """Return the requests that lead, one of each person and what is due first, and how many there are."""
    people = _as_shown(ConsultRequest.objects.from_people())
    due = list(by_urgency(people.due(now), now)[:MOST_ON_SHEET])
    later = people.later(now).order_by("-thread_priority", "comes_up_at", "pk")[: MOST_ON_SHEET - len(due)]
    return [*due, *later], ConsultRequest.objects.from_people().open().leading().count()


def _with_folded(leading):
    """Return each with the others of its person behind it: what was agreed may stand in any of them."""
    by_thread = defaultdict(list)
    threads = {consult.thread_id for consult in leading}
    for other in _as_shown(folded_under(leading)):
        by_thread[thread_among(other, threads)].append(other)
    return [one for consult in leading for one in (consult, *by_thread[consult.thread_id])]


def _as_shown(requests):
    return requests.select_related("assignee").with_appointment().with_site_changes()


def _lines(rows, leading, now):
    requests = [row.consult for row in rows]
    stops, warnings, consents = warnings_for(requests), warnings_of(requests), _consents(requests)
    return [
        SheetLine(
            consult=row.consult,
            is_folded=row.consult.pk not in leading,
            contents=contents_for_display(row.contents) if row.contents is not None else None,
            when=_when(row.consult),
            best_times=best_times_in_words(row.consult.best_times),
            zone=ZONES.get(row.consult.time_zone, row.consult.time_zone),
            reasons=plans_for(row.consult, now),
            stopped=stops.get(row.consult.pk, ""),
            warnings=warnings[row.consult.pk],
            may_text=(row.consult.reference, ConsentPurpose.TEXTING) in consents,
            may_leave_voicemail=(row.consult.reference, ConsentPurpose.VOICEMAIL) in consents,
            may_name_clinic=(row.consult.reference, ConsentPurpose.VOICEMAIL_NAME) in consents,
        )
        for row in rows
    ]


def _when(consult):
    """Return what was agreed and when, an appointment beside a call as well; else when it comes up."""
    times = [consult.agreed_at or consult.next_action_at]
    if consult.appointment_state == AppointmentState.PLANNED and consult.appointment_at not in times:
        times.append(consult.appointment_at)
    return " and ".join(map(moment_in_words, sorted(times)))


def _consents(requests):
    """Return which person agreed to what, as pairs of a reference and a purpose."""
    references = [consult.reference for consult in requests]
    return set(ConsentReceipt.objects.filter(reference__in=references).values_list("reference", "purpose"))
