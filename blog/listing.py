"""The list of all posts for whoever writes."""

from django.forms import CheckboxSelectMultiple
from django_filters import ModelChoiceFilter, ModelMultipleChoiceFilter
from wagtail.admin.ui.tables import Column

from clinic.core.listings import (
    WIDE,
    ClinicalFilters,
    NextReviewColumn,
    PageList,
    PageListView,
    PersonColumn,
    state_columns,
    title_columns,
)

from .models import BlogPage, BlogTopic


def _people(request):
    return BlogPage._meta.get_field("author").related_model.objects.order_by("title")


class PostFilters(ClinicalFilters):
    """By state, review, people and topics."""

    author = ModelChoiceFilter(queryset=_people)
    reviewer = ModelChoiceFilter(queryset=_people)
    topics = ModelMultipleChoiceFilter(queryset=BlogTopic.objects.all(), widget=CheckboxSelectMultiple)

    class Meta(ClinicalFilters.Meta):
        model = BlogPage


class PostListView(PageListView):
    """The posts."""

    shown_parts = ("author", "reviewer")


class PostList(PageList):
    """All posts."""

    model = BlogPage
    name = "posts"
    icon = "edit"
    menu_label = "Posts"
    menu_order = 110
    index_view_class = PostListView
    filterset_class = PostFilters
    list_display = [
        *title_columns("picture"),
        PersonColumn("author", classname=WIDE),
        Column("published_on", label="Date", sort_key="published_on", classname=WIDE),
        PersonColumn("reviewer", classname=WIDE),
        NextReviewColumn("next_review_on", label="Next review", sort_key="next_review_on"),
        *state_columns(),
    ]
