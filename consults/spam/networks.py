"""The network a request came from, as a hash that nobody can turn back and that changes every day."""

from datetime import timedelta
from ipaddress import ip_address, ip_network

import django.db
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from consults.models import Heartbeat
from consults.sealing.keyed_hash import keyed_hash
from consults.sealing.keys import parse_secret

# Whoever has one address of such a network usually has them all (bits).
PREFIX = {4: 24, 6: 48}
HASH_CHARACTERS = 16
# A proxy says with one of these that it asks for somebody else.
FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-IP")
# How long the banner remembers; a wrong setting shows only while somebody sends a form, and few do at night.
REMEMBERED = timedelta(days=1)


def network_of(request) -> str:
    """Return the keyed hash of the visitor's network and the day; empty where there is no address."""
    address = client_address(request)
    if address is None:
        return ""
    network = ip_network((address, PREFIX[address.version]), strict=False)
    key = parse_secret(settings.CONSULTS_NETWORK_KEY)
    return keyed_hash(key, f"{timezone.now():%Y-%m-%d}", str(network)).hex()[:HASH_CHARACTERS]


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


def note_unnamed_proxy(request) -> None:
    """Note that a proxy hides the visitors from us, for the banner: that alone, once an hour, and no address.

    It never stands in the way of a request: what the database says to it is no matter.
    """
    if not _hides_visitors(request):
        return
    try:
        with transaction.atomic():
            Heartbeat.note(Heartbeat.Name.PROXY, timezone.now())
    except django.db.Error:
        return


def forget_unnamed_proxies() -> None:
    """Remove the notes that the banner doesn't show any more."""
    Heartbeat.forget_noted(Heartbeat.Name.PROXY, before=REMEMBERED)


def _hides_visitors(request):
    """Whether a proxy speaks for somebody, and TRUSTED_PROXIES doesn't name it.

    Where others are named, only one beside us is meant: visitors can send such a header too.
    """
    if not any(name in request.headers for name in FORWARDED):
        return False
    peer = _parsed(request.META.get("REMOTE_ADDR", ""))
    # A socket of this machine has no address that could be named.
    if peer is None or not settings.TRUSTED_PROXIES:
        return True
    return peer.is_private and not _is_trusted(peer)


def _parsed(text):
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_trusted(address):
    return any(address in network for network in settings.TRUSTED_PROXIES)
