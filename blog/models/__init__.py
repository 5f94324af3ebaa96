"""Models of the blog."""

from .index import BlogIndexPage
from .posts import BlogPage
from .topics import BlogTopic

__all__ = ["BlogIndexPage", "BlogPage", "BlogTopic"]
