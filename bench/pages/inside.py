"""What only the site itself can do: ``python -m bench.pages.inside`` in its environment prints JSON."""

import json
import sys
import time

import django


def publish(word):
    """Put a word into the title of the oldest post; tell when that stood in the database, and where."""
    from blog.models import BlogPage
    from clinic.core import generation

    post = BlogPage.objects.live().newest_first().last()
    post.title = f"Quiet {word}"
    post.save_revision().publish()
    return {"at": time.monotonic(), "generation": generation.current(), "path": post.url}


def fill(pages):
    """Add posts up to so many public pages."""
    from wagtail.models import Page

    from bench.growth.filling import fill as fill_posts
    from blog.models import BlogPage

    live = Page.objects.live().public().filter(depth__gt=1).count()
    return fill_posts(BlogPage.objects.count() + int(pages) - live)


if __name__ == "__main__":
    django.setup()
    print(json.dumps({"publish": publish, "fill": fill}[sys.argv[1]](sys.argv[2])))
