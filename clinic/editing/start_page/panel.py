"""The panel that stands on the start page: what can be begun, and what waits, by what apps registered."""

from wagtail.admin.ui.components import Component

from clinic.core.start_page import MOST_ROWS, actions, sections

# What it says in their place, with the same number of questions however many pages there are.
TAKES_THE_PLACE_OF = {"recent_edits", "user_objects_in_workflow_moderation", "workflow_objects_to_moderate"}


class StartPanel(Component):
    """Actions and sections of one person."""

    name = "editors-start"
    # Before remarks of any kind: on a phone the first screen is for the day's work.
    order = 5
    template_name = "editing/start_page.html"

    class Media:
        css = {"all": ["editing/css/start_page.css"]}

    def __init__(self, actions, sections):
        self._actions, self._sections = actions, sections

    def get_context_data(self, parent_context):
        """Return what this person may begin and what waits for them."""
        return {"actions": self._actions, "sections": self._sections, "most": MOST_ROWS}


def start_panel(user) -> StartPanel | None:
    """Return the panel for this person; None where there is nothing that they could begin or do."""
    can_begin = [(action, address) for action in actions() if (address := action.address(user))]
    waits = [(section, rows) for section in sections() if (rows := list(section.rows(user)))]
    return StartPanel(can_begin, waits) if can_begin or waits else None
