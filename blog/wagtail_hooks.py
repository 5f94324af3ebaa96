"""What the blog registers with Wagtail."""

from django.urls import path, reverse
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from clinic.core.start_page import start_action

from .listing import PostList
from .models import BlogIndexPage, BlogPage, BlogTopic
from .topics import AddTopicView


class BlogTopicViewSet(SnippetViewSet):
    """Topics of posts."""

    model = BlogTopic
    icon = "tag"
    menu_label = "Topics"
    menu_order = 260
    add_to_admin_menu = True
    list_display = ["name", "slug"]


register_snippet(BlogTopicViewSet)


@hooks.register("register_admin_urls")
def add_addresses():
    """Let the editor make a topic that is missing."""
    return [path("blog-topics/add/", AddTopicView.as_view(), name="add_blog_topic")]


@hooks.register("register_admin_viewset")
def register_list():
    """Add the list of posts."""
    return PostList()


@start_action("Write a post", icon="edit", order=10)
def write_a_post(user):
    """Lead to an empty post below the blog."""
    blog = BlogIndexPage.objects.first()
    if blog and blog.permissions_for_user(user).can_add_subpage():
        return reverse("wagtailadmin_pages:add", args=["blog", BlogPage._meta.model_name, blog.pk])
    return None
