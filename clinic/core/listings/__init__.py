"""Lists of all pages of one kind for whoever writes: columns, filters, and the doors to them."""

from .columns import (
    WIDE,
    NextReviewColumn,
    PersonColumn,
    PictureColumn,
    state_columns,
    title_columns,
)
from .filters import ClinicalFilters, StateFilters
from .viewsets import PageList, PageListView

__all__ = [
    "WIDE",
    "ClinicalFilters",
    "NextReviewColumn",
    "PageList",
    "PageListView",
    "PersonColumn",
    "PictureColumn",
    "state_columns",
    "StateFilters",
    "title_columns",
]
