"""Where the site begins is remembered by each process: for seconds, and without harm while it is wrong."""

import pytest
import time_machine
from wagtail.models import Page, Site

from clinic.core.brief_cache import BriefCache
from tests.factories.pages import (
    BlogIndexPageFactory,
    BlogPageFactory,
    HomePageFactory,
    PolicyIndexPageFactory,
    PolicyPageFactory,
    StandardPageFactory,
)

pytestmark = pytest.mark.once

START = "2026-11-28T12:00:00Z"
SECONDS_LATER = "2026-11-28T12:00:06Z"


def test_nothing_is_kept_longer_than_the_cache_allows():
    cache = BriefCache("brief", {"TIMEOUT": 5})
    with time_machine.travel(START, tick=False):
        for key, timeout in (("default", ()), ("hour", (3600,)), ("ever", (None,))):
            cache.set(key, "kept", *timeout)
        assert cache.get_many(["default", "hour", "ever"]).keys() == {"default", "hour", "ever"}
    with time_machine.travel(SECONDS_LATER, tick=False):
        assert cache.get_many(["default", "hour", "ever"]) == {}


def first_setup():
    """Give the site its pages as another process does: this one's memory isn't told."""
    home = HomePageFactory(parent=Page.objects.get(depth=1), slug="clinic")
    StandardPageFactory(parent=home, title="About us", slug="about", show_in_menus=True)
    BlogPageFactory(parent=BlogIndexPageFactory(parent=home), title="A walk", slug="walk")
    PolicyPageFactory(parent=PolicyIndexPageFactory(parent=home), title="Privacy")
    Site.objects.filter(is_default_site=True).update(root_page=home)


@pytest.mark.parametrize("address", ["/", "/about/", "/blog/", "/blog/walk/", "/blog/feed/", "/sitemap.xml"])
def test_pages_answer_before_and_after_a_first_setup_is_noticed(client, db, settings, address):
    settings.CACHES = {**settings.CACHES, "default": {**settings.CACHES["default"], "TIMEOUT": 5}}
    with time_machine.travel(START, tick=False):
        # Something looked while there was only one page, as Wagtail brings it.
        HomePageFactory.make_site()
        assert Site.get_site_root_paths()
        first_setup()
        response = client.get(address)
        assert response.status_code == 200
        # Who is asked for a page notices at once that it has an address.
        page = settings.SITE_URL + address.removesuffix("feed/")
        assert address == "/sitemap.xml" or page in response.content.decode()
    with time_machine.travel(SECONDS_LATER, tick=False):
        assert 'href="/about/"' in client.get("/").content.decode()
