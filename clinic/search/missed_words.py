"""What people didn't find, as editors see it."""

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.exceptions import PermissionDenied
from django.urls import reverse_lazy
from django.views.generic import ListView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from .misses import DAYS_UNTIL_CLEAR, KEPT_DAYS
from .models import MissedWord

WORDS_PER_PAGE = 50
RIGHT = "search.view_missedword"


class MissedWordsView(WagtailAdminTemplateMixin, PermissionRequiredMixin, ListView):
    """The words, the most searched first; those that nobody may read yet as one number."""

    permission_required = RIGHT
    raise_exception = True
    template_name = "search/missed_words.html"
    page_title = "What people didn’t find"
    header_icon = "search"
    paginate_by = WORDS_PER_PAGE
    index_url = reverse_lazy("missed_words")
    _show_breadcrumbs = True

    def get_queryset(self):
        """Return the words that may be read."""
        return MissedWord.objects.exclude(word="").order_by("-searches", "word")

    def get_breadcrumbs_items(self):
        """Say where one is."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        """Add how many words wait, and what the count means in figures."""
        return {
            **super().get_context_data(**kwargs),
            "waiting": MissedWord.objects.filter(word="").count(),
            "days_until_clear": DAYS_UNTIL_CLEAR,
            "kept_days": KEPT_DAYS,
        }

    def handle_no_permission(self):
        """Answer as Wagtail does."""
        raise PermissionDenied
