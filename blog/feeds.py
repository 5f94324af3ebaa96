"""The feed of the newest posts, as RFC 4287 wants it."""

from datetime import date, datetime, time
from typing import NamedTuple

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from clinic.core.facts import read_facts
from clinic.core.generation_memory import kept
from clinic.core.xml_text import xml_text

from .models.posts import BlogPage

POSTS_IN_FEED = 20
# A feed has to say when it changed last, also one of a blog in which nothing stands yet.
NEVER = date(2000, 1, 1)


class Entry(NamedTuple):
    """A post as the feed tells of it."""

    id: str
    title: str
    text: str
    link: str
    published: datetime
    updated: datetime


class CleanAtomFeed(Atom1Feed):
    """A feed that no character of an editor can break."""

    def __init__(self, *args, **kwargs):
        super().__init__(*map(xml_text, args), **_clean(kwargs))

    def add_item(self, *args, **kwargs):
        """Add one post."""
        super().add_item(*map(xml_text, args), **_clean(kwargs))

    def latest_post_date(self):
        """Return when the newest post changed; never the present moment, which would be news each time."""
        return super().latest_post_date() if self.items else _beginning_of(NEVER)


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

    def author_name(self):
        """Who answers for all posts: a feed without an author is none."""
        return read_facts().name

    def items(self):
        """The newest posts, found once in a generation."""
        return kept(("feed", self.blog.pk), lambda: _entries(self.blog.keys_of_posts()[:POSTS_IN_FEED]))

    def item_guid(self, item):
        """A name that stays, whatever becomes of title, address and day."""
        return item.id

    def item_title(self, item):
        """The post's title."""
        return item.title

    def item_description(self, item):
        """The post's summary; a feed reader takes it for HTML, which it is not."""
        return escape(item.text)

    def item_link(self, item):
        """The post's address."""
        return item.link

    def item_pubdate(self, item):
        """The start of the post's day."""
        return item.published

    def item_updateddate(self, item):
        """The start of the day on which its text last changed in substance."""
        return item.updated


def _entries(keys):
    shown = ("title", "url_path", "summary", "published_on", "updated_on", "translation_key")
    posts = BlogPage.objects.only(*shown).in_bulk(list(keys))
    return [_entry(posts[key]) for key in keys if key in posts]


def _entry(post):
    return Entry(
        post.translation_key.urn,
        post.title,
        post.summary,
        _absolute(post),
        _beginning_of(post.published_on),
        _beginning_of(max(post.published_on, post.updated_on or post.published_on)),
    )


def _absolute(page):
    return settings.SITE_URL + (page.url or "/")


def _beginning_of(day):
    return timezone.make_aware(datetime.combine(day, time.min))


def _clean(values):
    return {name: xml_text(value) for name, value in values.items()}
