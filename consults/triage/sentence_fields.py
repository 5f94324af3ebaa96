"""Fields for a sentence that somebody at the desk types: cleaned before anything judges it."""

from django import forms
from django.core.exceptions import ValidationError

from clinic.core.typed_text import clean_text, is_seen

# Together with the columns of a file, a reason has room in the audit.
SHORTEST_REASON, LONGEST_REASON = 10, 100
TOO_SHORT = "Say why, in ten characters or more."


class SentenceField(forms.CharField):
    """A text without what no database holds; what nobody sees is nothing."""

    def to_python(self, value):
        """Return it cleaned."""
        text = super().to_python(clean_text(value or ""))
        return text if is_seen(text) else ""


class ReasonField(SentenceField):
    """Why somebody takes names and contacts out of the site, in a file or on paper. The audit says it."""

    def __init__(self, **kwargs):
        said = {"max_length": f"Use {LONGEST_REASON} characters or fewer."}
        super().__init__(max_length=LONGEST_REASON, error_messages=said, **kwargs)

    def to_python(self, value):
        """Make it one line."""
        return " ".join(super().to_python(value).split())

    def validate(self, value):
        """Ask for some words, where it is needed at all."""
        if self.required and len(value) < SHORTEST_REASON:
            raise ValidationError(TOO_SHORT, code="required")
