"""What the demo adds to the admin."""

from django.conf import settings
from wagtail import hooks
from wagtail.admin.ui.components import Component


class DemoPanel(Component):
    """Says that nothing here is real, and where the mail goes."""

    name = "demo"
    order = 10
    template_name = "demo/admin_notice.html"

    def get_context_data(self, parent_context):
        """Name the folder that mail lands in."""
        return {"mail_folder": getattr(settings, "EMAIL_FILE_PATH", None)}


@hooks.register("construct_homepage_panels")
def add_demo_panel(request, panels):
    """Tell everybody who signs in to a demonstration."""
    if settings.DEMO_MODE:
        panels.append(DemoPanel())
