"""Fees fall due on the day on which they end."""

from clinic.core.due import MOST, Due, Kind, changed_last, edit_page

from .models import Fee
from .models.fees import last_of_each_name


def fee_kinds():
    """Return the one kind."""
    return [Kind("Fees", "fee", "fees", 40, "Add the fee that follows, under the same name.", fees)]


def fees(until):
    """Yield fees that nothing follows yet, by the day from which they hold no more."""
    rows = Fee.objects.filter(page__live=True).annotate(account=changed_last("page__"))
    ending = [fee for fee in last_of_each_name(rows) if fee.expires_on <= until]
    for fee in sorted(ending, key=lambda fee: (fee.expires_on, fee.pk))[:MOST]:
        yield Due(fee.name, edit_page(fee.page_id), fee.expires_on, fee.account)
