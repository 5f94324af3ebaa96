"""Whose network a request came from is believed only as far as our own proxies say so."""

from ipaddress import ip_network

import pytest
import time_machine
from django.test import RequestFactory

from consults.spam.networks import client_address, network_of

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
