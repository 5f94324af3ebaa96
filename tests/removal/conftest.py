"""A small site with links in every kind of place, and an editor."""

import pytest

from tests.factories.pages import (
    BlogIndexPageFactory,
    BlogPageFactory,
    HomePageFactory,
    StandardPageFactory,
)
from tests.factories.users import UserFactory


@pytest.fixture
def home(db):
    """The home page of a site."""
    return HomePageFactory.make_site()


@pytest.fixture
def blog(home):
    """The blog below it."""
    return BlogIndexPageFactory(parent=home, slug="blog")


@pytest.fixture
def post(blog):
    """A published post."""
    return BlogPageFactory(parent=blog, title="A ride home", slug="ride-home")


@pytest.fixture
def section(home):
    """A plain page with one below it."""
    page = StandardPageFactory(parent=home, title="Visits", slug="visits")
    StandardPageFactory(parent=page, title="First visit", slug="first")
    return page


@pytest.fixture
def editor(client):
    """Somebody of the editors, signed in."""
    user = UserFactory(group="Editors")
    client.force_login(user)
    return user


def link_to(page):
    """Return rich text that links to a page."""
    return f'<p>See <a linktype="page" id="{page.pk}">this</a>.</p>'
