"""What the blog registers with Wagtail."""

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import BlogTopic


class BlogTopicViewSet(SnippetViewSet):
    """Topics of posts."""

    model = BlogTopic
    icon = "tag"
    menu_label = "Topics"
    menu_order = 260
    add_to_admin_menu = True
    list_display = ["name", "slug"]


register_snippet(BlogTopicViewSet)
