"""Every absolute address is made of SITE_URL, whatever Wagtail's table said before."""

import re

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from wagtail.models import Site

from clinic.core.site_address import follow_site_url, try_to_follow_site_url
from tests.factories.pages import BlogIndexPageFactory, BlogPageFactory, HomePageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def home():
    return HomePageFactory.make_site()


@pytest.mark.parametrize(
    "address",
    [
        "https://clinic.example.org",
        "http://clinic.example.org",
        "http://127.0.0.1:8765",
        "http://[::1]:8000",
    ],
)
def test_the_sitemap_says_where_the_site_really_is(client, home, settings, address):
    blog = BlogIndexPageFactory(parent=home, slug="blog")
    settings.SITE_URL = address
    assert follow_site_url()
    assert not follow_site_url()
    found = re.findall("<loc>(.*?)</loc>", client.get("/sitemap.xml").content.decode())
    routes = ["/consultation/", "/consultation/es/", "/get-help-now/", "/get-help-now/es/"]
    assert found == [f"{address}{path}" for path in ("/", blog.url, *routes)]


def test_a_migration_moves_the_site(home, settings):
    settings.SITE_URL = "https://clinic.example.org"
    call_command("migrate", "core", verbosity=0)
    assert Site.objects.get().root_url == settings.SITE_URL


def test_whatever_names_the_site_on_a_page_or_in_the_feed_names_its_real_address(client, home, settings):
    blog = BlogIndexPageFactory(parent=home, slug="blog")
    post = BlogPageFactory(parent=blog)
    settings.SITE_URL = "https://clinic.example.org"
    follow_site_url()
    for path in (
        "/",
        blog.url,
        post.url,
        f"{blog.url}feed/",
        "/robots.txt",
        "/get-help-now/",
        "/consultation/",
    ):
        page = client.get(path).content.decode()
        assert "https://clinic.example.org/" in page
        assert not re.search("https?://(localhost|testserver|127)", page), path


def test_a_database_that_is_away_ends_no_start(home, settings, caplog):
    settings.SITE_URL = "https://clinic.example.org"

    def refuse(execute, sql, params, many, context):
        raise OperationalError("secret address of the server")

    with connection.execute_wrapper(refuse):
        try_to_follow_site_url()
    assert caplog.messages == ["site: its address was not looked at: OperationalError"]
    assert Site.objects.get().hostname == "localhost"


def test_without_a_site_there_is_nothing_to_do():
    Site.objects.all().delete()
    assert not follow_site_url()
