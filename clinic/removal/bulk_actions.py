"""Several pages at once: what the site stands on stays, and what leads to the others is said first."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.text import get_text_list
from wagtail.admin.views.pages.bulk_actions.delete import DeleteBulkAction
from wagtail.admin.views.pages.bulk_actions.move import MoveBulkAction
from wagtail.admin.views.pages.bulk_actions.unpublish import UnpublishBulkAction
from wagtail.models import Page

from clinic.core.removed_pages import is_removed

from .pillars import known, why_it_matters
from .purging import gone_on
from .removing import remove


class KeepsPillars:
    """Leaves out the pages that the site stands on: each goes by itself, its title typed, or not at all."""

    @cached_property
    def _known(self):
        return known()

    def check_perm(self, page):
        """Whether this person may, and the site doesn't stand on the page."""
        return super().check_perm(page) and not why_it_matters(page, self._known)

    def get_actionable_objects(self):
        """Return the pages to act on; of those left out, the ones the site stands on by themselves."""
        pages, left_out = super().get_actionable_objects()
        without = left_out["items_with_no_access"]
        pillars = [page for page in without if why_it_matters(page, self._known)]
        others = [page for page in without if page not in pillars]
        return pages, {**left_out, "items_with_no_access": others, "pillars": pillars}


class RemoveBulkAction(KeepsPillars, DeleteBulkAction):
    """Removes pages, so that they can be restored."""

    template_name = "removal/confirm_bulk_remove.html"

    def post(self, request):
        """Remove without the site's name typed: nothing is lost."""
        return super(DeleteBulkAction, self).post(request)

    @classmethod
    def execute_action(cls, objects, user=None, **kwargs):
        """Remove each; one that stands below another goes with it."""
        number, below = 0, 0
        for page in objects:
            page = Page.objects.get(pk=page.pk)
            if not is_removed(page):
                number, below = number + 1, below + page.get_descendant_count()
                remove(page, user)
        return number, below

    def get_success_message(self, num_parent_objects, num_child_objects):
        """Say how many, and until when they can come back."""
        pages = f"{num_parent_objects} page{'' if num_parent_objects == 1 else 's'}"
        below = f"{num_child_objects} below" if num_child_objects else ""
        return f"Removed: {get_text_list([pages, *filter(None, [below])], 'and')}. {until(timezone.now())}"


class UnpublishPillarsAloneAction(KeepsPillars, UnpublishBulkAction):
    """Unpublishes pages; what leads to them is said first."""

    template_name = "removal/confirm_bulk_unpublish.html"


class MovePillarsAloneAction(KeepsPillars, MoveBulkAction):
    """Moves pages; what leads to them is said first."""

    template_name = "removal/confirm_bulk_move.html"


def until(moment) -> str:
    """Say until when a page that was removed at a moment can come back."""
    day = date_format(gone_on(moment), "DATE_FORMAT")
    return f"Until {day} this can be undone under Reports → Removed pages."
