"""Where a picture is used, as its own page says it."""

from wagtail.models import ReferenceIndex

from .reference_rows import rows_of

MOST = 50


def uses_of(picture):
    """Return a row for each page, snippet and setting that shows the picture, however often it does.

    A query for each kind of them; what only a draft shows is not known.
    """
    rows = rows_of(ReferenceIndex.get_references_to(picture))
    return list({(row.kind, row.source.pk): row for row in rows}.values())[:MOST]
