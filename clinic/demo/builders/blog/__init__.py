"""The demo's posts: three with the titles that were asked for, and four more in every editorial state."""

from blog.models import BlogIndexPage

from . import (
    blood_pressure,
    injections,
    off_label,
    psychological_therapy,
    questions_to_ask,
    restless_legs,
    ride_home,
)

INTRODUCTION = """
<p>Plain words on treatment, therapy and what to ask. Every post names its sources, or says that it has
none.</p>
"""
# Later posts may link to earlier ones. Newest last; the last two aren't published yet.
POSTS = [
    off_label,
    questions_to_ask,
    restless_legs,
    psychological_therapy,
    injections,
    ride_home,
    blood_pressure,
]


def build_blog(demo):
    """Add the blog and the posts that are missing."""
    index = demo.page(
        demo.pages["home"],
        BlogIndexPage,
        "blog",
        title="Blog",
        summary="Plain words on ketamine, therapy and what to ask.",
        introduction=demo.text(INTRODUCTION),
        show_in_menus=True,
    )
    for post in POSTS:
        post.build(demo, index)
