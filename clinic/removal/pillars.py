"""Pages that the site stands on: nobody takes them away by a slip.

The home page can't go at all. The others, each the only one of its kind or a promise to patients, go once
somebody has typed the title.
"""

from dataclasses import dataclass

from wagtail.models import Site

from clinic.core.models import ClinicSettings, PolicyPage

FIELD = "title_typed"
LONGEST = 300


@dataclass(frozen=True)
class Known:
    """What is asked once for however many pages: where sites begin, and the privacy notices of the form."""

    homes: frozenset
    notices: frozenset


def known() -> Known:
    """Ask for it."""
    return Known(
        frozenset(Site.objects.values_list("root_page", flat=True)),
        frozenset(ClinicSettings.objects.values_list("privacy_page", flat=True)),
    )


def is_home(page) -> bool:
    """Whether a site begins here."""
    return page.pk in known().homes


def why_it_matters(page, facts: Known | None = None) -> str:
    """Return a sentence on what depends on a page that the site stands on, and "" for any other."""
    facts, kind = facts or known(), page.specific_class
    if page.pk in facts.homes:
        return (
            "This is the home page: every address of the site begins here. It can be changed, not taken away."
        )
    if page.pk in facts.notices:
        return (
            "The consultation form links to this privacy notice beside the consent. Without it the link goes."
        )
    if kind and issubclass(kind, PolicyPage):
        return "This is a promise or notice that people can rely on, and that the law may ask for."
    if kind and kind.max_count == 1:
        return (
            "There is one page of this kind only: menus and lists lead here, and all pages below go with it."
        )
    return ""


def is_confirmed(request, page) -> bool:
    """Whether the title was typed, capitals and spaces aside."""
    typed = request.POST.get(FIELD, "")[:LONGEST]
    return _plain(typed) in {_plain(page.title), _plain(page.draft_title)} - {""}


def _plain(text):
    return " ".join(text.split()).casefold()
