"""What the block *Newest posts* shows of the blog."""

from clinic.core.generation_memory import kept
from clinic.core.newest_posts import NewestPosts, finds_newest_posts
from clinic.core.public_pages import open_to_all

from .models import BlogIndexPage
from .models.posts import cards_of_posts


@finds_newest_posts
def newest_of_the_blog(most):
    """Return the newest posts that everybody may read."""
    blog = kept("the blog", open_to_all(BlogIndexPage.objects.all()).first)
    cards = cards_of_posts(blog.keys_of_posts()[:most]) if blog else []
    return NewestPosts(cards, blog) if cards else None
