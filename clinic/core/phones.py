"""Telephone numbers as people write them: read, never rewritten in front of them.

Reading comes in two steps: everything that is no digit is taken away or understood, and only then is
judged what is left. The text must be bounded by whoever calls; all steps are linear.
"""

import re
import unicodedata
from enum import StrEnum
from itertools import takewhile

import phonenumbers
from django.conf import settings

from .typed_text import without_invisible

# By E.164; fewer than seven digits are no number of a subscriber in any country of ours.
FEWEST_DIGITS, MOST_DIGITS = 8, 15
LOCAL_DIGITS = 7
# Short codes such as 988 and 911 are dialled as they stand.
SHORTEST_CODE_DIGITS, SHORT_CODE_DIGITS = 3, 6
NATIONAL_DIGITS = 10
NORTH_AMERICA = 1
# Digits of an area code, alone or with the exchange, before the letters of a spelled number.
LEADS = (3, 6)
# What stands before a number of another country, in North America and nearly everywhere else.
DIALLED_ABROAD = ("011", "00")
# Mexico took the 1 of mobile phones away in 2019; people still write it.
MEXICO_MOBILE, MEXICO_DIGITS = "521", 13
TOKEN = re.compile(r"\d+|[^\W\d_]+|\S")
# The letter typed for a zero: right before digits, and not between two numbers.
O_FOR_ZERO = re.compile(r"(?<=[\d.)-])(?<!\d{4})o(?=\d)")
# So few before a word or a colon say when, as in "after 5 pm 303-555-0123".
MOST_DIGITS_OF_TIME = 2
# Once a number is long enough, one of these ends it; earlier they are only a way to group its digits.
ENDS = frozenset("#,;/|&:=")
ABROAD = "+"
LETTERS = {
    letter: str(digit)
    for digit, letters in enumerate(("abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz"), start=2)
    for letter in letters
}
# Said about a number, no part of it; others spell digits, as in 1-800-FLOWERS.
REMARKS = frozenset(
    "a after and before call casa cel cell cellular celular de ext extension extensión fax home "
    "landline line me mobile my móvil movil number o office oficina or phone please por tel telephone "
    "teléfono telefono text the trabajo u whatsapp work x y".split()
)


class Problem(StrEnum):
    """What keeps a text from being a number somebody can dial."""

    NO_DIGITS = "no_digits"
    NO_AREA_CODE = "no_area_code"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"


def problem_with(text: str) -> Problem | None:
    """Return what is wrong with a number, None where somebody can try to dial it."""
    if e164(text).startswith("+") or FEWEST_DIGITS <= len(digits_of(text)) <= MOST_DIGITS:
        return None
    count = sum(len(digits) for digits in _numbers(text))
    if count > LOCAL_DIGITS:
        return Problem.TOO_LONG
    if count == LOCAL_DIGITS and _is_north_american():
        return Problem.NO_AREA_CODE
    return Problem.TOO_SHORT if count else Problem.NO_DIGITS


def is_dialled(text: str) -> bool:
    """Whether a number that the site shows leads somewhere: a short code as it stands, or a whole number."""
    is_code = SHORTEST_CODE_DIGITS <= len(digits_of(text)) <= SHORT_CODE_DIGITS
    return is_code or e164(text).startswith("+")


def e164(text: str) -> str:
    """Return the first number in the form +15555550123, or its bare digits where it has no such form."""
    number = _first(text)
    digits = number.lstrip("+")
    if not number.startswith("+"):
        if own := _own(digits):
            return own
        prefix = next((p for p in DIALLED_ABROAD if digits.startswith(p)), "")
        if len(digits) - len(prefix) < FEWEST_DIGITS:
            return digits
        # Without + or prefix it is one of another country only if there is such a number.
        abroad = _possible(f"+{_modern(digits.removeprefix(prefix))}", None, is_certain=not prefix)
        return abroad or digits
    if FEWEST_DIGITS <= len(digits) <= MOST_DIGITS:
        return _possible(f"+{_modern(digits)}", None) or f"+{digits}"
    return digits


def digits_of(text: str) -> str:
    """Return the digits of the first number as it was written, without an extension."""
    return _first(text).lstrip("+")


def phone_uri(number: str) -> str:
    """Return the tel: address of the first number of a text; empty where there is none."""
    digits = digits_of(number)
    if not digits:
        return ""
    return f"tel:{digits}" if len(digits) <= SHORT_CODE_DIGITS else f"tel:{e164(number)}"


def _first(text):
    """Return the first number that is long enough, else all digits if those are, else what comes first."""
    numbers = _numbers(text)
    for number in numbers:
        if FEWEST_DIGITS <= len(number.lstrip("+")) <= MOST_DIGITS:
            return number
    together = "".join(numbers)
    if FEWEST_DIGITS <= len(together.replace("+", "")) <= MOST_DIGITS:
        return together[:1] + together[1:].replace("+", "")
    return numbers[0] if numbers else ""


def _numbers(text):
    """Return the numbers in a text, a + before those of another country. An extension is one of its own."""
    tokens = _without_times(TOKEN.findall(_plain(text)))
    words = [token for token in tokens if token.isalnum()]
    # Some remarks are also spelled: 1-800-CALL-ATT is one, 303-555-0123 cell is not.
    if spelled := _spelled(words, is_exact=True) or _spelled([w for w in words if w not in REMARKS]):
        return [spelled]
    numbers, sign, digits = [], "", ""
    for part in tokens:
        is_end = part in ENDS or part.isalpha() or (part.isdigit() and _is_whole(sign, digits))
        if digits and (part == ABROAD or is_end and len(digits) >= LOCAL_DIGITS):
            numbers.append(sign + digits)
            sign, digits = "", ""
        if part.isdigit():
            digits += part
        elif part == ABROAD:
            sign = part
    return [*numbers, sign + digits] if digits else numbers


def _without_times(tokens):
    """Return the tokens without a time that stands before a whole number."""
    kept, to_come = [], sum(len(token) for token in tokens if token.isdigit())
    for before, token, after in zip(["", *tokens], tokens, [*tokens[1:], ""], strict=False):
        is_few = token.isdigit() and len(token) <= MOST_DIGITS_OF_TIME
        to_come -= len(token) if token.isdigit() else 0
        is_time = is_few and before != ABROAD and (after == ":" or after.isalpha())
        if not is_time or to_come < NATIONAL_DIGITS:
            kept.append(token)
    return kept


def _is_whole(sign, digits):
    """Whether no further group can belong to a number: two of our own stand side by side."""
    return not sign and _is_north_american() and len(_national(digits)) == NATIONAL_DIGITS


def _plain(text):
    """Return the text in plain characters: digits of any script, one kind of dash, nothing unseen."""
    text = unicodedata.normalize("NFKC", without_invisible(text)).lower()
    text = "".join(str(unicodedata.digit(c)) if unicodedata.category(c) == "Nd" else c for c in text)
    return O_FOR_ZERO.sub("0", text)


def _spelled(words, *, is_exact=False):
    """Return the digits of a number that letters complete, as on a North American keypad.

    Only where whole parts of the number are digits, 800 or 303-555: a name behind seven digits is a name.
    """
    lead = "".join(takewhile(str.isdigit, words))
    if len(_national(lead)) not in LEADS or not _is_north_american():
        return ""
    digits = "".join(LETTERS.get(char, char) for char in "".join(words))
    wanted = NATIONAL_DIGITS + digits.startswith("1")
    is_fitting = len(digits) == wanted if is_exact else len(digits) >= wanted
    return digits[:wanted] if is_fitting and digits.isdecimal() and "".join(words) != digits else ""


def _own(digits):
    """Return the form of a number of the clinic's country, as it is dialled there."""
    # A leading 0 is another country's way to dial, or begins the way to dial abroad.
    if _is_north_american() and digits.startswith("0") and not digits.startswith(DIALLED_ABROAD[0]):
        return ""
    return _possible(digits, settings.CLINIC_COUNTRY)


def _national(digits):
    """Return the area code and what follows it; empty where no North American number begins so."""
    return "" if digits.startswith("0") else digits.removeprefix("1")


def _modern(digits):
    if digits.startswith(MEXICO_MOBILE) and len(digits) == MEXICO_DIGITS:
        return digits.replace(MEXICO_MOBILE, MEXICO_MOBILE[:2], 1)
    return digits


def _possible(number, country, *, is_certain=False):
    """Return the form of a number whose length exists, empty for others; certain ones must be in use."""
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return ""
    reason = phonenumbers.is_possible_number_with_reason(parsed)
    if reason != phonenumbers.ValidationResult.IS_POSSIBLE:
        return ""
    if is_certain and not phonenumbers.is_valid_number(parsed):
        return ""
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _is_north_american():
    return phonenumbers.country_code_for_region(settings.CLINIC_COUNTRY) == NORTH_AMERICA
