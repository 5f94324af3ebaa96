"""Which list somebody came from and where a request stood in it, as a request's address carries it on.

Only clear columns are in such an address: the list's own filters and a number.
"""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode

from django import forms
from django.urls import reverse

from .filters import ConsultRequestFilterSet

# Nobody pages on so far; a larger number would only be slow.
LAST_PLACE = 100_000


class List(StrEnum):
    """The lists that have an order to follow."""

    NOW = "now"
    ALL = "all"


LIST_ADDRESSES = {List.NOW: "consult_requests:index", List.ALL: "consult_requests:all"}


class PositionForm(forms.Form):
    """A position, as an address gives it."""

    list = forms.ChoiceField(choices=[(which.value, which.value) for which in List])
    at = forms.IntegerField(min_value=0, max_value=LAST_PLACE)


@dataclass(frozen=True)
class Position:
    """A list, the filters it was narrowed by, and a place in it, counted from 0."""

    list: str
    at: int
    filters: tuple[tuple[str, str], ...] = ()

    @property
    def query(self) -> str:
        """The position as the end of an address."""
        return urlencode([*self.filters, ("list", self.list), ("at", self.at)])

    @property
    def list_url(self) -> str:
        """The address of the list."""
        address = reverse(LIST_ADDRESSES[self.list])
        return f"{address}?{urlencode(self.filters)}" if self.filters else address

    def url_of(self, pk, *, at) -> str:
        """Return the address of the request ``pk``, which stands at ``at`` of the same list."""
        place = Position(self.list, at, self.filters)
        return f"{reverse('consult_requests:detail', args=[pk])}?{place.query}"


def position_in(parameters) -> Position | None:
    """Return the position that the parameters of an address name, if they name one."""
    form = PositionForm(parameters)
    if not form.is_valid():
        return None
    return Position(form.cleaned_data["list"], form.cleaned_data["at"], filters_in(parameters))


def filters_in(parameters) -> tuple[tuple[str, str], ...]:
    """Return the filters and the order of a list among the parameters of its address, and nothing else."""
    names = [*ConsultRequestFilterSet.base_filters, "received_from", "received_to", "ordering"]
    return tuple((name, parameters[name]) for name in names if parameters.get(name))
