"""Licences fall due on the day after which they hold no more."""

from clinic.core.due import MOST, Due, Kind, changed_last, edit_page

from .models import PersonPage


def licence_kinds():
    """Return the one kind."""
    what_to_do = "Ask for the renewed licence, look it up with the state board, and set its next day."
    return [Kind("Licences", "licence", "licences", 50, what_to_do, licences)]


def licences(until):
    """Yield people whose licence ends."""
    people = PersonPage.objects.live().filter(licence_valid_until__lte=until)
    rows = people.order_by("licence_valid_until", "pk").values_list(
        "pk", "title", "licence_valid_until", changed_last()
    )
    for key, name, day, account in rows[:MOST]:
        yield Due(name, edit_page(key), day, account)
