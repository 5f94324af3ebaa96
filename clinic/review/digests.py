"""The medical text of a page as a number: another text, another number."""

import json
from hashlib import sha256

from clinic.core.page_content import content_of


def digest_of(page) -> str:
    """Return the digest of what a clinician checks on a clinical page: its words, sources and statement.

    What is empty isn't in it: a field that a later release adds leaves the reviews of before as they are.
    """
    content = content_of(page).items()
    return _digest({name: value for name, value in content if value and name not in page.not_medical})


def digest_of_words(page) -> str:
    """Return the digest of all that a page says, as the content checks read it: its summary, too."""
    content = content_of(page).items()
    return _digest({name: value for name, value in content if value and isinstance(value, str | list)})


def _digest(content):
    return sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()
