"""What medical review registers with Wagtail."""

from django.urls import path, reverse, reverse_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from clinic.core.live_rules import judge
from clinic.core.start_page import MOST_ROWS, Row, start_section

# Registers what a reviewer asked, for the editor.
from . import asked  # noqa: F401
from .copies import refuse_unreviewed_copies
from .models import ReviewingAccount
from .one_clinician import OwnPageReasonViewSet
from .reading.urls import urlpatterns
from .reading.waiting import may_review
from .recording import REVIEWED
from .views import SEE_WHAT_FAILS, NotHoldingView
from .watching import not_holding


@hooks.register("register_log_actions")
def name_reviews(actions):
    """Name the act in the history of a page."""
    actions.register_action(REVIEWED, "Medical review", "Reviewed by a clinician")


@hooks.register("before_copy_page")
def look_before_copying(request, page):
    """Refuse before the first of many copies is made what a copy may not be: live without a review."""
    is_alias = bool(request.POST.get("alias"))
    if is_alias or request.POST.get("publish_copies"):
        with_subpages = bool(request.POST.get("copy_subpages"))
        refuse_unreviewed_copies(page, is_alias=is_alias, with_subpages=with_subpages)


@hooks.register("before_convert_alias_page")
def look_before_converting(request, page):
    """Refuse to make a page of its own of a live alias: the review is one of the page that it shows."""
    if request.method == "POST" and page.live:
        own = page.specific
        own.alias_of_id = None
        judge(own)


class ReviewingAccountsView(IndexView):
    """The list, with accounts and people asked for at once."""

    def get_base_queryset(self):
        """Return the accounts with what the list shows."""
        return super().get_base_queryset().select_related("account", "person")


class ReviewingAccountViewSet(ModelViewSet):
    """Whose account belongs to which person; for site administrators alone, since no group has the right."""

    model = ReviewingAccount
    icon = "user"
    menu_label = "Accounts of reviewers"
    add_to_settings_menu = True
    form_fields = ["account", "person"]
    list_display = ["account", "person"]
    index_view_class = ReviewingAccountsView
    url_prefix = "reviewing-accounts"
    url_namespace = "reviewing_accounts"
    inspect_view_enabled = False


@hooks.register("register_admin_viewset")
def add_reviewing_accounts():
    """Add its pages and its place among the settings."""
    return ReviewingAccountViewSet()


@hooks.register("register_admin_viewset")
def add_reasons_for_one_clinician():
    """Add its pages and its place among the settings."""
    return OwnPageReasonViewSet()


@start_section("Live, but not as it must be", order=5)
def what_fails(user):
    """Return the live pages that don't hold, for whoever may see the list."""
    if not user.has_perm(SEE_WHAT_FAILS):
        return []
    rows = not_holding().values_list("page_id", "page__title", "reasons")[: MOST_ROWS + 1]
    return [
        Row(title, reverse("wagtailadmin_pages:edit", args=[key]), reasons.partition("\n")[0])
        for key, title, reasons in rows
    ]


class WhatFailsItem(MenuItem):
    """Shown to whoever may see the list."""

    def is_shown(self, request):
        """Whether this person may."""
        return request.user.has_perm(SEE_WHAT_FAILS)


@hooks.register("register_reports_menu_item")
def add_report():
    """Put the list among the reports."""
    return WhatFailsItem(
        "Live, but not as it must be",
        reverse("not_holding"),
        name="not-holding",
        icon_name="warning",
        order=740,
    )


class ToReviewItem(MenuItem):
    """Shown to reviewers."""

    def is_shown(self, request):
        """Whether this person is one."""
        return may_review(request.user)


@hooks.register("register_admin_menu_item")
def add_to_review():
    """Lead to what waits."""
    return ToReviewItem(
        "To review", reverse_lazy("review_list"), name="to-review", icon_name="clipboard-list", order=95
    )


@hooks.register("register_admin_urls")
def add_addresses():
    """Serve the pages of reviewers, and the list of live pages that don't hold."""
    return [
        *urlpatterns,
        path("live-pages-that-do-not-hold/", NotHoldingView.as_view(), name="not_holding"),
    ]
