"""Text for XML: without the characters that no XML file may hold."""

import re

# All that XML 1.0 allows, negated. A vertical tab comes along when somebody pastes from a word processor.
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(value):
    """Return a text without what XML forbids; anything else as it is."""
    return FORBIDDEN.sub("", value) if isinstance(value, str) else value
