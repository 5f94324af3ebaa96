"""What the shared part of the site registers with Wagtail."""

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.templatetags.static import static
from django.urls import path, reverse_lazy
from django.utils.cache import add_never_cache_headers
from django.utils.html import format_html, format_html_join
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.views.chooser import AnchorLinkView, ExternalLinkView
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .citation_marks import register_marks
from .missing_parts import missing_parts
from .models import Faq, Reference, RegulatoryStatement, SiteNotice
from .page_links import KnownDocumentLinkHandler, PlaceHandler, PublicLinkHandler
from .picture_embeds import PictureEmbedHandler
from .publish_button import say_what_is_missing
from .source_chooser import SourceChooserViewSet
from .steady_links import keep_links
from .submit_button import put_beside
from .views.place_link import PlaceFirstView, PlaceLinkView


class FaqViewSet(SnippetViewSet):
    """Questions, each written once."""

    model = Faq
    icon = "help"
    menu_label = "Questions"
    list_display = ["question", "topic", "review_on"]
    list_filter = ["topic"]


class ReferenceViewSet(SnippetViewSet):
    """Sources."""

    model = Reference
    chooser_viewset_class = SourceChooserViewSet
    icon = "openquote"
    list_display = ["citation", "checked_on"]


class RegulatoryStatementViewSet(SnippetViewSet):
    """Statements on approval, with the day they have to be checked again."""

    model = RegulatoryStatement
    icon = "clipboard-list"
    menu_label = "Statements on approval"
    list_display = ["name", "checked_on", "expires_on"]


class SiteNoticeViewSet(SnippetViewSet):
    """Notices above every page."""

    model = SiteNotice
    icon = "warning"
    menu_label = "Notices"
    menu_order = 255
    add_to_admin_menu = True
    list_display = ["text", "level", "state", "shows_from", "shows_until"]
    list_filter = ["level"]
    # Few rows, and no index of Wagtail's.
    search_fields = ["text"]


class ContentGroup(SnippetViewSetGroup):
    """What pages share."""

    items = (FaqViewSet, ReferenceViewSet, RegulatoryStatementViewSet)
    menu_label = "Shared content"
    menu_icon = "snippet"
    menu_order = 250


register_snippet(ContentGroup)
register_snippet(SiteNoticeViewSet)


@hooks.register("insert_global_admin_css")
def fit_a_phone():
    """Let Wagtail's pages and ours fit a phone."""
    return format_html('<link rel="stylesheet" href="{}">', versioned_static("core/css/admin.css"))


@hooks.register("insert_editor_js")
def name_refused_fields():
    """Let the message above a refused form name its fields."""
    return format_html('<script src="{}" defer></script>', static("js/admin/refused_fields.js"))


@hooks.register("insert_editor_js")
def mind_what_is_done_while_saving():
    """Lose nothing of what is typed or pressed while the editor saves by itself."""
    return format_html('<script src="{}"></script>', static("js/admin/while_saving.js"))


@hooks.register("before_edit_page")
@hooks.register("before_edit_snippet")
def warn_of_missing_parts(request, instance):
    """Tell whoever opens the editor what readers don't get to see, and where."""
    if request.method != "GET":
        return
    missing = missing_parts(instance)
    if missing:
        places = format_html_join("", "<li>{}</li>", ((sentence,) for sentence in missing))
        text = "Readers don’t see these parts. Choose something else there, or take them out:"
        messages.warning(request, format_html("{}<ul>{}</ul>", text, places))


@hooks.register("before_serve_page")
def keep_page_for_some(page, request, serve_args, serve_kwargs):
    """Let nobody in where nobody is known; Wagtail would ask for groups, which this process can't read."""
    if settings.CONSULTS_ROLE == "intake" and page.get_view_restrictions().exists():
        return _closed(request)


# Before Wagtail's own.
@hooks.register("before_serve_document", order=-1)
def keep_document_for_some(document, request):
    """The same for a document."""
    if settings.CONSULTS_ROLE == "intake" and document.collection.get_view_restrictions().exists():
        return _closed(request)


def _closed(request):
    response = redirect_to_login(request.get_full_path(), settings.WAGTAIL_FRONTEND_LOGIN_URL)
    add_never_cache_headers(response)
    return response


@hooks.register("register_rich_text_features", order=10)
def link_to_public_pages(features):
    """Replace Wagtail's handlers, registered before; that for pages links to whatever was chosen once."""
    features.register_link_type(PublicLinkHandler)
    features.register_link_type(KnownDocumentLinkHandler)
    features.register_link_type(PlaceHandler)


@hooks.register("register_admin_urls")
def add_place_links():
    """Serve the tab of the link chooser for pages beside the tree."""
    return [
        path("choose-place/", PlaceLinkView.as_view(), name="choose_place"),
        path("choose-again/", PlaceFirstView.as_view(other=ExternalLinkView), name="choose_again"),
        path("choose-again/here/", PlaceFirstView.as_view(other=AnchorLinkView), name="choose_again_here"),
    ]


@hooks.register("register_rich_text_features", order=10)
def open_places_again(features):
    """Let the editor open a link to one of these places where it was made."""
    # Asking by its method would begin to register again.
    doors = features.plugins_by_editor["draftail"]["link"].data["chooserUrls"]
    doors["externalLinkChooser"] = reverse_lazy("choose_again")
    doors["anchorLinkChooser"] = reverse_lazy("choose_again_here")


@hooks.register("register_rich_text_features", order=20)
def show_pictures_in_text(features):
    """Replace Wagtail's handler, registered before, which encodes while the page waits."""
    features.register_embed_type(PictureEmbedHandler)


@hooks.register("construct_page_action_menu")
def tell_on_the_button(menu_items, request, context):
    """Say on the button that publishes what would be said after pressing it; let that for review show."""
    say_what_is_missing(menu_items, context.get("page"))
    put_beside(menu_items, context)


@hooks.register("register_rich_text_features", order=30)
def offer_footnotes(features):
    """Let texts of pages cite the references that pages share."""
    register_marks(features)


@hooks.register("register_rich_text_features", order=40)
def keep_addresses_of_links(features):
    """Let somebody give a link better words without losing it."""
    keep_links(features)
