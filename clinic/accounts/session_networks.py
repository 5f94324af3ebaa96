"""A session that turns up on another network: noted once for each, and told to the holder now and then.

Staff walk about with a telephone, so nothing else follows from it.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from clinic.core.networks import visitor_network

from . import events
from .models.sessions import MOST_NETWORKS, NETWORK_CHARACTERS, StaffSession

TOLD_AGAIN_AFTER = timedelta(hours=1)


def network_hash(request, *, user, began) -> str:
    """Return a hash of the visitor's network, for this session alone; empty where there is no address."""
    network = visitor_network(request)
    if network is None:
        return ""
    salt = f"clinic.accounts.session|{user.pk}|{began.timestamp()}"
    return salted_hmac(salt, str(network), algorithm="sha256").hexdigest()[:NETWORK_CHARACTERS]


def look_at_network(request):
    """Keep from which network a session comes; note one that it has not come from before."""
    row = request.session.row
    network = network_hash(request, user=request.user, began=row.began)
    known = row.networks.split()
    if not network or network in known or len(known) >= MOST_NETWORKS:
        return
    with transaction.atomic():
        row_as_read = StaffSession.objects.filter(pk=row.pk, networks=row.networks)
        # Of two requests at once one has been quicker.
        if row_as_read.update(networks=" ".join([*known, network])) and known:
            _note_another(row)


def _note_another(row):
    an_hour_ago = timezone.now() - TOLD_AGAIN_AFTER
    is_told = not StaffSession.objects.filter(user=row.user_id, mailed_at__gt=an_hour_ago).exists()
    events.note(
        events.Action.SESSION,
        actor=row.user,
        about=row.user,
        detail=f"The session of {row.device or 'a browser'} came from another network than before.",
        tell=[events.Tell.HOLDER] if is_told else [],
    )
    if is_told:
        StaffSession.objects.filter(pk=row.pk).update(mailed_at=timezone.now())
