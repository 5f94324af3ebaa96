"""Posts."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import PageManager, PageQuerySet
from wagtail.search import index

from blog.blocks import BlogStoryBlock
from blog.forms import BlogPageForm
from blog.topics import TopicsWidget
from clinic.core.blocks.choosers import PageChooserBlock
from clinic.core.cards import cards_of
from clinic.core.fields import ParentalManyToManyField, StreamField
from clinic.core.generation_memory import kept, kept_of
from clinic.core.medical_words import names_medicine
from clinic.core.models import BasePage, ClinicalFields
from clinic.core.page_content import content_of
from clinic.core.public_pages import open_to_all, public_among
from clinic.core.structured_data import absolute, clinical_page, filled, is_real, the_clinic, web_page

RELATED_POSTS = 3
# Right below the blog these lead elsewhere.
TAKEN = {"feed"}
APPEARS = "Published with a day in the future, the post appears at the beginning of that day."


class BlogPageQuerySet(PageQuerySet):
    """Posts as readers meet them."""

    def newest_first(self):
        """Order by the day the post bears; the key makes the order certain."""
        return self.order_by("-published_on", "-pk")

    def for_cards(self):
        """Fetch what a card shows and leave the rest in the database."""
        return self.only("title", "url_path", "summary", "published_on", "picture")

    def about(self, topic):
        """Keep the posts on one topic."""
        return self.filter(topics=topic)

    def nearest_to(self, topics):
        """Keep the posts that share one of these topics, those that share most of them first."""
        sharing = self.filter(topics__in=topics).values("pk").annotate(shared=Count("topics"))
        return sharing.order_by("-shared", "-published_on", "-pk")


class BlogPage(ClinicalFields, BasePage):
    """One post."""

    section = "blog"
    parent_page_types = ["blog.BlogIndexPage"]
    subpage_types = []
    chooser_asks = {"author": "Choose who wrote it"}
    own_parts = ("picture",)
    known_parts = ("author", "reviewer", "statement")
    base_form_class = BlogPageForm
    not_medical = ClinicalFields.not_medical | {
        "published_on",
        "updated_on",
        "author",
        "picture",
        "nothing_medical",
        "chosen_posts",
    }

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
    nothing_medical = models.BooleanField(
        "says nothing medical",
        default=False,
        db_default=False,
        help_text="For news of the clinic, such as other opening hours. A post that names a medicine, an"
        " illness or a treatment is medical all the same, and a clinician reviews it.",
    )
    # Empty in the rows that a release before adds.
    chosen_posts = StreamField(
        [("post", PageChooserBlock("blog.BlogPage"))],
        verbose_name="other posts to show",
        null=True,
        blank=True,
        max_num=RELATED_POSTS,
        help_text="Up to three, shown below this post before those that are found by topic and day.",
    )

    objects = PageManager.from_queryset(BlogPageQuerySet)()

    search_fields = [*BasePage.search_fields, index.SearchField("body"), index.FilterField("published_on")]
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("published_on", help_text=APPEARS), FieldPanel("updated_on")]),
                FieldPanel("author"),
                FieldPanel("nothing_medical"),
                FieldPanel("topics", widget=TopicsWidget),
                FieldPanel("picture"),
            ],
            heading="About this post",
        ),
        FieldPanel("body"),
        FieldPanel("chosen_posts"),
        *ClinicalFields.clinical_panels,
    ]

    class Meta:
        verbose_name = "blog post"
        indexes = [models.Index(fields=["-published_on"], name="blogpage_newest")]

    def clean(self):
        """Refuse an address that is the feed's."""
        super().clean()
        if self.slug in TAKEN:
            raise ValidationError({"slug": f"“{self.slug}” is taken by the blog itself. Choose another one."})

    @property
    def is_clinical(self):
        """Whether a clinician has to check this post; one that speaks of medicine can't say otherwise."""
        return not self.nothing_medical or names_medicine(content_of(self))

    @cached_property
    def shown_topics(self):
        """What the post is about."""
        return list(self.topics.all())

    def described(self, image):
        """Return what the page is, for machines. A review is one of the page, not of the post."""
        is_clinical = (self.statement and self.is_clinical) or self.references or self.is_reviewed
        page = (clinical_page if is_clinical else web_page)(self, image)
        post = {
            "@type": "BlogPosting",
            "@id": f"{absolute(self.url)}#post",
            "headline": self.title,
            "description": self.meta_description,
            "url": absolute(self.url),
            "datePublished": self.published_on.isoformat(),
            "dateModified": (self.updated_on or self.published_on).isoformat(),
            "author": self.author.as_person() if is_real(self.author) else the_clinic(),
            "publisher": the_clinic(),
            "image": image and image.url,
            "keywords": [topic.name for topic in self.shown_topics],
            "inLanguage": "en",
            "mainEntityOfPage": {"@id": page["@id"]},
        }
        return [page, filled(post)]

    @property
    def related_posts(self):
        """Cards of a few other posts: the chosen ones, then those on the same topics, then the newest."""
        topics = tuple(topic.pk for topic in self.shown_topics)
        # For every post on these topics: one of them may be the post itself.
        near = kept(("posts near", topics), lambda: _near(topics, RELATED_POSTS + 1))
        keys = dict.fromkeys([*self._chosen_keys(), *near])
        keys.pop(self.pk, None)
        return cards_of_posts(list(keys)[:RELATED_POSTS])

    def _chosen_keys(self):
        """Return the keys of the chosen posts that everybody may read, in the editor's order."""
        chosen = tuple(block["value"] for block in self.chosen_posts.raw_data)
        if not chosen:
            return []
        public = kept(("posts among", chosen), lambda: public_among(chosen))
        return [key for key in chosen if key in public]


def cards_of_posts(keys):
    """Return the cards of posts in this order; one query for those not remembered, without their bodies."""
    found = kept_of("card of post", keys, _find_cards)
    return [found[key] for key in keys if key in found]


def _find_cards(keys):
    return cards_of(BlogPage.objects.for_cards().filter(pk__in=keys))


def _near(topics, number):
    """Return the keys of that many posts, the nearest first, then the newest."""
    posts = open_to_all(BlogPage.objects.all())
    near = list(posts.nearest_to(topics).values_list("pk", flat=True)[:number]) if topics else []
    if len(near) < number:
        newest = posts.newest_first().values_list("pk", flat=True)[:number]
        near = list(dict.fromkeys([*near, *newest]))[:number]
    return near
