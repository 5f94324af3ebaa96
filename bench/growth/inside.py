"""Measuring inside the site: ``python -m bench.growth.inside`` in its environment prints JSON."""

import json
from dataclasses import asdict

import django

from bench.profile import shares
from bench.visits import fine, see, tidy

SIZES = (10, 1_000, 10_000)
ROUNDS = 30  # of the worker
IN_ALL, IN_ONE = "search, a word in all", "search, a word in one"


def main():
    """Fill, measure, fill on; and say where the time of a post goes."""
    from django.core.management import call_command

    from .filling import fill

    measured = {}
    for size in SIZES:
        posts = fill(size)
        call_command("update_index", verbosity=0)
        settle()
        tidy()
        measured[size] = {name: asdict(see(visit)) for name, visit in visits(posts).items()}
    return {"sizes": measured, "profile": {"post": shares(visits(posts)["post"])}}


def settle():
    """Let the worker do what it does after a change, until the search finds the newest copy."""
    from django.core.management import call_command
    from django.test import Client

    from blog.models import BlogPage

    newest = BlogPage.objects.order_by("pk").last()
    query = {"query": newest.title.split()[-1]}
    for _ in range(ROUNDS):
        call_command("consults_worker", once=True)
        found = fine(Client(SERVER_NAME="127.0.0.1").get("/search/", query))
        if f"/{newest.slug}/" in found.content.decode():
            return
    raise RuntimeError("The search does not find the newest post.")


def visits(posts):
    """Return what is measured, by name: functions that make one visit."""
    from django.test import Client

    from blog.models import BlogPage
    from blog.models.index import POSTS_PER_PAGE

    client = Client(SERVER_NAME="127.0.0.1")
    post = BlogPage.objects.live().newest_first()[posts // 2]
    last = min(1500, -(-posts // POSTS_PER_PAGE))

    def get(path):
        return lambda: fine(client.get(path))

    return {
        "post": get(post.url),
        "listing": get("/blog/"),
        "listing, last page or 1,500": get(f"/blog/page/{last}/"),
        "feed": get("/blog/feed/"),
        "sitemap": get("/sitemap.xml"),
        IN_ALL: get("/search/?query=ketamine"),
        IN_ONE: get(f"/search/?query={post.title.split()[-1]}"),
    }


if __name__ == "__main__":
    django.setup()
    print(json.dumps(main()))
