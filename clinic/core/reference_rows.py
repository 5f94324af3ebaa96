"""What points at something, as editors read it: who, where in it, and the way there.

Wagtail keeps an index of it; it knows what is stored, not what a draft says.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Q
from django.db.models.functions import Cast
from django.utils.text import capfirst
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.contrib.settings.registry import registry as settings_registry
from wagtail.models import Page, ReferenceIndex
from wagtail.snippets.models import get_snippet_models


@dataclass(frozen=True)
class Row:
    """One place that points at something: in what, of which kind, where in it, and where that is edited."""

    source: object
    kind: str
    place: str
    address: str
    target: str

    @property
    def title(self) -> str:
        """The name of what holds the place."""
        return str(self.source)

    @property
    def is_page(self) -> bool:
        """Whether readers can open it by itself."""
        return isinstance(self.source, Page)


def seen_by_readers():
    """Return the references from what readers get: published pages, snippets and settings."""
    keys = Page.objects.live().annotate(key=Cast("pk", CharField())).values("key")
    of_pages = Q(base_content_type=ContentType.objects.get_for_model(Page), object_id__in=keys)
    shared = ContentType.objects.get_for_models(*get_snippet_models(), *settings_registry).values()
    return ReferenceIndex.objects.filter(of_pages | Q(base_content_type__in=list(shared)))


def rows_of(references) -> list[Row]:
    """Return rows for references, by kind and title; a query for each kind of what holds them."""
    references = list(references)
    sources = _sources_of(references)
    finder = AdminURLFinder()
    rows = [
        Row(
            source=source,
            kind=capfirst(reference.model_name),
            place=reference.describe_source_field(),
            address=finder.get_edit_url(source) or "",
            target=reference.to_object_id,
        )
        for reference in references
        if (source := sources.get((reference.base_content_type_id, reference.object_id)))
    ]
    return sorted(rows, key=lambda row: (not row.is_page, row.kind, row.title, row.place))


def _sources_of(references):
    keys = defaultdict(set)
    for reference in references:
        keys[reference.base_content_type_id].add(reference.object_id)
    found = {}
    for kind, wanted in keys.items():
        model = ContentType.objects.get_for_id(kind).model_class()
        # Of pages what all have in common is enough: no text is read.
        found |= {(kind, str(key)): one for key, one in model._default_manager.in_bulk(list(wanted)).items()}
    return found
