"""Posts."""

from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import PageManager, PageQuerySet
from wagtail.search import index

from blog.blocks import BlogStoryBlock
from blog.forms import BlogPageForm
from clinic.core.fields import ParentalManyToManyField, StreamField
from clinic.core.models import BasePage, ClinicalFields
from clinic.core.public_pages import open_to_all

RELATED_POSTS = 3
APPEARS = "Published with a day in the future, the post appears at the beginning of that day."


class BlogPageQuerySet(PageQuerySet):
    """Posts as readers meet them."""

    def newest_first(self):
        """Order by the day the post bears; the key makes the order certain."""
        return self.order_by("-published_on", "-pk")

    def for_cards(self):
        """Fetch what a card shows and leave the body in the database."""
        return self.select_related("author", "picture").defer("body", "references")

    def about(self, topic):
        """Keep the posts on one topic."""
        return self.filter(topics=topic)

    def related_to(self, post):
        """Order other posts by how many topics they share with ``post``, then by day."""
        topics = [topic.pk for topic in post.topics.all()]
        shared = Count("topics", filter=Q(topics__in=topics))
        return (
            self.exclude(pk=post.pk)
            .annotate(shared_topics=shared)
            .order_by("-shared_topics", "-published_on", "-pk")
        )


class BlogPage(ClinicalFields, BasePage):
    """One post."""

    section = "blog"
    parent_page_types = ["blog.BlogIndexPage"]
    subpage_types = []
    base_form_class = BlogPageForm

    published_on = models.DateField("date", default=timezone.localdate)
    updated_on = models.DateField(null=True, blank=True, help_text="When the text last changed in substance.")
    author = models.ForeignKey(
        "team.PersonPage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reviewer = models.ForeignKey(
        "team.PersonPage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    topics = ParentalManyToManyField("blog.BlogTopic", blank=True, related_name="posts")
    picture = models.ForeignKey(
        "core.ClinicImage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    body = StreamField(BlogStoryBlock())

    objects = PageManager.from_queryset(BlogPageQuerySet)()

    search_fields = [*BasePage.search_fields, index.SearchField("body"), index.FilterField("published_on")]
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("published_on", help_text=APPEARS), FieldPanel("updated_on")]),
                FieldPanel("author"),
                FieldPanel("topics"),
                FieldPanel("picture"),
            ],
            heading="About this post",
        ),
        FieldPanel("body"),
        *ClinicalFields.clinical_panels,
    ]

    class Meta:
        verbose_name = "blog post"
        indexes = [models.Index(fields=["-published_on"], name="blogpage_newest")]

    @property
    def related_posts(self):
        """A few other posts: those on the same topics first, then the newest."""
        return open_to_all(BlogPage.objects.all()).related_to(self).for_cards()[:RELATED_POSTS]
