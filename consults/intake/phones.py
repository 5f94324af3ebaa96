"""Phone numbers as people type them. Nothing is reformatted in front of them."""

import re

import phonenumbers
from django.conf import settings

ALLOWED = re.compile(r"[\d\s()+./x#*-]*(?:ext\.?|extension)?[\d\s.:]*", re.IGNORECASE)
EXTENSION = re.compile(r"(?:ext(?:ension)?\.?|x|#)", re.IGNORECASE)


def can_be_dialled(text: str) -> bool:
    """Whether a number has a length that exists in its country, ours where it names none."""
    if not ALLOWED.fullmatch(text):
        return False
    number = _parsed(text)
    possible = phonenumbers.ValidationResult.IS_POSSIBLE
    return number is not None and phonenumbers.is_possible_number_with_reason(number) == possible


def e164(text: str) -> str:
    """Return a number in the form +15555550123, or its bare digits where it has no such form."""
    number = _parsed(text)
    if number is None:
        return re.sub(r"\D", "", EXTENSION.split(text, maxsplit=1)[0])
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _parsed(text):
    try:
        return phonenumbers.parse(text, settings.CLINIC_COUNTRY)
    except phonenumbers.NumberParseException:
        return None
