"""What somebody types into the search field."""

from django import forms

from clinic.core.bounded_forms import BoundedForm
from clinic.core.typed_text import clean_text, without_invisible

LONGEST = 100


class SearchForm(BoundedForm):
    """What somebody looks for. Whatever is too long is asked by its beginning."""

    query = forms.CharField(max_length=LONGEST, required=False, strip=True)

    @property
    def typed(self) -> str:
        """The text as far as it is looked at at all: for words of danger, which may stand behind the rest."""
        return _clean(self.data.get("query", ""))

    @property
    def asked(self) -> str:
        """The text as it is asked and shown again, cut between words."""
        text = self.typed
        return text if len(text) <= LONGEST else text[: LONGEST + 1].rpartition(" ")[0] or text[:LONGEST]


def _clean(text):
    return " ".join(without_invisible(clean_text(text)).split())
