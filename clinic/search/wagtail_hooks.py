"""What the search registers with Wagtail: the pinned answers, and what people didn't find."""

from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .missed_words import RIGHT, MissedWordsView
from .models import PinnedAnswer


class PinnedAnswerViewSet(SnippetViewSet):
    """Answers above everything found."""

    model = PinnedAnswer
    icon = "search"
    menu_label = "Pinned answers"
    menu_order = 260
    add_to_admin_menu = True
    list_display = ["title", "leads_to", "language"]
    list_filter = ["language"]
    # Few rows, and no index of Wagtail's.
    search_fields = ["title", "words"]


register_snippet(PinnedAnswerViewSet)


class MissedWordsItem(MenuItem):
    """Shown to whoever may read the report."""

    def is_shown(self, request):
        """Whether this person may."""
        return request.user.has_perm(RIGHT)


@hooks.register("register_reports_menu_item")
def add_report():
    """Put it among Wagtail's reports."""
    return MissedWordsItem(
        "What people didn’t find", reverse("missed_words"), name="missed-words", icon_name="search", order=750
    )


@hooks.register("register_admin_urls")
def add_addresses():
    """Serve the report."""
    return [path("search-misses/", MissedWordsView.as_view(), name="missed_words")]
