"""A picture's own page says where it is used."""

import re

import pytest
from django.urls import reverse

from clinic.core.picture_uses import uses_of
from tests.factories.many_posts import add_pictures
from tests.factories.pages import (
    BlogIndexPageFactory,
    BlogPageFactory,
    HomePageFactory,
    StandardPageFactory,
)

pytestmark = pytest.mark.once


@pytest.fixture
def home(db):
    return HomePageFactory.make_site()


@pytest.fixture
def picture(db):
    return BlogPageFactory._meta.model._meta.get_field("picture").related_model.objects.get(
        pk=add_pictures(1)
    )


def figure(picture):
    image = {"image": picture, "alt_text": "A lake", "decorative": False}
    return ("figure", {"image": image, "caption": "", "source": ""})


def page_of(client, django_user_model, picture):
    client.force_login(django_user_model.objects.create_superuser("editor", "editor@example.org", "x"))
    return client.get(reverse("wagtailimages:edit", args=[picture.pk])).content.decode()


def test_pages_are_named_once_and_lead_to_their_editor(client, django_user_model, home, picture):
    page = StandardPageFactory(parent=home, title="The lake & us")
    page.body.extend([figure(picture), figure(picture)])
    page.save()
    html = page_of(client, django_user_model, picture)
    places = re.findall(r'<li><a href="([^"]*)">([^<]*)</a>', html[html.index("Where it is used") :])
    assert places == [(reverse("wagtailadmin_pages:edit", args=[page.pk]), "The lake &amp; us")]


def test_a_picture_that_nothing_shows_is_used_nowhere(client, django_user_model, home, picture):
    html = page_of(client, django_user_model, picture)
    assert "Nowhere." in html[html.index("Where it is used") :]


def test_queries_are_the_same_for_1_and_20_pages(home, picture, count_queries):
    blog = BlogIndexPageFactory(parent=home)
    BlogPageFactory(parent=blog, picture=picture)
    few = count_queries(lambda: uses_of(picture))
    BlogPageFactory.create_batch(19, parent=blog, picture=picture)
    assert count_queries(lambda: uses_of(picture)) == few
    assert len(uses_of(picture)) == 20
