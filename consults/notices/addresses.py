"""Who is told: the addresses behind a kind of recipient, and the keyed hash by which a row knows one."""

from django.conf import settings

from consults.enums import DeskRole
from consults.models import DeskGrant, OutboxMessage
from consults.sealing.blind_index import normal_email
from consults.sealing.keyed_hash import keyed_hash
from consults.sealing.keys import parse_secret

Recipient = OutboxMessage.Recipient
# The settings may name several addresses for these.
SHARED = [Recipient.STAFF, Recipient.OWNER, Recipient.CLINICIAN, Recipient.AUDITORS]
HASH_CHARACTERS = 32


def addresses_of(recipient: str) -> dict[str, str]:
    """Return the addresses of a shared kind of recipient by their hashes; one that stands twice once."""
    if recipient == Recipient.AUDITORS:
        addresses = _of_auditors()
    else:
        addresses = {
            Recipient.STAFF: settings.CONSULTS_NOTICE_RECIPIENTS,
            Recipient.OWNER: settings.CONSULTS_OWNER_RECIPIENTS or settings.CONSULTS_NOTICE_RECIPIENTS,
            Recipient.CLINICIAN: settings.CONSULTS_CRISIS_RECIPIENTS,
        }[recipient]
    return {hash_of(address): address for address in addresses if address}


def _of_auditors():
    """Return the addresses of those who may read the audit."""
    auditors = DeskGrant.objects.in_force().filter(role=DeskRole.AUDITOR)
    return list(auditors.order_by("pk").values_list("user__email", flat=True))


def hash_of(address: str) -> str:
    """Return what a row may keep of an address: without the key it leads to nobody."""
    key = parse_secret(settings.CONSULTS_INDEX_KEY)
    return keyed_hash(key, "outbox", normal_email(address)).hex()[:HASH_CHARACTERS]
