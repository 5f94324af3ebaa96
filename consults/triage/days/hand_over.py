"""The hand-over from one shift to the next: the card, a sentence for the next shift, and who took over."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.views import View

from consults import workflow
from consults.admin_pages import DESK, PageMixin
from consults.audited_views import AuditedMixin, ChangeMixin
from consults.models import HandOver
from consults.permissions import can_change_requests, can_read_requests

from .card import card_at
from .forms import HandOverForm, TakeOverForm

PAGE = "consult_requests:hand_over"
UNKNOWN = "Nothing was taken over, since the page did not say what you read. Press the button below again."
NOTHING_WAITS = "Somebody took over already: who it was stands below."
MORE_WAITS = "There is more that you have not read yet: it stands below."


class HandOverView(AuditedMixin, PageMixin, View):
    """The card. The workflow notes who saw it, since it opens what was handed over."""

    is_allowed = staticmethod(can_read_requests)
    page_title = "Hand-over"
    breadcrumbs_items = (DESK,)
    template_name = "consults/triage/days/hand_over.html"

    def get(self, request):
        """Show it."""
        return self.show(HandOverForm())

    def post(self, request):
        """Keep the sentence; what can't be kept stays in the field, with the reason."""
        if not can_change_requests(request.user):
            return self.refuse(request, "Message for the next shift")
        form = HandOverForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        workflow.hand_over(actor=request.user, text=form.cleaned_data["text"])
        messages.success(request, "Your message stands here and on the desk until somebody takes over.")
        return redirect(PAGE)

    def show(self, form, status=200):
        """Render the page."""
        now, user = timezone.now(), self.request.user
        card = card_at(now, user)
        handed = workflow.read_hand_overs(actor=user, references=card.references)
        # Where nothing waits, the last one stands there with who took over.
        shown = 0 if handed.waiting else 1
        context = {
            "card": card,
            "now": now,
            "handed": handed,
            "said": handed.waiting or handed.earlier[:shown],
            "earlier": handed.earlier[shown:],
            "form": form,
            "may_change": can_change_requests(user),
        }
        return self.show_page(context, status)


class TakeOverView(ChangeMixin, View):
    """The button of whoever comes."""

    http_method_names = ("post",)

    def post(self, request):
        """Note it for all that stood on the page, or say that somebody was first."""
        form = TakeOverForm(request.POST)
        if not form.is_valid():
            messages.error(request, UNKNOWN)
            return redirect(PAGE)
        try:
            authors = workflow.take_over(form.cleaned_data["keys"], actor=request.user)
        except workflow.InvalidTransition:
            messages.warning(request, NOTHING_WAITS)
        else:
            messages.success(request, f"You took over from {', '.join(authors)}.")
            if HandOver.objects.waiting().exists():
                messages.warning(request, MORE_WAITS)
        return redirect(PAGE)
