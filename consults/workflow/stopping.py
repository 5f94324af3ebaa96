"""People who asked not to be contacted: remembered as hashes, and asked before anybody calls."""

import hashlib
import hmac

from django.conf import settings

from consults.models import StoppedContact
from consults.sealing.blind_index import normal_email
from consults.sealing.keys import parse_secret


def stop_contact(contents, *, request, actor) -> None:
    """Remember every way to reach the person. Call it in the transaction of the change."""
    for digest in digests_of(contents):
        StoppedContact.objects.get_or_create(
            digest=digest, defaults={"reference": request.reference, "actor": actor}
        )


def stopped(contents) -> StoppedContact | None:
    """Return the entry under which the person asked not to be contacted, or None."""
    return StoppedContact.objects.filter(digest__in=digests_of(contents)).order_by("-at").first()


def which_are_stopped(many) -> list[bool]:
    """Return for each of many contents whether the person asked not to be contacted, in one query."""
    digests = [digests_of(contents) for contents in many]
    wanted = {digest for of_one in digests for digest in of_one}
    known = set(StoppedContact.objects.filter(digest__in=wanted).values_list("digest", flat=True))
    return [not known.isdisjoint(of_one) for of_one in digests]


def digests_of(contents) -> list[str]:
    """Return the keyed hash of each way to reach somebody, whole: nobody else shares it."""
    phone = "".join(c for c in contents.get("phone_e164", "") if c.isdigit())
    ways = {"phone": phone, "email": normal_email(contents.get("email", ""))}
    key = parse_secret(settings.CONSULTS_STOP_KEY)
    return [
        hmac.new(key, f"{kind}|{value}".encode(), hashlib.sha256).hexdigest()
        for kind, value in ways.items()
        if value
    ]
