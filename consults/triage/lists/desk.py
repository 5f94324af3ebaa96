"""The desk: what is to be done at this moment, in the order in which to do it, and what comes next."""

from typing import NamedTuple

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views import View

from consults import audit, workflow
from consults.admin_pages import PageMixin
from consults.audited_views import FrontDeskMixin, is_key
from consults.enums import AuditAction, Purpose
from consults.models import ConsultRequest, HandOver
from consults.permissions import can_change_requests
from consults.sealing.envelope import EnvelopeProblem
from consults.sealing.keys import KeyProblem
from consults.triage.acceptance import warning_of, warnings_of
from consults.triage.detail.contents import contents_for_display
from consults.triage.detail.page import unreadable
from consults.triage.oversight.banners import troubles_panel
from consults.triage.stops import warning_for, warnings_for

from .order import by_urgency, is_for_now
from .positions import List, Position
from .reasons import reasons_for
from .sections import hours_at, planned_at
from .site_changes import WhoIsAway, look_up_site_changes
from .suspected import suspected_section, suspected_title

PER_PAGE = 25
# The keys 1 to 9 lead to the first rows of a page.
KEYS = 9
HERE = Position(List.NOW, 0)


class Row(NamedTuple):
    """A request, why it stands here, and its contents where somebody revealed them."""

    consult: ConsultRequest
    url: str
    # Its place in all of the list, counted from 1.
    number: int
    # The key that leads to it, if one does.
    key: int | None
    reasons: list
    revealed: object = None
    stopped: str = ""
    acceptance: dict | None = None


class DeskView(FrontDeskMixin, PageMixin, View):
    """The list by the clock. A POST reveals name and contact of one row, which is noted."""

    noted_as = AuditAction.LIST
    page_title = "The desk"
    breadcrumbs_items = ()
    template_name = "consults/triage/lists/desk.html"

    def get(self, request):
        """Show what is to be done now, and what comes next."""
        return self.show(request)

    def post(self, request):
        """Show the same list with the names of its page, or with one row opened."""
        if "names" in request.POST:
            return self.show_names(request)
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

    def show_names(self, request):
        """Show the list with the names of its page. Where there are none it is listed like any other."""
        response = self.show(request, are_named=True)
        if not response.context_data["has_names"]:
            audit.append(AuditAction.LIST, actor=request.user, references=self.references)
        return response

    def show(self, request, revealed=None, *, are_named=False):
        """Render the page that was asked for, with what is revealed of some of its rows, or of all."""
        now = timezone.now()
        people = ConsultRequest.objects.from_people()
        page = Paginator(_due(people, now), PER_PAGE).get_page(request.GET.get("p"))
        revealed = _named(page, request.user) if are_named else revealed or {}
        away = WhoIsAway(request.user)
        look_up_site_changes(list(page))
        rows = _rows(page, now, revealed, away)
        for_now = people.due(now).filter(is_for_now(now)).count()
        planned = planned_at(now, people.later(now), away)
        section = suspected_section(now)
        counts = people.suspected_counts()
        self.references = [*_references(rows, planned), *section.references]
        self.suspected = section.unshown
        context = {
            "hours": hours_at(now),
            "rows": rows,
            "page": page,
            "are_named": are_named,
            "has_names": bool(revealed),
            "for_now": for_now,
            "waiting": page.paginator.count - for_now,
            **planned,
            **counts,
            "suspected_groups": section.groups,
            "suspected_title": suspected_title(counts["suspected_look_by"], now),
            "hand_over": HandOver.objects.waiting(),
            "troubles_panel": troubles_panel(request.user),
            "may_change": can_change_requests(request.user),
        }
        return self.show_page(context)

    def listed(self, response):
        """Return what the page shows."""
        return self.references


def _due(people, now):
    requests = people.due(now).with_handed_at().with_later().select_related("assignee")
    return by_urgency(requests.defer("envelope"), now)


def _named(page, user):
    """Return what is revealed of all rows of a page, by key; the one event of it names them."""
    keys = [consult.pk for consult in page]
    # With their envelopes, which the list leaves in the database.
    requests = list(ConsultRequest.objects.filter(pk__in=keys))
    opened = workflow.open_together(requests, actor=user)
    stops, warnings = warnings_for(requests), warnings_of(requests)
    return {
        pk: {
            "revealed": contents_for_display(contents),
            "stopped": stops.get(pk, ""),
            "acceptance": warnings[pk],
        }
        for pk, contents in opened.items()
    }


def _rows(page, now, revealed, away):
    start = page.start_index()
    return [
        Row(
            consult=consult,
            url=HERE.url_of(consult.pk, at=start + number - 1),
            number=start + number,
            key=number + 1 if number < KEYS else None,
            reasons=[*reasons_for(consult, now), *away.of(consult)],
            **revealed.get(consult.pk, {}),
        )
        for number, consult in enumerate(page)
    ]


def _references(rows, planned):
    """Return the references that stand in the sections, also those that the same person sent later."""
    shown = [line.consult for line in (*rows, *planned["today"].plans, *planned["tomorrow"].plans)]
    later = [consult.later_reference for consult in shown if consult.later_reference]
    return list(dict.fromkeys([*(consult.reference for consult in shown), *later]))
