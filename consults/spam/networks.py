"""The network a request came from, as a hash that nobody can turn back and that changes every day."""

from datetime import timedelta

import django.db
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from clinic.core.networks import is_trusted, parsed_address, visitor_network
from consults.models import Heartbeat
from consults.sealing.keyed_hash import keyed_hash
from consults.sealing.keys import parse_secret

HASH_CHARACTERS = 16
# A proxy says with one of these that it asks for somebody else.
FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-IP")
NOTED_AGAIN_AFTER = timedelta(hours=1)


def network_of(request) -> str:
    """Return the keyed hash of the visitor's network and the day; empty where there is no address."""
    network = visitor_network(request)
    if network is None:
        return ""
    key = parse_secret(settings.CONSULTS_NETWORK_KEY)
    return keyed_hash(key, f"{timezone.now():%Y-%m-%d}", str(network)).hex()[:HASH_CHARACTERS]


def note_unnamed_proxy(request) -> None:
    """Note that a proxy hides the visitors from us, for the banner: that alone, once an hour, and no address.

    It never stands in the way of a request: what the database says to it is no matter.
    """
    if not _hides_visitors(request):
        return
    try:
        last = Heartbeat.silences().get(Heartbeat.Name.PROXY)
        if last is None or last > NOTED_AGAIN_AFTER:
            with transaction.atomic():
                Heartbeat.beat(Heartbeat.Name.PROXY)
    except django.db.Error:
        return


def _hides_visitors(request):
    """Whether a proxy speaks for somebody, and TRUSTED_PROXIES doesn't name it.

    Where others are named, only one beside us is meant: visitors can send such a header too.
    """
    if not any(name in request.headers for name in FORWARDED):
        return False
    peer = parsed_address(request.META.get("REMOTE_ADDR", ""))
    # A socket of this machine has no address that could be named.
    if peer is None or not settings.TRUSTED_PROXIES:
        return True
    return peer.is_private and not is_trusted(peer)
