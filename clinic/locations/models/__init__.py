"""Places and their opening hours."""

from .hours import LocationClosure, LocationHours
from .pages import LocationIndexPage, LocationPage

__all__ = ["LocationClosure", "LocationHours", "LocationIndexPage", "LocationPage"]
