"""What managers and auditors see of it on the start page."""

from wagtail.admin.ui.components import Component

from consults import workflow


class PeoplePanel(Component):
    """That a second manager is missing, and what waits."""

    name = "consult-people"
    order = 30
    template_name = "consults/people/panel.html"

    def __init__(self, lacks_second, waiting):
        self._context = {"lacks_second": lacks_second, "waiting": waiting}

    def get_context_data(self, parent_context):
        """Return both."""
        return self._context


def people_panel(user) -> PeoplePanel | None:
    """Return what this user should see; None where there is nothing, or it is none of their business."""
    waiting = workflow.number_waiting(user)
    if waiting is None:
        return None
    lacks_second = workflow.lacks_second_manager()
    return PeoplePanel(lacks_second, waiting) if lacks_second or waiting else None
