"""Somebody who changes the site from the command line: one line in, one line out once it is done.

`python -m tests.site.editor` in the environment of a machine; what it does ends as commands of manage.py do.
"""

import json
import sys
import time

import django

django.setup()

from datetime import timedelta  # noqa: E402

from django.contrib.auth.models import User  # noqa: E402
from django.db import connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402
from wagtail.models import Page, PageViewRestriction, Site  # noqa: E402

from blog.models import BlogTopic  # noqa: E402
from clinic.core import generation, live_rules  # noqa: E402
from clinic.core.kept_pages.watch import withdraw_after_command  # noqa: E402
from clinic.core.models import ClinicImage, ClinicSettings  # noqa: E402
from clinic.core.renditions import make_missing_renditions  # noqa: E402
from clinic.core.scheduled_pages import publish_on_time  # noqa: E402
from tests.core.picture_files import photo_of_phone, upload  # noqa: E402
from tests.factories.pages import (  # noqa: E402
    BlogIndexPageFactory,
    BlogPageFactory,
    BlogTopicFactory,
    HomePageFactory,
    PersonPageFactory,
    StandardPageFactory,
    TeamIndexPageFactory,
)

# As long as an answer may be on its way on a busy machine, in seconds.
ON_ITS_WAY = 1
# What is told here is when changes show, not who may make them.
live_rules._rules.clear()


def begin(pages):
    """Make the site, and return the keys of its pages and the session of somebody who may do everything."""
    home = HomePageFactory.make_site()
    ClinicSettings.objects.create(site=Site.objects.get(), name="Name0x")
    for slug in pages:
        StandardPageFactory(parent=home, slug=slug, title=f"{slug}0x")
    topic = BlogTopicFactory(slug="rest", name="Topic0x")
    picture = ClinicImage(title="a", description="Picture0x", file=upload(photo_of_phone(), "a.heic"))
    picture.save()
    while make_missing_renditions(100):
        pass
    PersonPageFactory(parent=TeamIndexPageFactory(parent=home, slug="team"), slug="person", portrait=picture)
    post = BlogPageFactory(parent=BlogIndexPageFactory(parent=home, slug="blog"), slug="post")
    post.topics.add(topic)
    post.save()
    client = Client()
    client.force_login(User.objects.create_superuser("editor", "editor@example.org", "x"))
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    return {"keys": dict(Page.objects.values_list("slug", "pk")), "cookies": cookies}


def draft(slug):
    """Save what nobody published, as autosaving does: a new version, then over it."""
    page = _page(slug)
    page.title = "Secret draft"
    revision = page.save_revision()
    page.save_revision(overwrite_revision=revision)


def publish(slug, title):
    page = _page(slug)
    page.title = title
    page.save_revision().publish()


def expire(slug):
    Page.objects.filter(slug=slug).update(expire_at=timezone.now() - timedelta(minutes=1))
    publish_on_time()


def revive(slug, title):
    """Publish again what expired."""
    page = _page(slug)
    page.expire_at, page.title = None, title
    page.save_revision().publish()


def update_live(slug):
    """Take a page down past everything that could notice."""
    Page.objects.filter(slug=slug).update(live=False)


def key_of(slug):
    return Page.objects.get(slug=slug).pk


def add(slug, title):
    StandardPageFactory(parent=Page.objects.get(slug="front"), slug=slug, title=title)


def open_again(slug, title):
    # In this order: nobody is to see the page as it was. An answer that was on its way before reads the page
    # first and its restrictions then: opened within that moment, it still tells the words of before.
    update(slug, title)
    time.sleep(ON_ITS_WAY)
    PageViewRestriction.objects.filter(page__slug=slug).delete()


def update(slug, title):
    Page.objects.filter(slug=slug).update(title=title)


def topic(title):
    """A snippet, as its form saves it."""
    one = BlogTopic.objects.get()
    one.name = title
    one.save()


def name(title):
    """The settings, past everything that could notice."""
    ClinicSettings.objects.update(name=title)


def picture(title):
    ClinicImage.objects.update(description=title)


def number():
    """Only say the number, as each answer does."""


def _page(slug):
    return Page.objects.get(slug=slug).specific


def main():
    """Do what each line says."""
    for line in sys.stdin:
        wish, *arguments = json.loads(line)
        said = globals()[wish](*arguments)
        withdraw_after_command()
        print(json.dumps([generation.current(), said]), flush=True)
        # As after a command: the next one may find another database.
        connections.close_all()


if __name__ == "__main__":
    main()
