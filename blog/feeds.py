"""The feed of the newest posts."""

from datetime import datetime, time

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed

from clinic.core.facts import read_facts
from clinic.core.xml_text import xml_text

from .models.posts import cards_of_posts

POSTS_IN_FEED = 20


class CleanAtomFeed(Atom1Feed):
    """A feed that no character of an editor can break."""

    def __init__(self, *args, **kwargs):
        super().__init__(*map(xml_text, args), **_clean(kwargs))

    def add_item(self, *args, **kwargs):
        """Add one post."""
        super().add_item(*map(xml_text, args), **_clean(kwargs))


class PostFeed(Feed):
    """The newest posts of one blog, with summaries."""

    feed_type = CleanAtomFeed

    def __init__(self, blog):
        self.blog = blog

    def title(self):
        """The feed's name."""
        return f"{self.blog.title} – {read_facts().name}"

    def link(self):
        """The blog's address."""
        return _absolute(self.blog)

    def feed_url(self):
        """The feed's own address."""
        return self.link() + self.blog.reverse_subpage("feed")

    def subtitle(self):
        """What the blog is about."""
        return self.blog.summary

    def items(self):
        """The cards of the newest posts."""
        return cards_of_posts(self.blog.keys_of_posts()[:POSTS_IN_FEED])

    def item_title(self, item):
        """The post's title."""
        return item.title

    def item_description(self, item):
        """The post's summary."""
        return item.text

    def item_link(self, item):
        """The post's address."""
        return settings.SITE_URL + (item.url or "/")

    def item_pubdate(self, item):
        """The start of the post's day."""
        return timezone.make_aware(datetime.combine(item.day, time.min))


def _absolute(page):
    return settings.SITE_URL + (page.url or "/")


def _clean(values):
    return {name: xml_text(value) for name, value in values.items()}
