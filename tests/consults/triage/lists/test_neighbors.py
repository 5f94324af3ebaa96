"""From one request to the next, in the order of the list that somebody came from."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from consults import workflow
from consults.models import ConsultRequest
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
ADDRESS = re.compile(r'href="(/admin/requests/\d+/\?[^"]*)"')


@pytest.fixture
def desk(client):
    """The front desk, signed in."""
    user = UserFactory(group="Front desk")
    client.force_login(user)
    return user


@pytest.fixture
def three():
    """Three requests, the oldest first."""
    requests = [make_consult() for _ in range(3)]
    for hours, consult in enumerate(reversed(requests), 1):
        arrived = timezone.now() - timedelta(hours=hours)
        ConsultRequest.objects.filter(pk=consult.pk).update(created_at=arrived, next_action_at=arrived)
    return requests


def links(client, address):
    """Return where a list or a request leads to, each place once."""
    page = client.get(address).content.decode()
    return list(dict.fromkeys(found.replace("&amp;", "&") for found in ADDRESS.findall(page)))


def pk_in(address):
    return int(re.search(r"/(\d+)/", address)[1])


def way(client, address, rel="next"):
    """Follow the links from a request to the end of its list; return the requests met."""
    met = [pk_in(address)]
    while found := re.search(rf'href="([^"]+)" rel="{rel}"', client.get(address).content.decode()):
        address = found[1].replace("&amp;", "&")
        met.append(pk_in(address))
        assert len(met) < 9
    return met


@pytest.mark.parametrize("name", ["index", "all"])
def test_the_way_leads_through_the_whole_list_and_back(client, desk, three, name):
    addresses = links(client, reverse(f"consult_requests:{name}"))
    expected = [consult.pk for consult in three]
    assert [pk_in(address) for address in addresses] == expected
    assert way(client, addresses[0]) == expected
    assert way(client, addresses[-1], "prev") == expected[::-1]


def test_the_way_keeps_filter_and_order(client, desk, three):
    workflow.claim(three[1], actor=desk, version=1)
    address = f"{reverse('consult_requests:all')}?status=new&ordering=-created_at&more=Marker"
    addresses = links(client, address)
    assert [pk_in(address) for address in addresses] == [three[2].pk, three[0].pk]
    assert way(client, addresses[0]) == [three[2].pk, three[0].pk]
    page = client.get(addresses[0]).content.decode()
    assert 'href="/admin/requests/all/?status=new&amp;ordering=-created_at"' in page
    assert "Marker" not in page


def test_when_others_come_before_it_the_way_goes_on(client, desk, three):
    _first, second, _third = links(client, reverse("consult_requests:index"))
    urgent = [make_consult() for _ in range(2)]
    ConsultRequest.objects.filter(pk__in=[r.pk for r in urgent]).update(priority=2)
    assert way(client, second) == [three[1].pk, three[2].pk]
    assert way(client, second, "prev")[:2] == [three[1].pk, three[0].pk]


def test_when_one_left_the_list_the_next_stands_in_its_place(client, desk, three):
    first, second, _third = links(client, reverse("consult_requests:index"))
    consult = three[1]
    workflow.snooze(consult, actor=desk, version=1, until=timezone.now() + timedelta(days=1))
    assert way(client, second) == [consult.pk, three[2].pk]
    assert way(client, second, "prev") == [consult.pk, three[0].pk]
    assert way(client, first) == [three[0].pk, three[2].pk]


def test_what_is_done_leads_back_to_the_same_place(client, desk, three):
    address = links(client, f"{reverse('consult_requests:all')}?status=new")[1]
    page = client.get(address).content.decode()
    claim = re.search(r'action="([^"]*claim/[^"]*)"', page)[1].replace("&amp;", "&")
    assert client.post(claim, {"version": 1}).url == address
    outcome = re.search(r'action="([^"]*outcome/[^"]*)"', page)[1].replace("&amp;", "&")
    answer = client.post(outcome, {"version": 2, "outcome": "no_answer"})
    assert answer.url == "/admin/requests/all/?status=new"


@pytest.mark.parametrize(
    "query",
    ["", "list=now", "at=1", "list=other&at=1", "list=now&at=-1", "list=now&at=x", "list=all&at=999999999"],
)
def test_without_a_list_nothing_leads_on(client, desk, three, query):
    response = client.get(f"{reverse('consult_requests:detail', args=[three[0].pk])}?{query}")
    assert response.status_code == 200
    assert "In this list" not in response.content.decode()


@pytest.mark.parametrize("query", ["list=all&at=0&status=nonsense", "list=all&at=77", "list=now&at=77"])
def test_an_odd_position_is_no_error(client, desk, three, query):
    address = f"{reverse('consult_requests:detail', args=[three[0].pk])}?{query}"
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("name", ["now", "all"])
def test_as_many_queries_for_few_as_for_many(client, desk, name):
    def queries():
        consult = make_consult()
        address = f"{reverse('consult_requests:detail', args=[consult.pk])}?list={name}&at=0"
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(address)
        return len(captured)

    # All are of one person: that they were compared is noted once, however many they are.
    make_consult()
    few = queries()
    for _ in range(29):
        make_consult()
    assert queries() == few
