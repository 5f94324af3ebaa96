"""Call now: what is to be done at this moment, in the order in which to do it."""

from typing import NamedTuple

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views import View

from consults import workflow
from consults.admin_pages import PageMixin
from consults.audited_views import FrontDeskMixin, is_key
from consults.enums import AuditAction, Purpose
from consults.models import ConsultRequest
from consults.permissions import can_change_requests
from consults.sealing.envelope import EnvelopeProblem
from consults.sealing.keys import KeyProblem
from consults.triage.acceptance import warning_of
from consults.triage.detail.contents import contents_for_display
from consults.triage.detail.page import unreadable
from consults.triage.oversight.banners import troubles_panel
from consults.triage.stops import warning_for

from .order import by_urgency
from .positions import List, Position
from .reasons import reasons_for
from .suspected import suspected_section

PER_PAGE = 25
HERE = Position(List.NOW, 0)


class Row(NamedTuple):
    """A request, why it stands here, and its contents where somebody revealed them."""

    consult: ConsultRequest
    url: str
    reasons: list
    revealed: object = None
    stopped: str = ""
    acceptance: dict | None = None


class CallNowView(FrontDeskMixin, PageMixin, View):
    """The list by the clock. A POST reveals name and contact of one row, which is noted."""

    noted_as = AuditAction.LIST
    page_title = "Call now"
    breadcrumbs_items = ()
    template_name = "consults/triage/lists/call_now.html"

    def get(self, request):
        """Show who is to be called now."""
        return self.show(request)

    def post(self, request):
        """Show the same list with one row opened."""
        pk = request.POST.get("request", "")
        consult = get_object_or_404(ConsultRequest.objects.from_people(), pk=pk if is_key(pk) else 0)
        try:
            contents, _notes = workflow.open_consult(consult, actor=request.user, purpose=Purpose.REVEAL)
        except (EnvelopeProblem, KeyProblem) as problem:
            return unreadable(request, consult, problem)
        shown = {
            "revealed": contents_for_display(contents),
            "stopped": warning_for(contents, consult),
            "acceptance": warning_of(consult),
        }
        return self.show(request, {consult.pk: shown})

    def show(self, request, revealed=None):
        """Render the page of the list that was asked for, with what is revealed of some of its rows."""
        now = timezone.now()
        requests = ConsultRequest.objects.from_people().due(now).with_handed_at().with_later()
        requests = requests.select_related("assignee")
        page = Paginator(by_urgency(requests.defer("envelope"), now), PER_PAGE).get_page(request.GET.get("p"))
        later = ConsultRequest.objects.from_people().later(now)
        revealed = revealed or {}
        rows = [
            Row(r, HERE.url_of(r.pk, at=place), reasons_for(r, now), **revealed.get(r.pk, {}))
            for place, r in enumerate(page, page.start_index() - 1)
        ]
        section = suspected_section(now)
        self.references = [row.consult.reference for row in rows] + section.references
        self.suspected = section.unshown
        context = {
            "rows": rows,
            "page": page,
            "later": later.count(),
            "next_time": later.order_by("next_action_at").values_list("next_action_at", flat=True).first(),
            **ConsultRequest.objects.from_people().suspected_counts(),
            "suspected_groups": section.groups,
            "troubles_panel": troubles_panel(request.user),
            "may_change": can_change_requests(request.user),
        }
        return self.show_page(context)

    def listed(self, response):
        """Return what the page shows."""
        return self.references
