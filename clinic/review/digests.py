"""The medical text of a page as a number: another text, another number."""

import json
from hashlib import sha256

from clinic.core.page_content import content_of


def digest_of(page) -> str:
    """Return the digest of what a clinician checks on a clinical page: its words, sources and statement.

    What is empty isn't in it: a field that a later release adds leaves the reviews of before as they are.
    """
    content = content_of(page).items()
    medical = {name: value for name, value in content if value and name not in page.not_medical}
    return sha256(json.dumps(medical, sort_keys=True, default=str).encode()).hexdigest()
