"""The forms of what pages share. A draft may be anything; what is published has been checked."""

from django.utils import timezone
from wagtail.admin.forms import WagtailAdminModelForm

from .late_forms import LateFormMixin
from .live_rules import reasons_against_publishing

CHECKED_LATER = "This day is still to come. Enter the day on which somebody last opened the source."
OVER = (
    "This day is over. Check {} again, and enter the next day on which that is due. A draft can be saved as"
    " it is."
)


class SharedContentForm(LateFormMixin, WagtailAdminModelForm):
    """What pages share, as a draft or published."""


class CheckedContentForm(SharedContentForm):
    """Keeps what was not checked from being published, while drafts of it can be saved."""

    # The day until which somebody answers for it, and what has to be checked then.
    due_field = ""
    subject = ""

    def clean(self):
        """Judge the days by the clinic's own day, where this is to be published."""
        cleaned = super().clean()
        today = timezone.localdate()
        checked, due = cleaned.get("checked_on"), cleaned.get(self.due_field)
        if checked and checked > today:
            self.add_error("checked_on", CHECKED_LATER)
        if not self.is_deferred_validation and due and due <= today:
            self.add_error(self.due_field, OVER.format(self.subject))
        return cleaned

    def _post_clean(self):
        """Ask the rules once the form's words are in its instance."""
        super()._post_clean()
        if self.is_deferred_validation or self.errors:
            return
        for reason in reasons_against_publishing(self.instance, self.for_user):
            self.add_error(reason.field or None, reason.sentence)


class RegulatoryStatementForm(CheckedContentForm):
    """A sentence on approval or law."""

    due_field = "expires_on"
    subject = "the sentence against its source"


class FaqForm(CheckedContentForm):
    """A question with its answer."""

    due_field = "review_on"
    subject = "the answer"
