"""Finding a request. What is looked for is posted, so that it stands in no address and no log."""

from typing import NamedTuple

from django.shortcuts import redirect
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.views import View

from consults import workflow
from consults.admin_pages import DESK, PageMixin
from consults.audited_views import FrontDeskMixin
from consults.enums import AuditAction, FoundBy, LeftOut
from consults.models import ConsultRequest, TimelineEvent
from consults.permissions import can_change_requests
from consults.triage.stops import warnings_for

from .reasons import last_in_words

# The release before kept something else under its name.
SESSION_KEY = "consults_found"
HANDLE_LENGTH = 12
TEMPLATE = "consults/triage/lists/found.html"


class Row(NamedTuple):
    """A request that was found: whose it is, by what it was found, and what was done last."""

    consult: ConsultRequest
    name: str
    found_by: str
    last: str
    stopped: str


class SearchView(FrontDeskMixin, PageMixin, View):
    """The search. What was found is kept in the session, under a name that says nothing."""

    page_title = "Find"
    breadcrumbs_items = (DESK,)
    template_name = TEMPLATE

    def post(self, request):
        """Look, and lead to what was found; what can't be looked for stays in the field, with the reason."""
        text = request.POST.get("text", "")[: workflow.LONGEST_TEXT + 1]
        found = workflow.search(text, actor=request.user)
        if found.problem:
            return self.show_page(
                {
                    "problem": found.problem.label,
                    "sought": text,
                    "may_change": can_change_requests(request.user),
                }
            )
        handle = get_random_string(HANDLE_LENGTH)
        ways = [(hit.consult.pk, hit.found_by.value) for hit in found.hits]
        request.session[SESSION_KEY] = {"handle": handle, "found": ways, "left_out": found.left_out}
        return redirect("consult_requests:found", handle=handle)


class FoundView(FrontDeskMixin, PageMixin, View):
    """What the last search of this session found, by name."""

    noted_as = AuditAction.LIST
    references = ()
    page_title = "Found"
    breadcrumbs_items = (DESK,)
    template_name = TEMPLATE

    def listed(self, response):
        """Return what the page shows."""
        return self.references

    def get(self, request, handle):
        """Show it, or the empty search where it was another session's or an older one."""
        kept = request.session.get(SESSION_KEY, {})
        if kept.get("handle") != handle:
            return redirect("consult_requests:index")
        rows = _rows(dict(kept["found"]), request.user)
        self.references = [row.consult.reference for row in rows]
        context = {
            "found": rows,
            "left_out": LeftOut(kept["left_out"]).label if kept["left_out"] else "",
            "may_change": can_change_requests(request.user),
        }
        return self.show_page(context)


def _rows(ways, user):
    """Return the rows in the order in which they were found."""
    requests = ConsultRequest.objects.from_people().select_related("assignee").in_bulk(ways)
    found = [requests[pk] for pk in ways if pk in requests]
    names = workflow.show_names(found, actor=user)
    warnings = warnings_for(found)
    last, now = TimelineEvent.objects.last_change_of(found), timezone.now()
    return [
        Row(
            consult=consult,
            name=names.get(consult.pk, ""),
            found_by=FoundBy(ways[consult.pk]).label,
            last=last_in_words(last.get(consult.pk), now),
            stopped=warnings.get(consult.pk, ""),
        )
        for consult in found
    ]
