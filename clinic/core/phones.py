"""Telephone numbers as people write them."""

import re

# Short codes such as 988 and 911 are dialled as they stand.
SHORT_CODE_DIGITS = 6


def phone_uri(number):
    """Return the tel: address of a number as written; ten digits are taken as North American."""
    digits = re.sub(r"\D", "", number)
    if not digits:
        return ""
    if number.strip().startswith("+"):
        return f"tel:+{digits}"
    if len(digits) <= SHORT_CODE_DIGITS:
        return f"tel:{digits}"
    return f"tel:+1{digits}" if len(digits) == 10 else f"tel:+{digits}"
