"""What consultation requests register with Wagtail."""

from wagtail import hooks

from .permissions import can_read_requests
from .triage.banners import troubles_panel
from .triage.panels import WaitingPanel
from .triage.viewsets import ConsultRequestViewSet


@hooks.register("register_admin_viewset")
def register_inbox():
    """Add the inbox."""
    return ConsultRequestViewSet()


@hooks.register("construct_homepage_panels")
def add_waiting_panel(request, panels):
    """Tell the front desk, and only them, who waits."""
    if can_read_requests(request.user):
        panels.append(WaitingPanel())


@hooks.register("construct_homepage_panels")
def add_troubles_panel(request, panels):
    """Tell the front desk and its managers what fails."""
    if panel := troubles_panel(request.user):
        panels.append(panel)
