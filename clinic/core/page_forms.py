"""The form in which editors change a page, where Wagtail's own leaves them without a word or a way."""

from django.utils import timezone
from django.utils.formats import date_format
from wagtail.admin.forms import WagtailAdminPageForm

OVER = (
    "Since {} the time of this page is over. To publish it, open its schedule in the side panel “Status” and"
    " clear “Expiry date/time”, or enter a later one. Saved as a draft, it can stay as it is."
)


class BasePageForm(WagtailAdminPageForm):
    """Lets a page whose time is over be saved, and says which date keeps it from being published."""

    def clean(self):
        """Judge a date that is over by what is to be done; Wagtail refuses it whatever somebody does."""
        cleaned = super().clean()
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
