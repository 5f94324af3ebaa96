"""Forms whose values are bounded before any field, pattern or library sees them."""

from django import forms
from django.db.models import AutoField
from django.utils.datastructures import MultiValueDict

# What names a choice, a number or a moment is never that long, nor is a text without a limit of its own.
LONGEST_CHOICE, LONGEST_TEXT = 200, 10_000
# A number of more digits is no key, and more than a database can be asked for.
LONGEST_KEY = 18
TOO_LONG = "This is too long. Use {:,} characters or fewer."


def longest_raw(field) -> int:
    """Return how much of a value is looked at: line breaks count twice, marks no eye sees go later."""
    if isinstance(field, forms.ModelChoiceField) and _is_chosen_by_number(field):
        return LONGEST_KEY
    if not isinstance(field, forms.CharField):
        return LONGEST_CHOICE
    return 2 * field.max_length + 100 if field.max_length else LONGEST_TEXT


def _is_chosen_by_number(field):
    """Whether rows are named by keys that are numbers; forms that choose rows later have such keys, too."""
    if field.to_field_name:
        return False
    if field.queryset is None:
        return True
    key = field.queryset.model._meta.pk
    return isinstance(key.target_field if key.is_relation else key, AutoField)


class BoundedMixin:
    """Cuts what is far too long as it comes in. A text that was cut is refused, and shown as far as kept.

    For every form of ours, filters among them; it stands before the form it is mixed into.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.cut_fields = set()
        if self.is_bound:
            self.data = self._bounded(self.data)

    def clean(self):
        """Refuse a text of which only a part was looked at; its field may have seen nothing wrong."""
        data = super().clean()
        for name in self.cut_fields & self.fields.keys():
            field = self.fields[name]
            # A choice, number or moment of that length is none, and its field has said so.
            if isinstance(field, forms.CharField):
                self.errors.pop(name, None)
                said = field.error_messages.get("max_length") or TOO_LONG.format(
                    field.max_length or LONGEST_TEXT
                )
                self.add_error(name, said)
        return data

    def _bounded(self, data):
        """Return the data with short values; the very same where all are."""
        bounded = data.copy()
        names = {self.add_prefix(name): name for name in self.fields}
        for sent in data:
            longest = longest_raw(self.fields.get(names.get(sent)))
            is_multiple = isinstance(data, MultiValueDict)
            values = data.getlist(sent) if is_multiple else [data[sent]]
            if not any(isinstance(value, str) and len(value) > longest for value in values):
                continue
            short = [value[:longest] if isinstance(value, str) else value for value in values]
            if is_multiple:
                bounded.setlist(sent, short)
            else:
                bounded[sent] = short[0]
            self.cut_fields.add(names.get(sent))
        return bounded if self.cut_fields else data


class BoundedForm(BoundedMixin, forms.Form):
    """A form with bounded values."""


class BoundedModelForm(BoundedMixin, forms.ModelForm):
    """A form of a model with bounded values."""
