"""Whose network a request came from is believed only as far as our own proxies say so."""

from datetime import timedelta
from ipaddress import ip_network

import pytest
import time_machine
from django.db import OperationalError, connection
from django.db.models.functions import Now
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from clinic.core.networks import client_address
from consults.models import ConsultRequest, Heartbeat
from consults.spam.networks import network_of
from tests.factories.forms import form_data

pytestmark = pytest.mark.once

PROXY = "10.0.0.1"


def request_from(address, forwarded=None):
    headers = {"X-Forwarded-For": forwarded} if forwarded is not None else {}
    return RequestFactory().post("/consultation/", REMOTE_ADDR=address, headers=headers)


@pytest.mark.parametrize(
    ("peer", "forwarded", "believed"),
    [
        ("203.0.113.9", None, "203.0.113.9"),
        ("203.0.113.9", "198.51.100.7", "203.0.113.9"),
        (PROXY, "198.51.100.7", "198.51.100.7"),
        (PROXY, "192.0.2.1, 198.51.100.7", "198.51.100.7"),
        (PROXY, "192.0.2.1, 198.51.100.7, 10.0.0.2", "198.51.100.7"),
        (PROXY, "198.51.100.7, nonsense", PROXY),
        (PROXY, "", PROXY),
        (PROXY, "10.0.0.3, 10.0.0.2", "10.0.0.3"),
        (PROXY, "2001:db8::7", "2001:db8::7"),
        ("::ffff:203.0.113.9", None, "203.0.113.9"),
    ],
)
def test_the_address_nearest_to_our_proxies_counts(settings, peer, forwarded, believed):
    settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/8")]
    assert str(client_address(request_from(peer, forwarded))) == believed


@pytest.mark.parametrize("peer", ["", "unix:", "nonsense"])
def test_without_an_address_there_is_no_network(peer):
    assert client_address(request_from(peer)) is None
    assert network_of(request_from(peer)) == ""


# The hash of a network is another one after midnight.
@time_machine.travel("2026-11-24 12:00:00Z", tick=False)
def test_a_thousand_invented_addresses_are_one_network():
    invented = [f"198.51.{number // 250}.{number % 250}" for number in range(1000)]
    assert len({network_of(request_from("203.0.113.9", address)) for address in invented}) == 1


@time_machine.travel("2026-11-24 12:00:00Z", tick=False)
@pytest.mark.parametrize(
    ("one", "other", "are_neighbours"),
    [
        ("203.0.113.9", "203.0.113.200", True),
        ("203.0.113.9", "203.0.114.9", False),
        ("2001:db8:1:2::1", "2001:db8:1:ffff::9", True),
        ("2001:db8:1::1", "2001:db8:2::1", False),
    ],
)
def test_neighbours_share_a_network(one, other, are_neighbours):
    assert (network_of(request_from(one)) == network_of(request_from(other))) == are_neighbours


def test_the_hash_changes_daily_and_with_its_key(settings):
    with time_machine.travel("2026-11-24 12:00:00Z"):
        today = network_of(request_from("203.0.113.9"))
    with time_machine.travel("2026-11-25 12:00:00Z"):
        tomorrow = network_of(request_from("203.0.113.9"))
        settings.CONSULTS_NETWORK_KEY = settings.CONSULTS_TOKEN_KEY
        otherwise = network_of(request_from("203.0.113.9"))
    assert len({today, tomorrow, otherwise}) == 3


# --- a proxy that nobody named ------------------------------------------------------------------------

THROUGH_PROXY = {"X-Forwarded-For": "198.51.100.7"}


def post(client, peer="10.0.0.1", headers=THROUGH_PROXY, **changes):
    """Send the form through a proxy; return the answer."""
    return client.post("/consultation/", form_data(**changes), headers=headers, REMOTE_ADDR=peer)


def signs():
    return Heartbeat.objects.filter(name="proxy")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("named", "peer", "headers", "is_noted"),
    [
        ("", "10.0.0.1", THROUGH_PROXY, True),
        ("", "192.0.2.1", THROUGH_PROXY, True),
        ("", "10.0.0.1", {"Forwarded": "for=198.51.100.7"}, True),
        ("", "10.0.0.1", {"X-Real-IP": "198.51.100.7"}, True),
        ("", "10.0.0.1", {}, False),
        ("10.0.0.0/8", "10.0.0.1", THROUGH_PROXY, False),
        # The wrong one was named.
        ("10.0.0.0/8", "172.16.0.1", THROUGH_PROXY, True),
        ("10.0.0.0/8", "127.0.0.1", THROUGH_PROXY, True),
        # A socket can't be named at all.
        ("10.0.0.0/8", "", THROUGH_PROXY, True),
        # Anybody who reaches us directly can write such a header.
        ("10.0.0.0/8", "9.9.9.9", THROUGH_PROXY, False),
    ],
)
def test_a_proxy_that_hides_the_visitors_is_noted(client, settings, named, peer, headers, is_noted):
    settings.TRUSTED_PROXIES = [ip_network(named)] if named else []
    assert post(client, peer, headers).status_code == 303
    assert signs().exists() is is_noted


@pytest.mark.django_db
def test_nothing_is_noted_of_who_came_through_it(client):
    post(client)
    row = signs().values().get()
    assert "198.51" not in str(row)
    assert "10.0.0" not in str(row)


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "is_new"), [(58, False), (62, True)])
def test_it_is_noted_once_an_hour(client, minutes, is_new):
    before = Now() - timedelta(minutes=minutes)
    Heartbeat.objects.create(name="proxy", at=before)
    post(client)
    assert signs().filter(at__gt=Now() - timedelta(minutes=30)).exists() is is_new


@pytest.mark.django_db
def test_looking_at_the_form_and_sending_a_wrong_one_ask_for_no_sign(client):
    for answer in (
        client.get("/consultation/", headers=THROUGH_PROXY),
        post(client, phone=""),
    ):
        assert answer.status_code in (200, 422)
    assert not signs().exists()


@pytest.mark.django_db
def test_behind_a_named_proxy_it_costs_no_query(client, settings):
    settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/8")]
    with CaptureQueriesContext(connection) as made:
        post(client)
    assert not [query for query in made if "heartbeat" in query["sql"]]


@pytest.mark.django_db
def test_a_database_that_refuses_the_sign_refuses_nobody(client):
    def refuse(execute, sql, *arguments):
        if "heartbeat" in sql:
            raise OperationalError
        return execute(sql, *arguments)

    with connection.execute_wrapper(refuse):
        assert post(client).status_code == 303
    assert ConsultRequest.objects.exists()


@pytest.mark.django_db
def test_while_the_database_is_away_it_is_asked_for_no_sign(client, settings, tmp_path):
    settings.CONSULTS_SPOOL_DIR = tmp_path
    asked = []

    def refuse(_execute, sql, *_arguments):
        asked.append(sql)
        raise OperationalError

    with connection.execute_wrapper(refuse):
        assert post(client).status_code == 303
    assert not [sql for sql in asked if "heartbeat" in sql]
