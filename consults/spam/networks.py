"""The network a request came from, as a hash that nobody can turn back and that changes every day."""

import hashlib
import hmac
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.utils import timezone

from consults.sealing.keys import parse_secret

# Whoever has one address of such a network usually has them all (bits).
PREFIX = {4: 24, 6: 48}
HASH_CHARACTERS = 16


def network_of(request) -> str:
    """Return the keyed hash of the visitor's network and the day; empty where there is no address."""
    address = client_address(request)
    if address is None:
        return ""
    network = ip_network((address, PREFIX[address.version]), strict=False)
    text = f"{timezone.now():%Y-%m-%d}|{network}"
    key = parse_secret(settings.CONSULTS_NETWORK_KEY)
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:HASH_CHARACTERS]


def client_address(request):
    """Return the visitor's address as far as it can be believed, or None.

    X-Forwarded-For is read from its end, and only as long as a trusted proxy speaks.
    """
    hops = [request.META.get("REMOTE_ADDR", "")]
    hops[:0] = request.headers.get("X-Forwarded-For", "").split(",")
    address = None
    for hop in reversed(hops):
        nearer, address = address, _parsed(hop)
        if address is None:
            return nearer
        if not _is_trusted(address):
            return address
    return address


def _parsed(text):
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_trusted(address):
    return any(address in network for network in settings.TRUSTED_PROXIES)
