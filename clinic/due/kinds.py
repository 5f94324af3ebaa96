"""What falls due among what the whole site shares. Fees and licences belong to the apps that know them."""

from datetime import timedelta

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, ReferenceIndex

from clinic.core.due import MOST, Due, Kind, changed_last, edit_page
from clinic.core.models import ClinicalFields, ClinicImage, Faq, RegulatoryStatement, SiteNotice
from clinic.core.removed_pages import without_removed

# A draft that nobody touched for so long is to be finished or thrown away; a picture had its time as well.
DAYS_UNTOUCHED = 60


def shared_kinds():
    """Return the kinds of what the whole site shares."""
    return [
        Kind("Reviews", "review", "reviews", 10, "Ask for the next medical review.", reviews),
        Kind(
            "Statements on approval",
            "statement",
            "statements",
            20,
            "Open the source, mend the words, and set both days.",
            statements,
        ),
        Kind(
            "Questions", "answer", "answers", 30, "Read the answer, mend it, and set its next day.", questions
        ),
        Kind("Notices", "notice that ends", "notices that end", 60, "Let it end, or extend it.", notices),
        Kind(
            "Old drafts",
            "old draft",
            "old drafts",
            70,
            f"Nobody has touched these for {DAYS_UNTOUCHED} days: publish them or throw them away.",
            old_drafts,
        ),
        Kind(
            "Unused pictures",
            "unused picture",
            "unused pictures",
            80,
            "Nothing that readers see shows these. A draft may: look before you delete one.",
            unused_pictures,
        ),
    ]


def reviews(until):
    """Yield published medical pages by the day of their next review."""
    rows = [row for model in _clinical_models() for row in _reviews_of(model, until)]
    for day, key, title, account, reviewer in sorted(rows, key=lambda row: row[:2])[:MOST]:
        yield Due(title, edit_page(key), day, account, f"reviewed last by {reviewer}" if reviewer else "")


def statements(until):
    """Yield statements on approval by the day from which they may not be trusted."""
    return _published(RegulatoryStatement, "name", "expires_on", until)


def questions(until):
    """Yield questions by the day on which their answer has to be read again."""
    return _published(Faq, "question", "review_on", until)


def notices(until):
    """Yield notices that show now, by the day on which they end."""
    now = timezone.now()
    rows = SiteNotice.objects.filter(shows_from__lte=now, shows_until__gt=now).order_by("shows_until", "pk")
    columns = rows.values_list("pk", "text", "shows_until", "latest_revision__user")
    for key, text, ends, account in columns[:MOST]:
        if (day := timezone.localdate(ends)) <= until:
            yield Due(text, _edit(SiteNotice, key), day, account)


def old_drafts(until):
    """Yield pages whose draft nobody touched for long, by the day since when that is so."""
    drafts = without_removed(
        Page.objects.filter(has_unpublished_changes=True, latest_revision_created_at__lt=_long_ago())
    ).order_by("latest_revision_created_at", "pk")
    rows = drafts.values_list("pk", "draft_title", "latest_revision_created_at", changed_last())
    for key, title, touched, account in rows[:MOST]:
        day = timezone.localdate(touched) + timedelta(days=DAYS_UNTOUCHED)
        yield Due(title, edit_page(key), day, account)


def unused_pictures(until):
    """Yield pictures that nothing points at; they have no day."""
    uses = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(ClinicImage),
        # PostgreSQL compares no number with a text.
        to_object_id=Cast(OuterRef("pk"), CharField()),
    )
    pictures = ClinicImage.objects.filter(~Exists(uses), created_at__lt=_long_ago())
    columns = pictures.order_by("created_at", "pk").values_list("pk", "title", "uploaded_by_user")
    for key, title, account in columns[:MOST]:
        yield Due(title, reverse("wagtailimages:edit", args=[key]), None, account)


def _clinical_models():
    pages = (model for model in apps.get_models() if issubclass(model, Page))
    return [model for model in pages if issubclass(model, ClinicalFields)]


def _reviews_of(model, until):
    rows = model.objects.live().filter(next_review_on__lte=until).order_by("next_review_on", "pk")
    return rows.values_list("next_review_on", "pk", "title", changed_last(), "reviewer__title")[:MOST]


def _published(model, title, day, until):
    rows = model.objects.filter(live=True, **{f"{day}__lte": until}).order_by(day, "pk")
    for key, text, when, account in rows.values_list("pk", title, day, "latest_revision__user")[:MOST]:
        yield Due(text, _edit(model, key), when, account)


def _edit(model, key):
    return reverse(model.snippet_viewset.get_url_name("edit"), args=[key])


def _long_ago():
    return timezone.now() - timedelta(days=DAYS_UNTOUCHED)
