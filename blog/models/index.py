"""The list of posts, by path: /blog/, /blog/page/2/, /blog/topic/safety/, /blog/feed/."""

from array import array

from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef
from django.http import Http404
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField
from wagtail.search import index

from blog.feeds import PostFeed
from clinic.core.blocks import SHORT_TEXT_FEATURES
from clinic.core.generation_memory import kept
from clinic.core.models import BasePage
from clinic.core.previews import shown_as_found
from clinic.core.public_pages import open_to_all

from .posts import BlogPage, cards_of_posts
from .topics import BlogTopic

POSTS_PER_PAGE = 6


class BlogIndexPage(RoutablePageMixin, BasePage):
    """The list of posts, whole and by topic."""

    section = "blog"
    parent_page_types = ["core.HomePage"]
    subpage_types = ["blog.BlogPage"]
    max_count = 1

    introduction = RichTextField(features=SHORT_TEXT_FEATURES, blank=True)

    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]
    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = "blog"

    @property
    def posts(self):
        """The published posts below this page, newest first."""
        return open_to_all(BlogPage.objects.child_of(self)).newest_first()

    @property
    def _topics(self):
        # One look for each topic: joined, this took seconds where the database had not counted new posts yet.
        return BlogTopic.objects.filter(Exists(self.posts.order_by().about(OuterRef("pk"))))

    def keys_of_posts(self, topic=None):
        """Return the keys of the published posts, newest first: thus no page of a list is far away."""
        posts = self.posts.about(topic) if topic else self.posts
        return kept(
            ("posts", self.pk, topic and topic.pk), lambda: array("q", posts.values_list("pk", flat=True))
        )

    @path("")
    @path("page/<int:number>/")
    def all_posts(self, request, number=1):
        """List all posts."""
        return self._render_list(request, number, list_url=self.get_url(request))

    @path("topic/<slug:slug>/")
    @path("topic/<slug:slug>/page/<int:number>/")
    def posts_on_topic(self, request, slug, number=1):
        """List the posts on one topic."""
        topic = kept(("topic", slug), lambda: BlogTopic.objects.filter(slug=slug).first())
        if topic is None:
            raise Http404
        list_url = self.get_url(request) + self.reverse_subpage("posts_on_topic", args=[slug])
        return self._render_list(request, number, list_url=list_url, topic=topic)

    def list_addresses(self):
        """Yield the addresses of feed and further lists, below that of this page: they are files too."""
        yield self.reverse_subpage("feed")
        yield from _further_pages("", self.posts.count())
        on_topics = self.posts.order_by("topics__name").filter(topics__isnull=False)
        for slug, posts in on_topics.values_list("topics__slug").annotate(number=Count("pk")):
            yield f"topic/{slug}/"
            yield from _further_pages(f"topic/{slug}/", posts)

    @path("feed/")
    def feed(self, request):
        """Serve the newest posts as a feed."""
        return PostFeed(self)(request)

    def serve_preview(self, request, mode_name):
        """Return the list as it is found; lists by path have a preview of their own."""
        return shown_as_found(self, request, mode_name) or super().serve_preview(request, mode_name)

    def _render_list(self, request, number, *, list_url, topic=None):
        """Render one page of a list; a number beyond the last page, or a spelled-out 1, is unknown."""
        paginator = Paginator(self.keys_of_posts(topic), POSTS_PER_PAGE)
        is_spelled_out = number == 1 and request.path != list_url
        if not 1 <= number <= paginator.num_pages or is_spelled_out:
            raise Http404
        page = paginator.page(number)
        page.object_list = cards_of_posts(page.object_list)
        return self.render(
            request,
            context_overrides={
                "posts": page,
                "topic": topic,
                "topics": kept(("topics", self.pk), lambda: list(self._topics)),
                "list_url": list_url,
            },
        )


def _further_pages(list_address, posts):
    """Return the addresses of a list's pages after its first."""
    pages = -(-posts // POSTS_PER_PAGE)
    return [f"{list_address}page/{number}/" for number in range(2, pages + 1)]
