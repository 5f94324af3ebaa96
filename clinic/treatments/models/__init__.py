"""Pages about treatments and their cost."""

from .comparison import ComparisonPage
from .fees import Fee, FeesPage
from .treatments import TreatmentIndexPage, TreatmentPage

__all__ = ["ComparisonPage", "Fee", "FeesPage", "TreatmentIndexPage", "TreatmentPage"]
