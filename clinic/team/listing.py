"""The list of all people with a page, for whoever writes."""

from wagtail.admin.ui.tables import BooleanColumn, Column

from clinic.core.listings import WIDE, PageList, PageListView, StateFilters, state_columns, title_columns

from .models import PersonPage


class PersonFilters(StateFilters):
    """By state, and by who checks what the site says."""

    class Meta(StateFilters.Meta):
        model = PersonPage
        fields = ["reviews_content"]


class PersonListView(PageListView):
    """The people."""

    picture_field = "portrait"


class PersonList(PageList):
    """All people with a page."""

    model = PersonPage
    name = "team"
    icon = "group"
    menu_label = "People"
    menu_order = 112
    index_view_class = PersonListView
    filterset_class = PersonFilters
    list_display = [
        *title_columns("portrait"),
        Column("role", sort_key="role"),
        BooleanColumn("reviews_content", label="Checks content", classname=WIDE),
        *state_columns(),
    ]
