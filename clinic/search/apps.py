"""The search of the public pages."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """An index of the public pages, answers that editors pin, and a count of what nobody found."""

    name = "clinic.search"
    label = "search"
    verbose_name = "Search"
