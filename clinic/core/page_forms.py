"""The form in which editors change a page, where Wagtail's own leaves them without a word or a way."""

from django.forms.formsets import INITIAL_FORM_COUNT, TOTAL_FORM_COUNT
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks.stream_block import BaseStreamBlock

from .late_forms import PUBLISHED, LateFormMixin
from .live_rules import reasons_against
from .moments import WRONG_YEAR, is_held

OVER = (
    "Since {} the time of this page is over. To publish it, open its schedule in the side panel “Status” and"
    " clear “Expiry date/time”, or enter a later one. Saved as a draft, it can stay as it is."
)

# What the schedule asks for, and how it is called there.
SCHEDULE = {"go_live_at": "Go live date/time", "expire_at": "Expiry date/time"}
# What the button is called that publishes.
PUBLISH = "action-publish"


class BasePageForm(LateFormMixin, WagtailAdminPageForm):
    """Lets a page whose time is over be saved, and says which date keeps it from being published.

    Takes a form that was open before an upgrade, without the rows and blocks that came with it.
    """

    # Moving and removing write where a page stands.
    written_by_others = (*PUBLISHED, "path", "depth", "numchild", "url_path", "slug")

    def __init__(self, data=None, *args, **kwargs):
        """Build the form as Wagtail does, from `data` that names each kind of rows."""
        data = self._with_all_rows(data)
        unknown = self._unknown_blocks(data)
        if unknown:
            data = data.copy()
            data.update({f"{name}-count": "0" for name in unknown})
        super().__init__(data, *args, **kwargs)
        for name in unknown:
            # What the page has stays as it is.
            self.fields[name].disabled = True

    def _unknown_blocks(self, data):
        """Return the fields made of blocks that `data` says nothing of."""
        if data is None:
            return []
        return [
            name
            for name, field in self.base_fields.items()
            if isinstance(getattr(field, "block", None), BaseStreamBlock) and f"{name}-count" not in data
        ]

    def _with_all_rows(self, data):
        """Return `data` with no rows where a kind is missing: those that the page has stay as they are."""
        missing = [
            name for name in self.formsets if data is not None and f"{name}-{TOTAL_FORM_COUNT}" not in data
        ]
        if not missing:
            return data
        data = data.copy()
        for name in missing:
            data.update({f"{name}-{count}": "0" for count in (TOTAL_FORM_COUNT, INITIAL_FORM_COUNT)})
        return data

    def clean(self):
        """Judge a date that is over by what is to be done; Wagtail refuses it whatever somebody does."""
        cleaned = super().clean()
        self._refuse_wrong_years(cleaned)
        expires = cleaned.get("expire_at")
        if expires and expires < timezone.now() and "expire_at" not in self.changed_data:
            # Left out, it stays on the page as it is.
            del cleaned["expire_at"]
            if not self.is_deferred_validation:
                message = OVER.format(date_format(timezone.localtime(expires), "DATETIME_FORMAT"))
                self.add_error("expire_at", message)
                # The field is in a closed dialog; this one stands above the page.
                self.add_error(None, message)
        return cleaned

    def is_late(self, stored):
        """Whether somebody published, moved or removed the page since the form began to be read."""
        return super().is_late(stored) or stored.path != self.instance.path

    def _refuse_wrong_years(self, cleaned):
        for name, label in SCHEDULE.items():
            if (moment := cleaned.get(name)) and not is_held(moment):
                self.add_error(name, WRONG_YEAR)
                # The field is in a closed dialog; this one stands above the page.
                self.add_error(None, f"“{label}”: {WRONG_YEAR}")

    def _post_clean(self):
        """Judge the page by what was typed, if it shall be published; kept as a draft it may say anything."""
        with self.instance.being_written():
            super()._post_clean()
        if PUBLISH in self.data and not self.is_deferred_validation and not self.errors:
            self._refuse()

    def _refuse(self):
        for reason in reasons_against(self.instance):
            self.add_error(None, reason.sentence)
            # What the notes tell with its place would stand there twice.
            if reason.field in self.fields and not reason.is_noted:
                self.add_error(reason.field, reason.sentence)
