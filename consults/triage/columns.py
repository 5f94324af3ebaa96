"""Columns of the inbox. None of them opens an envelope."""

from wagtail.admin.ui.tables import Column

from consults.enums import CallWindow


class BestTimesColumn(Column):
    """When somebody can be called, in words."""

    def get_value(self, instance):
        """Return the windows, or "Any time"."""
        return best_times_in_words(instance.best_times)


def best_times_in_words(bits):
    """Return the chosen windows, one after another."""
    return "; ".join(w.label for w in CallWindow if bits & w) or "Any time"
