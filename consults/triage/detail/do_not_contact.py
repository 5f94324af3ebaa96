"""Both ways to change who may be contacted, besides what came of a call and closing."""

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.views import View

from clinic.accounts import fresh
from consults import workflow
from consults.audited_views import ChangeMixin
from consults.models import ConsultRequest
from consults.permissions import can_erase_requests
from consults.sealing.envelope import EnvelopeProblem
from consults.sealing.keys import KeyProblem
from consults.triage.stops import NOT_REGISTERED, LiftForm
from consults.triage.what_was_done import deciding_in_words, why_refused

from .actions import is_second, to_request
from .one_person import held_others, stop_others
from .page import show, unreadable

REGISTERED = "{}: whoever comes upon this number or address is warned from now on."
LIFTED = "{}: they may be contacted again."
NOTHING_TO_LIFT = "{}: nothing was changed, since nobody asked us to stop under this number or address."


class StopView(ChangeMixin, View):
    """Registering that the person of an ended request asked us to stop."""

    def post(self, request, pk):
        """Remember it, or say that it could not be."""
        consult = get_object_or_404(ConsultRequest.objects.from_people(), pk=pk)
        others = held_others(consult)
        try:
            workflow.stop_contact(consult, actor=request.user)
        except (EnvelopeProblem, KeyProblem):
            messages.error(request, NOT_REGISTERED.format(consult))
        else:
            messages.success(request, REGISTERED.format(consult))
        # They asked, whether this one opens or not: nobody calls them because of another one.
        stop_others(request, consult, others)
        return to_request(request, pk)


class LiftStopView(ChangeMixin, View):
    """Taking that back, which managers do."""

    is_allowed = staticmethod(lambda user: ChangeMixin.is_allowed(user) and can_erase_requests(user))

    def post(self, request, pk):
        """Lift it, or say what is missing."""
        if is_second(request.user, pk) and not fresh.is_fresh(request):
            return fresh.ask_first(request)
        consult = get_object_or_404(ConsultRequest.objects.from_people(), pk=pk)
        form = LiftForm(request.POST)
        if not form.is_valid():
            return show(request, consult, lift_form=form)
        try:
            done = workflow.lift_stop(consult, actor=request.user, reason=form.cleaned_data["reason"])
        except workflow.NotSettled as problem:
            messages.error(request, why_refused(consult, problem))
        except workflow.InvalidTransition:
            messages.error(request, NOTHING_TO_LIFT.format(consult))
        except (EnvelopeProblem, KeyProblem) as problem:
            return unreadable(request, consult, problem)
        else:
            waits = deciding_in_words(done)
            messages.add_message(
                request,
                messages.WARNING if waits else messages.SUCCESS,
                f"{consult}: {waits}" if waits else LIFTED.format(consult),
            )
        return to_request(request, pk)
