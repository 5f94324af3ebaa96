"""From a valid form to what the workflow accepts."""

from clinic.core.phones import e164
from consults import crisis
from consults.consent_wordings import Wording, current_wording, wording_of
from consults.enums import Campaign, Channel
from consults.references import idempotency_key
from consults.workflow import Columns, Consent, Submission

from .email_typos import likely_email
from .token import FormToken

# Needed to sort and count the queue, and telling nothing about health.
CLEAR_FIELDS = ("times", "time_zone", "section", "campaign", "heard_from", "location")
# Kept as receipts or as a column of their own.
CONSENT_FIELDS = ("contact", "texting", "voicemail", "voicemail_name", "copy")
# Where somebody came from doesn't make it another request.
NOT_COMPARED = ("section", "campaign")
# Of longer words only the beginning is looked at; ours have fewer characters.
LONGEST = 60
BUCKETS = {
    Campaign.PAID_SEARCH: {"cpc", "ppc", "paid", "paidsearch", "sem", "google", "bing", "duckduckgo"},
    Campaign.SOCIAL: {"social", "facebook", "instagram", "linkedin", "youtube", "twitter", "x", "pinterest"},
    Campaign.EMAIL: {"email", "e-mail", "newsletter"},
    Campaign.PRINT: {"print", "poster", "flyer", "qr", "card"},
    Campaign.REFERRAL: {"referral", "partner", "directory", "link"},
}


def submission_from(
    form,
    *,
    token: FormToken,
    locale,
    page="",
    channel=Channel.WEB,
    signals=(),
    network="",
    corrects="",
    is_canary=False,
) -> Submission:
    """Return the submission of a valid form; equal forms of one day have equal keys."""
    fields = dict(form.cleaned_data)
    contents = _contents(fields)
    # Also sealed, so that the mark vouches for it: a link alone might be somebody else's doing.
    contents |= {"corrects": corrects} if corrects else {}
    compared = {name: value for name, value in fields.items() if name not in NOT_COMPARED}
    return Submission(
        idempotency_key=idempotency_key({**compared, "is_canary": is_canary}, day=token.day),
        contents=contents,
        columns=Columns(
            best_times=sum(fields["times"]),
            time_zone=fields["time_zone"],
            source_section=fields["section"],
            campaign=fields["campaign"],
            heard_from=fields["heard_from"],
            location=fields.get("location", ""),
            way=fields["way"],
            priority=crisis.priority_for(contents).value,
            locale=str(locale),
            channel=str(channel),
            wants_copy=fields["copy"],
            is_canary=is_canary,
        ),
        # A test request is nobody's, so it agrees to nothing.
        consents=() if is_canary else tuple(_consents(form, token, locale)),
        page=page,
        spam_signals=() if is_canary else tuple(signals),
        network="" if is_canary else network,
        corrects=corrects,
    )


def shown_wording(token: FormToken, locale) -> Wording:
    """Return the words somebody saw; the current ones where their token doesn't tell."""
    seen = wording_of(token.wording_version) if token.wording_version else None
    return seen or current_wording(locale)


def contact_of(fields) -> dict:
    """Return the ways to reach somebody, as they are compared; a way that wasn't given is empty."""
    phone = fields.get("phone", "")
    return {"phone_e164": e164(phone) if phone else "", "email": fields.get("email", "")}


def _contents(fields):
    contents = {name: value for name, value in fields.items() if name not in CLEAR_FIELDS + CONSENT_FIELDS}
    contents |= contact_of(fields)
    contents["likely_email"] = likely_email(fields["email"])
    return contents


def _consents(form, token, locale):
    wording = shown_wording(token, locale)
    is_proven = wording.version == token.wording_version
    for purpose in form.consents:
        yield Consent(purpose, wording.text(purpose), wording.version, is_proven)


def campaign_of(query) -> Campaign:
    """Return where an advertisement's link says it came from; ``query`` is that of the form's own address.

    Only utm_source and utm_medium are looked at, and only known words of them count. Click identifiers
    (gclid and the like) are never read, so they are neither stored nor rendered.
    """
    words = [query.get(name, "")[:LONGEST].strip().lower() for name in ("utm_medium", "utm_source")]
    for word in words:
        for bucket, known in BUCKETS.items():
            if word in known:
                return bucket
    return Campaign.OTHER if any(words) else Campaign.NONE
