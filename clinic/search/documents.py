"""What can be found: every public page with all that readers see on it, and what stands without a page."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.text import capfirst
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, Site
from wagtail.rich_text import get_text_for_indexing
from wagtail.snippets.models import get_snippet_models

from .models import PinnedAnswer

PAGES_AT_ONCE = 100
# A page that is endless is found by its beginning (characters).
LONGEST_BODY = 200_000
# How much more than a post a page of a section says to somebody who searches.
WEIGHTS = {"treatments": 3.0, "fees": 2.4, "locations": 1.6, "questions": 2.0, "team": 1.4, "other": 1.2}
WEIGHTS |= {"consultation": 2.0, "help": 2.0, "blog": 1.0, "home": 0.8, "policies": 0.8}
# What the pages of a section are the place for, though no field of theirs says it.
KEYWORDS = {"locations": "opening hours, address, phone, e-mail, directions, map"}
KEYWORDS |= {"team": "doctor, clinician, staff"}
# What no reader sees as words, or only for a time.
UNREAD = {"notice", "time_zone"}


@dataclass(frozen=True)
class Document:
    """One thing to find. ``page`` is the key of its page, 0 where there is none; ``place`` its path."""

    address: str
    kind: str
    title: str
    summary: str
    body: str
    section: str
    # What it is the place for, in words that it doesn't say.
    keywords: str = ""
    page: int = 0
    place: str = ""
    language: str = "en"

    @property
    def weight(self):
        """How much it counts beside others that hold the same words."""
        return WEIGHTS.get(self.section, 1.0)


# What stands without a page of its own: name of its address, section, language, title, summary, keywords.
FIXED = [
    (
        "get_help_now",
        "help",
        "en",
        "Get help now",
        "Where to call, text or chat in a crisis, at any hour, free.",
        "Crisis line, suicide, emergency, danger, self-harm, veterans. Call or text if you think about "
        "suicide.",
    ),
    (
        "get_help_now_es",
        "help",
        "es",
        "Ayuda ahora mismo",
        "A dónde llamar o escribir en una crisis, a cualquier hora, gratis.",
        "Línea de crisis, suicidio, emergencia, peligro, autolesión, veteranos. Llame o escriba si piensa en "
        "el suicidio. Ayuda ahora, en español, Spanish.",
    ),
    (
        "consultation",
        "consultation",
        "en",
        "Request a consultation",
        "Ask for a first call. It is free and takes a few minutes.",
        "Appointment, book, schedule, form, first call, call back, new patient, contact, consultation.",
    ),
    (
        "consultation_es",
        "consultation",
        "es",
        "Solicitar una consulta",
        "Pida una primera llamada. Es gratis y toma unos minutos.",
        "Cita, formulario, solicitud, primera llamada, paciente nuevo, en español, hablan español, Spanish.",
    ),
]


def fixed_documents() -> Iterator[Document]:
    """Yield what stands without a page of its own."""
    for name, section, language, title, summary, words in FIXED:
        yield Document(reverse(name), "This site", title, summary, "", section, words, language=language)


def public_keys() -> list[int]:
    """Return the keys of all pages that can be found. Raises django.db.Error."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return []
    pages = site.root_page.get_descendants(inclusive=True).live().public()
    return list(pages.order_by("depth", "path").values_list("pk", flat=True))


def documents_of(keys) -> Iterator[Document]:
    """Yield the documents of some pages; few queries for many pages of one type. Raises django.db.Error."""
    by_type = {}
    for page in Page.objects.filter(pk__in=keys).specific():
        by_type.setdefault(type(page), []).append(page)
    for model, pages in by_type.items():
        prefetch_related_objects(pages, *_shared(model))
        yield from filter(None, map(_document, pages))


def answers() -> list[PinnedAnswer]:
    """Return the answers that editors pin. Raises django.db.Error."""
    return list(PinnedAnswer.objects.select_related("page"))


def _document(page):
    address = page.url
    if not address:
        return None
    section = getattr(page, "section", "other")
    return Document(
        address=address,
        kind=capfirst(page._meta.verbose_name.removesuffix(" page")),
        title=page.title,
        summary=getattr(page, "summary", "") or page.search_description,
        body=" ".join(" ".join(_texts(page)).split())[:LONGEST_BODY],
        section=section,
        keywords=KEYWORDS.get(section, ""),
        page=page.pk,
        place=page.url_path,
    )


def _shared(model):
    """Return the names of what a page shows of other tables: shared snippets, rows of its own, topics."""
    snippets = set(get_snippet_models())
    shown = [f.name for f in model._meta.fields if f.is_relation and f.related_model in snippets]
    several = [f.name for f in model._meta.many_to_many if isinstance(f, ParentalManyToManyField)]
    return [*shown, *several, *_rows_of(model)]


def _rows_of(model):
    """Return the names by which a page knows the rows that are edited with it."""
    return [
        relation.get_accessor_name()
        for relation in model._meta.related_objects
        if isinstance(relation.field, ParentalKey)
        and relation.field.model._meta.app_label == model._meta.app_label
    ]


def _texts(instance):
    """Yield everything that a page, or a row of one, says in words."""
    for field in instance._meta.local_concrete_fields:
        if _is_read(field):
            # A part of the page with a heading that its template writes.
            if field.name.replace("_", "-") in getattr(instance, "own_anchors", ()):
                yield f"{capfirst(field.verbose_name)}."
            yield from _texts_of(field, getattr(instance, field.attname))
    if isinstance(instance, Page):
        for name in _shared(type(instance)):
            yield from _shared_texts(getattr(instance, name))


def _is_read(field):
    is_text = isinstance(field, models.CharField | models.TextField | StreamField)
    is_address = isinstance(field, models.URLField | models.SlugField)
    return is_text and not is_address and not field.choices and field.name not in {"summary", *UNREAD}


def _texts_of(field, value):
    if isinstance(field, StreamField):
        for text in field.get_searchable_content(value):
            yield strip_tags(text)
    elif isinstance(field, RichTextField):
        yield get_text_for_indexing(value)
    else:
        yield str(value or "")


def _shared_texts(value):
    """Yield the texts of a shared snippet or of several rows; what holds no longer is left out."""
    for row in value.all() if hasattr(value, "all") else filter(None, [value]):
        if getattr(row, "is_current", True):
            yield from _texts(row)
