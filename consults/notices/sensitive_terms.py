"""Words that would tell a stranger who sees a screen what a mail is about: none stands in one."""

import re

from consults.enums import Locale

# Where the clinic's own name would tell too much.
NAMELESS = {Locale.EN: "Your clinic", Locale.ES: "Su clínica"}
SENSITIVE = re.compile(
    r"ketamin|spravato|infusi[oó]n|injec|inyec|psych|psic|psiq|therap|terapi|mental|depress|depresi|"
    r"anxi|ansie|ptsd|tept|trauma|bipolar|suicid|\bpain|dolor|addict|adicci",
    re.IGNORECASE,
)


def without_sensitive_terms(text: str, *, instead: str) -> str:
    """Return the text on one line, or ``instead`` where it says too much or nothing."""
    text = " ".join(text.split())
    return instead if not text or SENSITIVE.search(text) else text
