"""Who is told: the addresses behind a kind of recipient, and the keyed hash by which a row knows one."""

from django.conf import settings

from consults.models import OutboxMessage
from consults.sealing.blind_index import normal_email
from consults.sealing.keyed_hash import keyed_hash
from consults.sealing.keys import parse_secret

Recipient = OutboxMessage.Recipient
# The settings may name several addresses for these.
SHARED = [Recipient.STAFF, Recipient.OWNER, Recipient.CLINICIAN]
HASH_CHARACTERS = 32


def addresses_of(recipient: str) -> dict[str, str]:
    """Return the addresses of a shared kind of recipient by their hashes; one that stands twice once."""
    addresses = {
        Recipient.STAFF: settings.CONSULTS_NOTICE_RECIPIENTS,
        Recipient.OWNER: settings.CONSULTS_OWNER_RECIPIENTS or settings.CONSULTS_NOTICE_RECIPIENTS,
        Recipient.CLINICIAN: settings.CONSULTS_CRISIS_RECIPIENTS,
    }[recipient]
    return {hash_of(address): address for address in addresses if address}


def hash_of(address: str) -> str:
    """Return what a row may keep of an address: without the key it leads to nobody."""
    key = parse_secret(settings.CONSULTS_INDEX_KEY)
    return keyed_hash(key, "outbox", normal_email(address)).hex()[:HASH_CHARACTERS]
