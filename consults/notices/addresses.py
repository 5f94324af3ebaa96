"""Who is told: the addresses behind a kind of recipient, and the keyed hash by which a row knows one."""

from django.conf import settings
from django.contrib.auth import get_user_model

from consults import guarded_facts
from consults.models import GuardedFacts, OutboxMessage
from consults.sealing.blind_index import normal_email
from consults.sealing.keyed_hash import keyed_hash
from consults.sealing.keys import parse_secret

Recipient = OutboxMessage.Recipient
AUDITORS = "Auditors"
# How a row names an event of the audit, where others name a request.
EVENT = "A"
# Managers may name several addresses for these.
SHARED = [Recipient.STAFF, Recipient.OWNER, Recipient.OLD_OWNER, Recipient.CLINICIAN, Recipient.AUDITORS]
HASH_CHARACTERS = 32


def addresses_of(recipient: str, reference: str = "") -> dict[str, str]:
    """Return the addresses of a shared kind of recipient by their hashes; one that stands twice once.

    ``reference`` names the event of the audit, for whom it says who was the owner until then.
    """
    if recipient == Recipient.AUDITORS:
        addresses = _of_auditors()
    elif recipient == Recipient.OLD_OWNER:
        addresses = _of_old_owner(reference)
    else:
        counts = guarded_facts.current()
        addresses = {
            Recipient.STAFF: counts.notice_recipients.split(),
            Recipient.OWNER: counts.owners,
            Recipient.CLINICIAN: counts.clinician_recipients.split(),
        }[recipient]
    return {hash_of(address): address for address in addresses if address}


def _of_old_owner(reference):
    """Return the addresses that a change took from the owner; history has them, whatever is changed next."""
    after = GuardedFacts.objects.filter(event=int(reference.removeprefix(EVENT))).first()
    before = guarded_facts.version_or_none(after.version - 1) if after else None
    return guarded_facts.owners_no_more(before, after) if before else []


def _of_auditors():
    """Return the addresses of those who may read the audit."""
    auditors = get_user_model().objects.filter(is_active=True, groups__name=AUDITORS)
    return list(auditors.order_by("pk").values_list("email", flat=True))


def hash_of(address: str) -> str:
    """Return what a row may keep of an address: without the key it leads to nobody."""
    key = parse_secret(settings.CONSULTS_INDEX_KEY)
    return keyed_hash(key, "outbox", normal_email(address)).hex()[:HASH_CHARACTERS]
