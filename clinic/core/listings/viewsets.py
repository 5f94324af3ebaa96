"""The doors to the lists of pages: who finds them in the menu, and who gets in."""

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, Q, prefetch_related_objects
from django.utils.functional import cached_property
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.pages.choose_parent import ChooseParentView
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.images import get_image_model
from wagtail.permissions import page_permission_policy

from .columns import SMALL

# More words than that say nothing more of a title.
MOST_WORDS = 10


class PageListView(IndexView):
    """A list of pages. Wagtail's own search refuses to go with filters and orders that it has no index of."""

    # Fields that the columns show: the picture, and other rows that pages point at.
    picture_field = "picture"
    shown_parts = ()

    def search_queryset(self, queryset):
        """Keep the pages in whose title or summary every word stands, the ones changed last first."""
        if not self.is_searching:
            return queryset
        for word in self.search_query.split()[:MOST_WORDS]:
            has_word = Q()
            for field in ("title", "draft_title", "summary"):
                has_word |= Q(**{f"{field}__icontains": word})
            queryset = queryset.filter(has_word)
        return queryset if self.is_explicitly_ordered else queryset.order_by(self.default_ordering, "-pk")

    def get_context_data(self, **kwargs):
        """Fetch what the columns show of all pages at once."""
        context = super().get_context_data(**kwargs)
        copies = get_image_model().get_rendition_model().objects.filter(filter_spec=SMALL)
        small = Prefetch(f"{self.picture_field}__renditions", queryset=copies, to_attr="small_copies")
        prefetch_related_objects(list(context["object_list"]), self.picture_field, *self.shown_parts, small)
        return context


class WritersChooseParentView(ChooseParentView):
    """Where a new page goes, for whoever may write one."""

    def dispatch(self, request, *args, **kwargs):
        """Refuse whoever may add no page anywhere."""
        if not page_permission_policy.user_has_permission(request.user, "add"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class PageList(PageListingViewSet):
    """A list of all pages of one kind, in the menu of whoever may change some page."""

    index_view_class = PageListView
    choose_parent_view_class = WritersChooseParentView
    add_to_admin_menu = True

    @cached_property
    def menu_item_class(self):
        """Return the place in the menu, shown to whoever gets in."""
        allowed = self.index_view_class.any_permission_required

        def is_shown(item, request):
            return page_permission_policy.user_has_any_permission(request.user, allowed)

        return type(f"{type(self).__name__}MenuItem", (MenuItem,), {"is_shown": is_shown})
