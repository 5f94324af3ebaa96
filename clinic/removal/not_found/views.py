"""Addresses not found, as editors see them: to lead on, or to leave."""

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils import timezone
from django.views.generic import ListView, View
from wagtail.admin import messages
from wagtail.contrib.redirects.models import Redirect

from clinic.removal.models import NotFoundAddress
from clinic.removal.views import ReportMixin

from .addresses import without_query
from .counting import COUNTED_DAYS, requests_lately

RIGHT = "removal.view_notfoundaddress"
LIST = reverse_lazy("not_found")


class ForWhoeverMayLook(PermissionRequiredMixin):
    """Lets those in who may see them."""

    permission_required = RIGHT
    raise_exception = True


class NotFoundView(ForWhoeverMayLook, ReportMixin, ListView):
    """What nothing leads on from yet, the most asked for first."""

    template_name = "removal/not_found.html"
    page_title = "Addresses not found"
    header_icon = "warning"
    paginate_by = 50
    index_url = LIST

    def get_queryset(self):
        """Return those asked for lately, with how often; there are few enough to be counted here."""
        today = timezone.localdate()
        rows = _without_redirected(NotFoundAddress.objects.filter(is_left=False))
        for row in rows:
            row.requests = requests_lately(row, today)
        return sorted((row for row in rows if row.requests), key=lambda row: (-row.requests, row.address))

    def get_context_data(self, **kwargs):
        """Add whether this person makes redirects, and what the numbers mean."""
        may_lead_on = self.request.user.has_perm("wagtailredirects.add_redirect")
        return {
            **super().get_context_data(**kwargs),
            "may_lead_on": may_lead_on,
            "counted_days": COUNTED_DAYS,
        }


class LeaveView(ForWhoeverMayLook, View):
    """Hides an address about which nothing is to be done."""

    http_method_names = ["post"]

    def post(self, request, pk):
        """Hide it; somebody else may have been faster, or the worker forgot it."""
        NotFoundAddress.objects.filter(pk=pk).update(is_left=True)
        messages.success(request, "That address is left as it is and no longer listed.")
        return redirect(LIST)


def _without_redirected(rows):
    """Return the rows from which no redirect leads on, neither as a whole nor without the query."""
    rows = list(rows)
    ways = {row: {row.address, without_query(row.address)} for row in rows}
    addresses = set().union(*ways.values())
    led_on = set(Redirect.objects.filter(old_path__in=addresses).values_list("old_path", flat=True))
    return [row for row in rows if not ways[row] & led_on]
