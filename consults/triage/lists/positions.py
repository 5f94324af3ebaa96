"""Which list somebody came from and where a request stood in it, as a request's address carries it on.

Only clear columns are in such an address: the list's own filters and order, and a number.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode

from django import forms
from django.urls import reverse

from clinic.core.bounded_forms import BoundedForm

from .filters import list_with, understood

# How many rows a page of the desk has.
PER_PAGE = 25
# Nobody pages on so far; a larger number would only be slow.
LAST_PLACE = 100_000
COLUMN = re.compile(r"-?[a-z_]{1,20}")


class List(StrEnum):
    """The lists that have an order to follow."""

    NOW = "now"
    ALL = "all"


class PositionForm(BoundedForm):
    """A position, as an address gives it."""

    list = forms.ChoiceField(choices=[(which.value, which.value) for which in List])
    at = forms.IntegerField(min_value=0, max_value=LAST_PLACE)


@dataclass(frozen=True)
class Position:
    """A list, the filters it was narrowed by as an address says them, and a place in it, counted from 0."""

    list: str
    at: int
    filters: str = ""

    @property
    def query(self) -> str:
        """The position as the end of an address."""
        return "&".join(filter(None, [self.filters, urlencode({"list": self.list, "at": self.at})]))

    @property
    def list_url(self) -> str:
        """The address of the list, and of the desk its page on which the request stood."""
        if self.list != List.NOW:
            return list_with(self.filters)
        page = self.at // PER_PAGE + 1
        return reverse("consult_requests:index") + (f"?p={page}" if page > 1 else "")

    def url_of(self, pk, *, at) -> str:
        """Return the address of the request ``pk``, which stands at ``at`` of the same list."""
        place = Position(self.list, at, self.filters)
        return f"{reverse('consult_requests:detail', args=[pk])}?{place.query}"


def position_in(request) -> Position | None:
    """Return the position that the address of a page names, if it names one."""
    form = PositionForm(request.GET)
    if not form.is_valid():
        return None
    return Position(form.cleaned_data["list"], form.cleaned_data["at"], filters_in(request))


def filters_in(request) -> str:
    """Return the filters and the order of a list in the address of a page, and nothing else of it."""
    column = request.GET.get("ordering", "")
    order = urlencode({"ordering": column}) if COLUMN.fullmatch(column) else ""
    return "&".join(filter(None, [understood(request.GET, request), order]))
