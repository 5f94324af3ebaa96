"""The form for numbers and addresses. Each is bounded, cleaned, then judged; an error says what to do."""

import re
import unicodedata
from email.utils import parseaddr

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from clinic.core.bounded_forms import BoundedForm
from clinic.core.phones import is_dialled
from clinic.core.typed_text import clean_email, without_invisible
from consults.models.guarded_facts import GUARDED
from consults.sealing.blind_index import normal_email

LONGEST_NUMBER, LONGEST_ADDRESS = 25, 254
# A list that is longer belongs into the mail server, as one address.
MOST_ADDRESSES = 20
LONGEST_LIST = MOST_ADDRESSES * (LONGEST_ADDRESS + 1)
# Whatever dash was copied along.
DASHES = re.compile("[\u2010-\u2015\u2212]")
NUMBER = re.compile(r"\+?[0-9 ().-]+")
BETWEEN_ADDRESSES = re.compile(r"[\n,;]+")
TOO_MANY = f"Name {MOST_ADDRESSES} addresses or fewer. For more people make one address of them in your mail."
ADDRESSES_HELP = f"One address a line, {MOST_ADDRESSES} at most."


class NumberField(forms.CharField):
    """A telephone number as it is shown, which a phone can dial."""

    def __init__(self, **kwargs):
        said = {"max_length": f"Use {LONGEST_NUMBER} characters or fewer.", "required": "Write the number."}
        super().__init__(max_length=LONGEST_NUMBER, error_messages=said, **kwargs)

    def to_python(self, value):
        """Return it on one line, in plain digits and dashes."""
        text = unicodedata.normalize("NFKC", without_invisible(super().to_python(value)))
        return " ".join(DASHES.sub("-", text).split())

    def validate(self, value):
        """Refuse what no phone can dial."""
        super().validate(value)
        if value and not NUMBER.fullmatch(value):
            raise ValidationError("Write one number, with digits, spaces, brackets, dots or dashes.")
        if value and not is_dialled(value):
            raise ValidationError(
                "This can't be dialled. Write a whole number with its area code, or a short one such as 988."
            )


class AddressField(forms.CharField):
    """One e-mail address without a name."""

    def __init__(self, **kwargs):
        said = {"max_length": f"Use {LONGEST_ADDRESS} characters or fewer."}
        super().__init__(max_length=LONGEST_ADDRESS, error_messages=said, **kwargs)

    def clean(self, value):
        """Return the bare address. More than one line is no slip of the hand."""
        text = super().clean(value)
        if len(text.splitlines()) > 1:
            raise ValidationError("Write one address on one line.")
        return _address(text) if text else ""


class AddressesField(forms.CharField):
    """Some e-mail addresses, each once."""

    widget = forms.Textarea(attrs={"rows": 4})

    def __init__(self, *, required_message="", more_help="", **kwargs):
        said = {"max_length": TOO_MANY, "required": required_message}
        help_text = f"{ADDRESSES_HELP} {more_help}".strip()
        super().__init__(max_length=LONGEST_LIST, help_text=help_text, error_messages=said, **kwargs)

    def clean(self, value):
        """Return one address a line."""
        parts = [part for part in BETWEEN_ADDRESSES.split(super().clean(value)) if part.strip()]
        if self.required and not parts:
            raise ValidationError(self.error_messages["required"])
        if len(parts) > MOST_ADDRESSES:
            raise ValidationError(f"These are {len(parts):,} addresses. {TOO_MANY}")
        addresses = {normal_email(address): address for address in map(_address, parts)}
        sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
        if normal_email(sender) in addresses:
            raise ValidationError(f"{sender} is the address that the site sends from. Nobody would read it.")
        return "\n".join(addresses.values())


def _address(text):
    """Return one address as it is written to. Raises ValidationError."""
    address = clean_email(text)
    try:
        validate_email(address)
    except ValidationError:
        shown = " ".join(without_invisible(text).split())[:60]
        raise ValidationError(f"“{shown}” is no e-mail address. It looks like name@example.org.") from None
    return address


class GuardedFactsForm(BoundedForm):
    """All of them at once. ``base`` is the version that it began with."""

    crisis_number = NumberField(label="Crisis number", help_text="Called and texted from every page.")
    emergency_number = NumberField(label="Emergency number", help_text="For people in danger now.")
    phone = NumberField(label="The clinic’s phone", required=False)
    email = AddressField(
        label="Public e-mail and reply address",
        required=False,
        help_text="Stands on every page; what people answer to your e-mails comes there.",
    )
    notice_recipients = AddressesField(
        label="Who is told of requests",
        required_message="Name at least one address: otherwise nobody hears of a request.",
    )
    owner_recipients = AddressesField(
        label="The owner’s addresses",
        required=False,
        more_help="Told of what waits too long and of changes such as this. Empty: the people above.",
    )
    clinician_recipients = AddressesField(
        label="The clinician’s addresses",
        required=False,
        more_help="Told at once of what sounds like danger now, where the site is set up to look for it.",
    )
    base = forms.IntegerField(min_value=0, max_value=10**9, widget=forms.HiddenInput)

    @property
    def values(self):
        """The facts by their names."""
        return {name: self.cleaned_data[name] for name in GUARDED}


def form_from(guarded, *, base, **kept):
    """Return the form that begins with a version; what is ``kept`` by name stands in its place."""
    return GuardedFactsForm(initial={**guarded.values, **kept, "base": base})
