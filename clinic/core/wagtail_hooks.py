"""What the shared part of the site registers with Wagtail."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .models import Faq, Reference, RegulatoryStatement
from .picture_embeds import PictureEmbedHandler


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
    icon = "openquote"
    list_display = ["citation", "checked_on"]


class RegulatoryStatementViewSet(SnippetViewSet):
    """Statements on approval, with the day they have to be checked again."""

    model = RegulatoryStatement
    icon = "clipboard-list"
    menu_label = "Statements on approval"
    list_display = ["name", "checked_on", "expires_on"]


class ContentGroup(SnippetViewSetGroup):
    """What pages share."""

    items = (FaqViewSet, ReferenceViewSet, RegulatoryStatementViewSet)
    menu_label = "Shared content"
    menu_icon = "snippet"
    menu_order = 250


register_snippet(ContentGroup)


@hooks.register("register_rich_text_features", order=20)
def show_pictures_in_text(features):
    """Replace Wagtail's handler, registered before, which encodes while the page waits."""
    features.register_embed_type(PictureEmbedHandler)
