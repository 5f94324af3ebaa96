"""Raised and lowered signs: "10⁶" must never become "106", in plain text as little as in rich text.

Digits and signs have characters of their own, which stay themselves in titles, in search and when read aloud.
"""

SUP = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
SUB = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
TABLES = {"sup": SUP, "sub": SUB}
# These mean the same on the line.
ON_THE_LINE = frozenset({"st", "nd", "rd", "th", "*", "†", "‡", "™", "®", "©", "º", "ª", "°"})
AS_ONE_SIGN = {"tm": "™", "(tm)": "™", "(r)": "®"}


def as_characters(text: str, raised: str) -> str | None:
    """Return raised or lowered text as characters that say so themselves, None where there are none."""
    word = text.strip().casefold()
    if raised == "sup" and (word in ON_THE_LINE or word.startswith("[")):
        return text
    if raised == "sup" and word in AS_ONE_SIGN:
        return AS_ONE_SIGN[word]
    table = TABLES[raised]
    if all(ord(char) in table or char.isspace() for char in text):
        return text.translate(table)
    return None


def on_the_line(text: str, raised: str) -> str:
    """Return what stays readable where no sign can be raised: ``x^(ab)``, ``x_(ab)``."""
    return f"{'^' if raised == 'sup' else '_'}({text.strip()})"
