"""The page on which one shift hands over to the next: the card, a sentence, and who took over."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views import View

from consults import workflow
from consults.admin_pages import DESK, PageMixin
from consults.audited_views import AuditedMixin, ChangeMixin
from consults.models import HandOver
from consults.permissions import can_change_requests, can_read_requests

from .card import card_at
from .forms import HandOverForm

PAGE = "consult_requests:hand_over"


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
            return self.refuse(request, "Handing over")
        form = HandOverForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        workflow.hand_over(actor=request.user, text=form.cleaned_data["text"])
        messages.success(request, "Handed over. It stands here and on the desk until somebody takes over.")
        return redirect(PAGE)

    def show(self, form, status=200):
        """Render the page."""
        now, user = timezone.now(), self.request.user
        card = card_at(now, user)
        newest, *earlier = [*workflow.read_hand_overs(actor=user, references=card.references)] or [None]
        context = {
            "card": card,
            "now": now,
            "newest": newest,
            "earlier": earlier,
            "form": form,
            "may_change": can_change_requests(user),
        }
        return self.show_page(context, status)


class TakeOverView(ChangeMixin, View):
    """The button of whoever comes."""

    http_method_names = ("post",)

    def post(self, request, pk):
        """Note it, or say who was first."""
        handed = get_object_or_404(HandOver.objects.select_related("taken_by", "written_by"), pk=pk)
        try:
            workflow.take_over(handed, actor=request.user)
        except workflow.StaleRequest:
            messages.error(request, "There is a newer one. Read that one: it stands below.")
        except workflow.InvalidTransition:
            handed.refresh_from_db()
            messages.warning(request, f"{handed.taken_by} took over already.")
        else:
            messages.success(request, f"You took over from {handed.written_by}.")
        return redirect(PAGE)
