"""Where an advertisement's own link says it came from, as a coarse bucket.

Only utm_source and utm_medium are looked at, and only known words of them count. Click identifiers
(gclid and the like) are never read, so they are neither stored nor rendered.
"""

from consults.enums import Campaign

# Of longer words only the beginning is looked at; ours have fewer characters.
LONGEST = 60
BUCKETS = {
    Campaign.PAID_SEARCH: {"cpc", "ppc", "paid", "paidsearch", "sem", "google", "bing", "duckduckgo"},
    Campaign.SOCIAL: {"social", "facebook", "instagram", "linkedin", "youtube", "twitter", "x", "pinterest"},
    Campaign.EMAIL: {"email", "e-mail", "newsletter"},
    Campaign.PRINT: {"print", "poster", "flyer", "qr", "card"},
    Campaign.REFERRAL: {"referral", "partner", "directory", "link"},
}


def campaign_of(query) -> Campaign:
    """Return the bucket of a form's own address; ``query`` is request.GET."""
    words = [query.get(name, "")[:LONGEST].strip().lower() for name in ("utm_medium", "utm_source")]
    for word in words:
        for bucket, known in BUCKETS.items():
            if word in known:
                return bucket
    return Campaign.OTHER if any(words) else Campaign.NONE
