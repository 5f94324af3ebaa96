"""Who is told: the addresses behind a kind of recipient, and the keyed hash by which a row knows one."""

from datetime import timedelta

from django.conf import settings

from consults import guarded_facts
from consults.enums import DeskRole
from consults.models import DeskGrant, OutboxMessage
from consults.sealing.blind_index import normal_email
from consults.sealing.keyed_hash import keyed_hash
from consults.sealing.keys import parse_secret

Recipient = OutboxMessage.Recipient
# Managers may name several addresses for these.
SHARED = [Recipient.STAFF, Recipient.OWNER, Recipient.CLINICIAN, Recipient.AUDITORS]
HASH_CHARACTERS = 32
# As long as what takes a second manager waits where there is none.
LATELY = timedelta(hours=24)


def addresses_of(message: OutboxMessage) -> dict[str, str]:
    """Return the addresses of a row for several by their hashes; one that stands twice once."""
    if message.recipient == Recipient.AUDITORS:
        addresses = _of_auditors()
    elif message.template == OutboxMessage.Template.ALERT:
        addresses = _of_owner_then_and_now(event_of(message.reference))
    else:
        counts = guarded_facts.current()
        addresses = {
            Recipient.STAFF: counts.notice_recipients.split(),
            Recipient.OWNER: counts.owners,
            Recipient.CLINICIAN: counts.clinician_recipients.split(),
        }[message.recipient]
    return {hash_of(address): address for address in addresses if address}


def event_of(reference: str) -> int:
    """Return the number of the audit's event that an alert is about."""
    return int(reference.removeprefix("A"))


def _of_owner_then_and_now(event):
    """Whoever was the owner lately hears of it too: a thief would change the owner first, then go on."""
    counted = [*guarded_facts.versions_before_event(event, within=LATELY), guarded_facts.current()]
    return [address for version in counted for address in version.owners]


def _of_auditors():
    """Return the addresses of those who may read the audit."""
    auditors = DeskGrant.objects.in_force().filter(role=DeskRole.AUDITOR)
    return list(auditors.order_by("pk").values_list("user__email", flat=True))


def hash_of(address: str) -> str:
    """Return what a row may keep of an address: without the key it leads to nobody."""
    key = parse_secret(settings.CONSULTS_INDEX_KEY)
    return keyed_hash(key, "outbox", normal_email(address)).hex()[:HASH_CHARACTERS]
