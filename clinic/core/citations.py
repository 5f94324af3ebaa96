"""Footnotes: marks in the text that point at references, numbered in the order in which a reader meets them.

A mark is stored as a link of the type "reference" around a star, which shows where no page numbers it.
"""

import re
from collections import Counter

from django.utils.html import format_html
from wagtail.fields import RichTextField, StreamField

from .generation_memory import kept_of

MARK = re.compile(
    r'<a\b(?=[^>]*\blinktype="reference")[^>]*\bid="(\d{1,15})"[^>]*>(?:(?!</a>).)*</a>',
    re.IGNORECASE | re.DOTALL,
)


class Citations:
    """The references of one page, with their numbers, and the places that cite each."""

    def __init__(self, page):
        cited = Counter(key for text in _texts_of(page) for key in map(int, MARK.findall(text)))
        listed = [block.value for block in getattr(page, "references", ())]
        found = _found(cited, listed)
        self._times = {key: times for key, times in cited.items() if key in found}
        self._shown = Counter()
        if self._times:
            in_order = {key: found[key] for key in self._times}
            in_order |= {
                source.pk: source for source in listed if source and source.live and source.pk not in cited
            }
            self.numbered = list(enumerate(in_order.values(), start=1))
        else:
            # Whoever wrote the numbers by hand means these places: one that isn't published leaves a gap.
            numbered = enumerate(listed, start=1)
            self.numbered = [(number, source) for number, source in numbered if source and source.live]
        self._numbers = {source.pk: number for number, source in self.numbered}

    def places_of(self, source):
        """Return the anchors of the marks that cite this source."""
        number = self._numbers[source.pk]
        return [_anchor(number, time) for time in range(1, self._times.get(source.pk, 0) + 1)]

    def with_numbers(self, html):
        """Return a stored text with its marks as numbers that lead to the list; others are left out."""
        return MARK.sub(self._number, html) if "linktype" in html else html

    def _number(self, mark):
        key = int(mark[1])
        if key not in self._times:
            return ""
        number = self._numbers[key]
        # Begins anew where the same page is shown twice.
        time = self._shown[key] % self._times[key] + 1
        self._shown[key] += 1
        return format_html(
            '<sup class="citation"><a id="{}" href="#ref-{}">'
            '<span class="visually-hidden">Reference </span>[{}]</a></sup>',
            _anchor(number, time),
            number,
            number,
        )


def _anchor(number, time):
    return f"cite-{number}-{time}"


def _found(keys, listed):
    """Return the published references with these keys; one query where the page's list lacks some."""
    found = {source.pk: source for source in listed if source}
    missing = keys - found.keys()
    if missing:
        from .models import Reference

        found |= kept_of(Reference, missing, Reference._default_manager.in_bulk)
    return {key: source for key, source in found.items() if source.live}


def _texts_of(page):
    """Yield every stored text of a page in the order of its fields, which is the order on the page."""
    for field in page._meta.fields:
        if isinstance(field, RichTextField):
            yield getattr(page, field.name) or ""
        elif isinstance(field, StreamField):
            yield from _strings_in(list(getattr(page, field.name).raw_data))


def _strings_in(raw):
    """Yield the words of a stored value, however deep they are."""
    if isinstance(raw, str):
        yield raw
    elif isinstance(raw, dict):
        for value in raw.values():
            yield from _strings_in(value)
    elif isinstance(raw, list | tuple):
        for value in raw:
            yield from _strings_in(value)
