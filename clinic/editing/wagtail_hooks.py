"""What the desk of editors registers with Wagtail."""

from wagtail import hooks

# Registers what waits for whoever writes.
from .start_page import sections  # noqa: F401
from .start_page.panel import TAKES_THE_PLACE_OF, start_panel


@hooks.register("construct_homepage_panels")
def begin_the_day(request, panels):
    """Say first what can be begun and what waits, in the place of Wagtail's lists of the same."""
    panels[:] = [panel for panel in panels if getattr(panel, "name", "") not in TAKES_THE_PLACE_OF]
    if panel := start_panel(request.user):
        panels.append(panel)
