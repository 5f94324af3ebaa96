"""What a search is measured against: a page of the desk that finds one request by its primary key."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views import View

from consults.audited_views import FrontDeskMixin
from consults.enums import AuditAction
from consults.models import ConsultRequest


class LookupView(FrontDeskMixin, View):
    """The same door and the same audit event as a search, and one look-up."""

    noted_as = AuditAction.SEARCH

    def get(self, request, pk):
        """Answer with the reference."""
        return HttpResponse(get_object_or_404(ConsultRequest, pk=pk).reference)
