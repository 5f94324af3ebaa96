"""Topics in the editor: ticked, and made where they are missing, each once."""

import pytest

from blog.models import BlogTopic
from tests.factories.pages import BlogIndexPageFactory, BlogPageFactory, BlogTopicFactory, HomePageFactory
from tests.factories.users import UserFactory, with_only

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ADDRESS = "/admin/blog-topics/add/"


@pytest.fixture
def editor(client):
    client.force_login(UserFactory(group="Editors"))


def add(client, name):
    return client.post(ADDRESS, {"name": name})


def test_each_topic_has_a_box_and_the_chosen_ones_are_ticked(client, editor):
    chosen, other = BlogTopicFactory(name="Safety <1>"), BlogTopicFactory(name="Costs")
    post = BlogPageFactory(parent=BlogIndexPageFactory(parent=HomePageFactory.make_site()))
    post.topics.add(chosen)
    post.save()
    page = client.get(f"/admin/pages/{post.pk}/edit/").content.decode()
    assert "Safety &lt;1&gt;" in page and "blog/js/topics" in page and f'data-topics="{ADDRESS}"' in page
    ticked = {
        topic: f'value="{topic.pk}" id="id_topics_{place}" checked' in page
        for place, topic in enumerate([other, chosen])
    }
    assert ticked == {other: False, chosen: True}


def test_a_missing_topic_is_made(client, editor):
    answer = add(client, "  Getting   home\u200b ")
    topic = BlogTopic.objects.get()
    assert answer.json() == {"key": topic.pk, "name": "Getting home"}
    assert (topic.name, topic.slug) == ("Getting home", "getting-home")


@pytest.mark.parametrize(("there", "typed"), [("Safety", "SAFETY"), ("Schlaf und Übung", "schlaf und übung")])
def test_one_that_is_there_is_found_however_it_is_written(client, editor, there, typed):
    topic = BlogTopicFactory(name=there)
    assert add(client, typed).json() == {"key": topic.pk, "name": there}
    assert BlogTopic.objects.count() == 1


def test_each_has_an_address_of_its_own(client, editor):
    for name in ("Cost?", "Cost!", "🌱", "🌿"):
        assert add(client, name).status_code == 200
    assert set(BlogTopic.objects.values_list("slug", flat=True)) == {"cost", "cost-2", "topic", "topic-2"}


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "x" * 61, "x" * 400_000])
def test_what_is_no_name_is_refused_with_a_word(client, editor, name):
    answer = add(client, name)
    assert answer.status_code == 400 and answer.json()["error"]
    assert not BlogTopic.objects.exists()


def test_the_longest_name_is_taken(client, editor):
    assert add(client, "é" * 60).status_code == 200


def test_only_whoever_may_add_topics_does(client):
    client.force_login(with_only("Editors"))
    assert add(client, "Safety").headers["Location"] == "/admin/"
    client.force_login(UserFactory(group="Front desk"))
    assert add(client, "Safety").headers["Location"] == "/admin/"
    assert not BlogTopic.objects.exists()


def test_a_get_makes_nothing(client, editor):
    assert client.get(ADDRESS, {"name": "Safety"}).status_code == 405
    assert not BlogTopic.objects.exists()
