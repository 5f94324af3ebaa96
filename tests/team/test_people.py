"""The team and its people."""

import pytest

from tests.factories.pages import HomePageFactory, PersonPageFactory, TeamIndexPageFactory

pytestmark = pytest.mark.once


@pytest.fixture
def team(db):
    return TeamIndexPageFactory(parent=HomePageFactory.make_site())


def test_people_stand_in_the_editors_order(client, team):
    PersonPageFactory(parent=team, title="Zoe (sample)")
    PersonPageFactory(parent=team, title="Ann (sample)")
    PersonPageFactory(parent=team, live=False)
    people = client.get(team.url).context["people"]
    assert [person.title for person in people] == ["Zoe (sample)", "Ann (sample)"]


def test_a_licence_can_be_checked(client, team):
    person = PersonPageFactory(
        parent=team,
        licence_number="SAMPLE-1",
        licence_state="Colorado",
        licence_check_url="https://board.example.org/",
    )
    html = client.get(person.url).content.decode()
    assert "SAMPLE-1" in html
    assert 'href="https://board.example.org/"' in html


def test_queries_do_not_grow_with_people(client, team, count_queries):
    PersonPageFactory(parent=team)
    few = count_queries(lambda: client.get(team.url))
    PersonPageFactory.create_batch(5, parent=team)
    assert count_queries(lambda: client.get(team.url)) == few
