"""What waits for a second manager, as a list with a count: who asked, for what, since when."""

from django.urls import path
from django.views import View

from consults import workflow
from consults.admin_pages import MenuViewSet
from consults.enums import AuditAction
from consults.models import Decision
from consults.permissions import can_manage_people, can_take_back

from .doors import LookMixin


def waiting():
    """Return what waits for a second manager or for its day."""
    return Decision.objects.open().select_related("asked_by", "about", "consult")


def by_what_they_wait_for(decisions):
    """Return decisions below what they wait for: it was settled when each was asked for, and not by now."""
    kinds = [
        ("for a second manager", [one for one in decisions if one.due_at is None]),
        ("for a day to pass", [one for one in decisions if one.due_at]),
    ]
    return [(title, rows) for title, rows in kinds if rows]


class WaitingView(LookMixin, View):
    """The list. It names requests, so looking is noted."""

    noted_as = AuditAction.LIST
    page_title = "Decisions that wait"
    breadcrumbs_items = ()
    template_name = "consults/people/waiting.html"

    def get(self, request):
        """Show it."""
        self.decisions = list(waiting())
        context = {
            "decisions": workflow.with_what_lapsed(self.decisions),
            "own": sum(decision.asked_by == request.user for decision in self.decisions),
            "may_manage": can_manage_people(request.user),
            "kinds": by_what_they_wait_for(self.decisions),
            "lacks_second": workflow.lacks_second_manager(),
        }
        return self.show_page(context)

    def listed(self, response):
        """Return the requests that it names."""
        return dict.fromkeys(decision.consult.reference for decision in self.decisions if decision.consult)


class WaitingViewSet(MenuViewSet):
    """Its door; agreeing and taking back have theirs beside the people of the desk."""

    name = "consult_waiting"
    url_prefix = "decisions"
    icon = "user"
    menu_label = "Decisions"
    menu_name = "consult-waiting"
    menu_order = 97
    is_allowed = staticmethod(can_take_back)

    def get_urlpatterns(self):
        """Return the address of the list."""
        return [path("", WaitingView.as_view(), name="index")]
