"""Days are chosen as the device does it: with its own calendar, or typed."""

from django.db.models import DateField
from django.forms import DateInput
from wagtail.admin.forms.models import register_form_field_override


class DayInput(DateInput):
    """The browser's own field; Wagtail's calendar opens by itself and covers what stands below it."""

    input_type = "date"

    def __init__(self, attrs=None):
        """Ask for years of four digits; Firefox and Chrome take six."""
        super().__init__({"max": "9999-12-31", **(attrs or {})}, format="%Y-%m-%d")


def choose_days_by_device():
    """Let every field of a day in an editor's form ask like this."""
    register_form_field_override(DateField, override={"widget": DayInput})
