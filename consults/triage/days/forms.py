"""What one shift writes to the next, and which of it the next one has read."""

from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from clinic.core.bounded_forms import BoundedForm
from consults.triage.sentence_fields import SentenceField
from consults.workflow import LONGEST_HAND_OVER, MOST_WAITING

LENGTH_OF_UUID = 36


class HandOverForm(BoundedForm):
    """What the next shift should know beyond the card."""

    text = SentenceField(
        label="For the next shift",
        max_length=LONGEST_HAND_OVER,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=(
            f"One sentence on what the card can’t know, {LONGEST_HAND_OVER} characters at most. It is "
            "sealed, only the front desk reads it, and after a time it is removed. What belongs to one "
            "request belongs into its notes."
        ),
        error_messages={
            "required": "Write a sentence first. If there is nothing to say, say so.",
            "max_length": f"Use {LONGEST_HAND_OVER} characters or fewer. More belongs into a note.",
        },
    )


class TakeOverForm(BoundedForm):
    """Which hand-overs stood on the page of whoever took over."""

    def clean(self):
        """Read their keys; a page has no more than so many."""
        data = super().clean()
        keys = self.data.getlist("handed")
        if not 0 < len(keys) <= MOST_WAITING:
            raise ValidationError("Which ones?")
        data["keys"] = [_uuid(key) for key in keys]
        return data


def _uuid(text):
    # As a page writes it; a UUID is read from longer texts as well.
    if len(text) == LENGTH_OF_UUID:
        try:
            return UUID(text)
        except ValueError:
            pass
    raise ValidationError("Which ones?")
