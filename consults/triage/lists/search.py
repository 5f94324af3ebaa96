"""Finding a request. What is looked for is posted, so that it stands in no address and no log."""

from django.shortcuts import redirect
from django.utils.crypto import get_random_string
from django.views import View

from consults import workflow
from consults.admin_pages import CALL_NOW, PageMixin
from consults.audited_views import FrontDeskMixin
from consults.enums import AuditAction
from consults.models import ConsultRequest
from consults.permissions import can_change_requests
from consults.triage.stops import warnings_for

SESSION_KEY = "consult_search"
HANDLE_LENGTH = 12
# An address with a mark before and behind it.
LONGEST_TEXT = 300


class SearchView(FrontDeskMixin, View):
    """The search. What was found is kept in the session, under a name that says nothing."""

    def post(self, request):
        """Look, and lead to what was found."""
        found = workflow.search(request.POST.get("text", "")[:LONGEST_TEXT], actor=request.user)
        handle = get_random_string(HANDLE_LENGTH)
        request.session[SESSION_KEY] = {"handle": handle, "found": [consult.pk for consult in found]}
        return redirect("consult_requests:found", handle=handle)


class FoundView(FrontDeskMixin, PageMixin, View):
    """What the last search of this session found."""

    noted_as = AuditAction.LIST
    references = ()
    page_title = "Found"
    breadcrumbs_items = (CALL_NOW,)
    template_name = "consults/triage/lists/found.html"

    def listed(self, response):
        """Return what the page shows."""
        return self.references

    def get(self, request, handle):
        """Show it, or the empty search where it was another session's or an older one."""
        kept = request.session.get(SESSION_KEY, {})
        if kept.get("handle") != handle:
            return redirect("consult_requests:index")
        requests = ConsultRequest.objects.from_people().filter(pk__in=kept["found"])
        found = list(requests.order_by("-created_at", "-pk"))
        warnings = warnings_for(found)
        self.references = [consult.reference for consult in found]
        context = {
            "found": [(consult, warnings.get(consult.pk, "")) for consult in found],
            "may_change": can_change_requests(request.user),
        }
        return self.show_page(context)
