"""Forms that were loaded before a release and are sent after it: nobody has to begin again."""

from datetime import timedelta

from django.utils import timezone

from consults.enums import Age, ContactWay

from .forms import ConsultForm
from .page_form import LAYOUT, LAYOUT_FIELD, PatientForm
from .token import FormToken

ACCEPTED_FOR = timedelta(days=7)
# Where the second of two ways stands now.
SECOND = {ContactWay.CALL: "email", ContactWay.TEXT: "email", ContactWay.EMAIL: "phone"}


def form_from(data, token: FormToken):
    """Return the form that reads what was posted, whichever page it comes from."""
    if data.get(LAYOUT_FIELD) == LAYOUT:
        return PatientForm(data)
    # Without a token nobody knows how old it is, and nobody is sent away for that.
    is_too_old = token.issued_at and timezone.now() - token.issued_at > ACCEPTED_FOR
    if not is_too_old and (form := EarlierForm(data)).is_valid():
        return form
    return PatientForm(as_asked_now(data))


def as_asked_now(data):
    """Return what was posted as the page of today asks for it; what is of today already stays as it is."""
    if data.get(LAYOUT_FIELD) == LAYOUT:
        return data
    moved = data.copy()
    # The question of today says 18 or over: whoever wasn't asked so answers it anew.
    if moved.get("age") != Age.ADULT:
        moved.pop("for_whom", None)
    second = SECOND.get(moved.get("way"))
    if second and second in moved:
        moved.setlist(f"second_{second}", moved.pop(second))
    moved[LAYOUT_FIELD] = LAYOUT
    return moved


class EarlierForm(ConsultForm):
    """The form of release 0.3.0: both ways to reach somebody were asked for at once."""

    def clean_copy(self):
        """Let go of a copy that has no address: the page after the form offers it again."""
        return self.cleaned_data["copy"] and bool(self.cleaned_data.get("email"))
