"""One request, opened: everything there is to know before calling."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views import View

from clinic.core.facts import read_facts
from consults import audit, crisis, workflow
from consults.admin_pages import ALL_REQUESTS, DESK, way
from consults.audited_views import FrontDeskMixin
from consults.enums import AuditAction, ConsentPurpose, Purpose, TimelineAction
from consults.models import ConsentReceipt, ConsultRequest
from consults.permissions import can_change_requests, can_erase_requests
from consults.sealing.envelope import EnvelopeProblem
from consults.sealing.keys import KeyProblem
from consults.triage.acceptance import warning_of
from consults.triage.appointments.card import card_of
from consults.triage.appointments.words import tell_times
from consults.triage.in_words import best_times_in_words, clock_in_words
from consults.triage.lists.neighbors import neighbors_of
from consults.triage.lists.presence import looking_at
from consults.triage.lists.reasons import handed_in_words, reasons_for
from consults.triage.lists.site_changes import WhoIsAway
from consults.triage.replies.what_to_say import what_to_say
from consults.triage.stops import LiftForm, warning_for

from .contents import contents_for_display, crisis_card
from .differences import others_in_words
from .forms import AssignForm, NoteForm, OutcomeForm, PriorityForm, SnoozeForm, StatusForm
from .taking_back import ended_with, last_change_of
from .thread import notes_of, timeline_of
from .ways import ways_to_reach


class ConsultView(FrontDeskMixin, View):
    """The page of a request. Looking is noted."""

    def get(self, request, pk):
        """Show the request."""
        return show(request, get_object_or_404(found_by_desk(), pk=pk))


def found_by_desk():
    """Return the requests as their pages show them."""
    people = ConsultRequest.objects.from_people()
    return people.with_handed_at().with_later().with_appointment().with_site_changes()


def forms_for(consult, typed=None):
    """Return every form of the page by name: as the request stands, or as somebody filled them in."""
    stands = {"assignee": consult.assignee_id, "priority": consult.priority}
    initial = {**stands, **(typed.dict() if typed else {}), "version": consult.version}
    return {
        "outcome_form": OutcomeForm(consult=consult, initial=initial),
        "snooze_form": SnoozeForm(consult=consult, initial=initial),
        "assign_form": AssignForm(initial=initial),
        "priority_form": PriorityForm(initial=initial),
        "status_form": StatusForm(current=consult.status, initial=initial),
        "note_form": NoteForm(initial=initial),
        "lift_form": LiftForm(),
    }


def show(request, consult, *, typed=None, **filled_forms):
    """Render one request, with what somebody typed and could not send; what doesn't open is said loudly."""
    try:
        contents, notes = workflow.open_consult(consult, actor=request.user, purpose=Purpose.TRIAGE)
    except (EnvelopeProblem, KeyProblem) as problem:
        return unreadable(request, consult, problem, unsaved=typed.get("text", "") if typed else "")
    now, user = timezone.now(), request.user
    neighbors = neighbors_of(consult, request)
    thread = workflow.open_thread(consult, actor=user)
    context = {
        "consult": consult,
        "notes": notes_of(consult, notes, thread),
        **person_behind(consult, contents, thread, user, now),
        **still_open(request, consult, thread),
        **standing_of(consult, user, now),
        **agreed_to(consult),
        **history_of(consult, thread),
        **what_may_be_done(consult, user),
        **forms_for(consult, typed),
        **card_of(consult, typed),
        **filled_forms,
        "last_change": last_change_of(request),
        "neighbors": neighbors,
        # Whatever is done here leads back to the same place in the list.
        "kept": f"?{neighbors.query}" if neighbors else "",
        "breadcrumbs_items": way(DESK, ALL_REQUESTS, here=str(consult)),
    }
    context |= what_to_use(consult, contents, user, context)
    status = 422 if typed or filled_forms else 200
    return render(request, "consults/triage/detail/page.html", context, status=status)


def person_behind(consult, contents, thread, user, now):
    """Return who it is: what they wrote, their clock and place, a warning, and their other requests."""
    same = workflow.same_person(consult, contents, actor=user)
    return {
        "contents": contents_for_display(contents),
        "crisis": crisis_card(contents),
        **warning_of(consult),
        "stopped": warning_for(contents, consult),
        "repeats": others_in_words(consult, same, thread),
        "best_times": best_times_in_words(consult.best_times),
        "location": read_facts().name_of(consult.location),
        "their_clock": clock_in_words(consult.time_zone, now),
    }


def standing_of(consult, user, now):
    """Return where the request stands: why it comes up, and which colleagues have to do with it."""
    reasons = [*reasons_for(consult, now), *WhoIsAway(user).of(consult)] if consult.is_open else []
    return {
        "reasons": reasons,
        "clinician": crisis.clinician(),
        "handed": handed_in_words(consult),
        "looking": looking_at([consult], besides=user, now=now).get(consult.pk, []),
    }


def what_may_be_done(consult, user):
    """Return what this reader may do, and what waits for a second manager."""
    return {
        "may_change": can_change_requests(user),
        "may_erase": can_erase_requests(user),
        "erasure_asked_by": workflow.erasure_asked_by(consult),
        "decisions": workflow.with_what_lapsed(
            consult.decisions.open().select_related("asked_by", "consult")
        ),
    }


def what_to_use(consult, contents, user, shown):
    """Return what to say and the ways to the person, by what the page shows otherwise."""
    say = what_to_say(consult, contents, user, limits=shown)
    ways, why_quiet = ways_to_reach(
        consult,
        shown["contents"],
        say,
        asked=contents.get("way"),
        may_write=shown["may_change"] and not shown["stopped"],
        may_be_loud=not (shown["stopped"] or shown.get("unaccepted")),
    )
    return {"say": say, "ways": ways, "why_quiet": why_quiet}


def still_open(request, consult, thread):
    """Return which of the others of the person are open, and which one tap opens again."""
    others = [one.consult for one in thread]
    shown = {"is_linked": bool(consult.same_as_id or others)}
    if not can_change_requests(request.user):
        return shown
    stood = ended_with(request, consult)
    return {
        **shown,
        "others_open": [one for one in others if one.is_open],
        "others_ended": [one for one in others if one.pk in stood and one.version == stood[one.pk].version],
    }


def agreed_to(consult):
    """Return what the person agreed to, and what follows for whoever calls."""
    receipts = list(ConsentReceipt.objects.filter(reference=consult.reference))
    purposes = {receipt.purpose for receipt in receipts}
    return {
        "receipts": receipts,
        "may_text": ConsentPurpose.TEXTING in purposes,
        "may_leave_voicemail": ConsentPurpose.VOICEMAIL in purposes,
        "may_name_clinic": ConsentPurpose.VOICEMAIL_NAME in purposes,
    }


def history_of(consult, thread=()):
    """Return what happened, also to what is linked, and who has read the request."""
    timeline = timeline_of([consult, *(one.consult for one in thread)])
    tell_times(consult, timeline)
    views = (event for event in timeline if event.action == TimelineAction.VIEW and event.actor)
    readers = {event.actor for event in views if consult in event.requests}
    return {"timeline": timeline, "seen_by": sorted(reader.get_username() for reader in readers)}


def unreadable(request, consult, problem, *, unsaved=""):
    """Say loudly that an envelope doesn't open, and give back a note that could not be kept."""
    if isinstance(problem, workflow.Purged):
        return gone(request, consult, unsaved=unsaved)
    context = {
        "consult": consult,
        "problem": problem,
        "unsaved": unsaved,
        **warning_of(consult),
        # It can be ended all the same.
        "may_change": can_change_requests(request.user),
        **forms_for(consult),
    }
    return render(request, "consults/triage/detail/unreadable.html", context, status=500)


def gone(request, consult, *, unsaved=""):
    """Show what is left of a request whose contents were removed, and give back a note that came too late."""
    audit.append(AuditAction.LIST, actor=request.user, references=[consult.reference])
    timeline = timeline_of([consult])
    trail = way(DESK, ALL_REQUESTS, here=str(consult))
    context = {"consult": consult, "timeline": timeline, "unsaved": unsaved, "breadcrumbs_items": trail}
    return render(request, "consults/triage/detail/gone.html", context, status=410)
