"""What the front desk sees first after signing in."""

from wagtail.admin.ui.components import Component

from consults.models import ConsultRequest


class WaitingPanel(Component):
    """How many requests nobody has, and how long the oldest waits."""

    name = "consult-requests"
    order = 50
    template_name = "consults/triage/waiting_panel.html"

    def get_context_data(self, parent_context):
        """Count the waiting ones."""
        requests = ConsultRequest.objects.from_people()
        waiting = requests.waiting()
        oldest = waiting.oldest_first().defer("envelope").first()
        return {"count": waiting.count(), "oldest": oldest, "suspected": requests.quarantined().count()}
