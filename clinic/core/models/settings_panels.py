"""What the settings form shows besides its fields."""

from wagtail.admin.panels import Panel


class GuardedFactsPanel(Panel):
    """Numbers and addresses as every page shows them; managers change them, by another door."""

    class BoundPanel(Panel.BoundPanel):
        """The values, to read."""

        template_name = "core/guarded_facts_panel.html"

        def get_context_data(self, parent_context=None):
            """Add the facts as they are published."""
            # The facts are built from these models.
            from clinic.core.facts import read_facts

            return {**super().get_context_data(parent_context), "facts": read_facts()}
