"""Writing the next version, by hand or from an earlier one."""

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from clinic.core import generation
from clinic.core.models import ClinicSettings
from consults.enums import AuditAction
from consults.models import GuardedFacts
from consults.models.guarded_facts import GUARDED, PUBLIC, RECIPIENTS, label_of
from consults.permissions import can_guard_facts
from consults.sealing.blind_index import normal_email
from consults.sealing.keyed_hash import keyed_hash
from consults.sealing.keys import parse_secret

from .current import current
from .telling import note_and_tell

# So much of a hash tells two lists apart for an auditor who has the key.
HASH_CHARACTERS = 8


class ChangedMeanwhile(Exception):
    """Somebody else wrote a version since this one was begun."""


@transaction.atomic
def change(values: dict, *, actor: User | None, base: int, restored_from: int | None = None) -> GuardedFacts:
    """Make these values, by the fields' names, the next version after ``base``, and return what counts then.

    ``actor`` is None where the site itself begins. What is the same already changes nothing and tells nobody.
    Raises ChangedMeanwhile, PermissionDenied, AuditProblem, django.db.Error.
    """
    if actor and not can_guard_facts(actor):
        raise PermissionDenied
    before = current()
    if before.version != base:
        raise ChangedMeanwhile
    after = GuardedFacts(version=base + 1, author=actor, restored_from=restored_from, **values)
    changed = changed_names(before, after)
    if not changed:
        return before
    after.event = note_and_tell(AuditAction.FACTS, actor=actor, detail=_in_words(after, changed)).seq
    _store(after)
    # Every page shows some of them.
    generation.start_new()
    return after


def restore(number: int, *, actor: User, base: int) -> GuardedFacts:
    """Make an earlier version the next one. Raises GuardedFacts.DoesNotExist, and like change()."""
    earlier = GuardedFacts.objects.get(version=number)
    return change(earlier.values, actor=actor, base=base, restored_from=number)


def changed_names(before: GuardedFacts, after: GuardedFacts) -> list[str]:
    """Return the fields that differ."""
    return [name for name in GUARDED if getattr(before, name) != getattr(after, name)]


def owners_no_more(before: GuardedFacts, after: GuardedFacts) -> list[str]:
    """Return the addresses that were the owner's and are no longer."""
    kept = {normal_email(address) for address in after.owners}
    return [address for address in before.owners if normal_email(address) not in kept]


def _store(after):
    """Insert the version. Where two write at once, the second finds the number taken."""
    try:
        with transaction.atomic():
            after.save(force_insert=True)
    except IntegrityError:
        raise ChangedMeanwhile from None
    # Release 0.1.0 reads these columns, while an upgrade goes on and where somebody has to go back to it.
    # Nothing of this release reads them; they go with a later one.
    ClinicSettings.objects.update(**{name: getattr(after, name) for name in PUBLIC})


def _in_words(after, changed):
    """Name what changed. Of the addresses that are told it says how many, and what tells lists apart."""
    named = ", ".join(_named(after, name) for name in changed)
    origin = f" as in version {after.restored_from}" if after.restored_from else ""
    return f"version {after.version}{origin}: {named}"


def _named(after, name):
    if name not in RECIPIENTS:
        return label_of(name)
    addresses = getattr(after, name).split()
    return f"{label_of(name)} ({len(addresses)}: {list_hash(addresses)})"


def list_hash(addresses: list[str]) -> str:
    """Return by what an auditor with the key knows a list of addresses again; it leads to nobody."""
    key = parse_secret(settings.CONSULTS_INDEX_KEY)
    text = "\n".join(sorted(map(normal_email, addresses)))
    return keyed_hash(key, "recipients", text).hex()[:HASH_CHARACTERS]
