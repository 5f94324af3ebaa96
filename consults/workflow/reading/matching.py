"""Which requests have a number or an address: candidates by blind index, then opened and compared whole."""

from django.conf import settings

from consults.models import ConsultRequest
from consults.sealing.blind_index import indexes_to_look_for, normal_email
from consults.sealing.envelope import EnvelopeProblem
from consults.sealing.keys import KeyProblem, parse_secret

from .opening import open_record

# Short indexes have some strangers each, and a number is looked for by its end; more than this are a flood.
MOST_CANDIDATES = 1000


def matching(
    *, phone: str = "", email: str = "", end: str = "", but: int | None = None
) -> list[ConsultRequest]:
    """Return the requests with a number (E.164 or bare digits), the end of one, or an address, newest first.

    For this package alone: its callers check and note.
    """
    key, bits = parse_secret(settings.CONSULTS_INDEX_KEY), settings.CONSULTS_INDEX_BITS
    phones = _written(phone)
    wanted = {"phones": phones, "email": normal_email(email), "end": end}
    # However a number is written, its end is the same; what is found is opened and compared whole.
    indexes = indexes_to_look_for(key, phone=phone or end, email=email, bits=bits)
    candidates = ConsultRequest.objects.from_people().matching(indexes)
    newest = candidates.exclude(pk=but).order_by("-created_at", "-pk")[:MOST_CANDIDATES]
    return [consult for consult in newest if _is_match(consult, wanted)]


def _written(phone):
    """Return the digits of a number, also with the country's code where it may be missing."""
    digits = "".join(c for c in phone if c.isdigit())
    return (
        [digits, "1" + digits]
        if len(digits) == 10 and settings.CLINIC_COUNTRY == "US"
        else [digits] * bool(digits)
    )


def _is_match(consult, wanted):
    try:
        contents, _record_key = open_record(consult)
    # Looked for by accident; whoever opens it is told loudly.
    except (EnvelopeProblem, KeyProblem):
        return False
    phone = "".join(c for c in contents.get("phone_e164", "") if c.isdigit())
    email = normal_email(contents.get("email", ""))
    return bool(
        (phone and phone in wanted["phones"])
        or (email and email == wanted["email"])
        or (wanted["end"] and phone.endswith(wanted["end"]))
    )
