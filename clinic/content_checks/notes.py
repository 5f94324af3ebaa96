"""What the editor of a page shows of the findings."""

from clinic.core.editor_notes import Note, Row, editor_note

from .findings import findings_of
from .house_list import Level

HEADINGS = {
    Level.SERIOUS: "Found by the checks: this keeps the page from going live",
    Level.MODERATE: "Found by the checks: please mend",
    Level.MINOR: "Found by the checks: worth a look",
}


@editor_note
def tell_findings(page):
    """Yield a note for each weight, with a row for each finding."""
    found = findings_of(page)
    for level, heading in HEADINGS.items():
        rows = [
            Row(finding.place, finding.said, finding.path, finding.words)
            for finding in found
            if finding.kind.level == level
        ]
        yield Note(heading, rows)
