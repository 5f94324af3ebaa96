"""What is filled into prepared words: a fixed list for each channel, replaced as plain text.

What a person typed, their name, belongs on the phone alone: it never leaves by voicemail, text or e-mail.
"""

import re

from consults.enums import ReplyChannel

CALLER, PHONE, CLINIC = "{caller}", "{phone}", "{clinic}"
NAME, REFERENCE, HOURS = "{name}", "{reference}", "{hours}"
WRITTEN = (REFERENCE, CLINIC, PHONE, CALLER, HOURS)
IN_SUBJECT = (CLINIC, REFERENCE)
ALLOWED = {
    ReplyChannel.CALL: (NAME, *WRITTEN),
    # A first name and a number only, as the person allowed.
    ReplyChannel.VOICEMAIL: (CALLER, PHONE),
    ReplyChannel.VOICEMAIL_NAMED: (CALLER, PHONE, CLINIC),
    ReplyChannel.TEXT: WRITTEN,
    ReplyChannel.EMAIL: WRITTEN,
}
# What stands where the site doesn't know: staff say it, or write it in.
GAPS = {
    NAME: "[their name]",
    REFERENCE: "[the reference]",
    CLINIC: "[the clinic]",
    PHONE: "[our phone number]",
    CALLER: "[your first name]",
    HOURS: "[our opening hours]",
}
IN_BRACES = re.compile(r"\{[^{}]*\}|[{}]")


def placeholders_for(channel: str) -> tuple[str, ...]:
    """Return the placeholders of a channel."""
    return ALLOWED[ReplyChannel(channel)]


def problems_with(text: str, known: tuple[str, ...]) -> list[str]:
    """Return what stands in braces and is none of the known placeholders, each once."""
    return list(dict.fromkeys(found for found in IN_BRACES.findall(text) if found not in known))


def fill(text: str, values: dict[str, str]) -> str:
    """Return a text with the values in place of the placeholders; an empty one leaves a gap to see.

    In one pass: what is filled in is not read for placeholders again.
    """
    return IN_BRACES.sub(lambda found: values.get(found[0]) or GAPS.get(found[0], found[0]), text)


def gaps_in(text: str) -> list[str]:
    """Return the gaps that nobody has filled."""
    return [gap for gap in GAPS.values() if gap in text]
