"""The form of a post."""

from datetime import datetime, time

from django.utils import timezone

from clinic.core.facts import read_facts
from clinic.core.page_forms import BasePageForm

from .first_choices import first_choices


class BlogPageForm(BasePageForm):
    """Lets a post that is dated in the future appear on that day and not before.

    A new one begins as the last one of the same account: with its author, and its statement if that holds.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            self.initial |= first_choices(self.for_user)
            # Whoever begins to write need not look for where.
            self.fields["title"].widget.attrs["autofocus"] = True

    def clean(self):
        """Let the schedule follow the date, unless somebody chose a later time of their own."""
        cleaned = super().clean()
        day = cleaned.get("published_on")
        # Whoever may not publish has no such field; whoever publishes the post later takes what it says.
        has_field = "go_live_at" in self.fields
        chosen = cleaned.get("go_live_at") if has_field else self.instance.go_live_at
        if day:
            goes_live = _schedule(day, chosen, day_before=self.initial.get("published_on"))
            cleaned["go_live_at"] = self.instance.go_live_at = goes_live
        return cleaned


def _schedule(day, chosen, *, day_before):
    """Return when a post of this day appears; None for at once."""
    if chosen and day_before and chosen == _start_of(day_before):
        # Nobody chose it: it came from the date that the post had before.
        chosen = None
    start = _start_of(day)
    return chosen if start <= timezone.now() or (chosen and chosen > start) else start


def _start_of(day):
    """Return the first moment of a day by the clinic's clock."""
    return datetime.combine(day, time.min, tzinfo=read_facts().zone)
