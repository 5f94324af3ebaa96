"""What the desk of editors registers with Wagtail."""

from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.widgets import Button

from .draft_links.links import SHARE, TAKE_BACK
from .draft_links.views import DraftLinksView, TakeBackView
from .history_words import say_it_plainly

# Registers what waits for whoever writes.
from .start_page import sections  # noqa: F401
from .start_page.panel import TAKES_THE_PLACE_OF, start_panel

# After Wagtail's own.
hooks.register("register_log_actions", say_it_plainly, order=10)


@hooks.register("construct_homepage_panels")
def begin_the_day(request, panels):
    """Say first what can be begun and what waits, in the place of Wagtail's lists of the same."""
    panels[:] = [panel for panel in panels if getattr(panel, "name", "") not in TAKES_THE_PLACE_OF]
    if panel := start_panel(request.user):
        panels.append(panel)


@hooks.register("register_admin_urls")
def add_addresses():
    """Let editors share a draft."""
    return [
        path("draft-links/<int:page_id>/", DraftLinksView.as_view(), name="draft_links"),
        path(
            "draft-links/<int:page_id>/<uuid:key>/take-back/",
            TakeBackView.as_view(),
            name="take_back_draft_link",
        ),
    ]


@hooks.register("register_page_header_buttons")
def lead_to_draft_links(page, user, view_name, next_url=None):
    """Offer it beside what else can be done with a page."""
    if page.depth > 1 and page.permissions_for_user(user).can_edit():
        yield Button("Share the draft", reverse("draft_links", args=[page.pk]), icon_name="link", priority=35)


@hooks.register("register_log_actions")
def name_actions(actions):
    """Name in the history of a page who let others read its draft."""
    actions.register_action(SHARE, "Share the draft", "Shared the draft by a link")
    actions.register_action(TAKE_BACK, "Take back a link to the draft", "Took back a link to the draft")
