"""Columns of the lists of pages."""

from django.utils import timezone
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn

from clinic.core.picture_places import PLACES

# What a telephone has no room for.
WIDE = "page-list__wide"
# The smallest plain copy that a card shows: it is there as soon as readers see the picture.
SMALL = next(spec for spec in PLACES["card"].specs if spec.startswith("format-jpeg"))


class PictureColumn(Column):
    """A page's picture, as small as it is there; nothing is made for it."""

    cell_template_name = "core/listings/picture_cell.html"

    class Media:
        css = {"all": ["core/css/listings.css"]}

    def get_value(self, instance):
        """Return the copy to show, or None."""
        picture = super().get_value(instance)
        return next(iter(picture.small_copies), None) if picture else None


class PersonColumn(Column):
    """A person who stands on the page, by name."""

    def get_value(self, instance):
        """Return the name."""
        person = super().get_value(instance)
        return person.title if person else ""


class NextReviewColumn(Column):
    """When a page has to be checked again, and whether that day is over."""

    cell_template_name = "core/listings/next_review_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        """Add whether it is over."""
        context = super().get_cell_context_data(instance, parent_context)
        day = context["raw_value"]
        return {**context, "day": day, "is_over": bool(day and day < timezone.localdate())}


def title_columns(picture):
    """Return what each list begins with: tick, picture, title."""
    return [
        BulkActionsColumn("bulk_actions"),
        PictureColumn(picture, label="Picture", width="5rem"),
        PageTitleColumn("title", label="Title", sort_key="title", classname="title"),
    ]


def state_columns():
    """Return what each list ends with: state and last change."""
    return [
        PageStatusColumn("status", label="Status", sort_key="live", width="10%"),
        DateColumn(
            "latest_revision_created_at",
            label="Changed",
            sort_key="latest_revision_created_at",
            width="10%",
            classname=WIDE,
        ),
    ]
