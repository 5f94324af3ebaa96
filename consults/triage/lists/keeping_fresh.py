"""A list that its page asks for again by itself: no sign of anybody, and no event.

The page carries a proof that it was listed in this session, with its event. Without one the list is asked
for like any other, and noted.
"""

from django.core import signing
from django.utils.crypto import salted_hmac

from clinic.accounts.idle import BY_ITSELF_HEADER

SALT = "consults.keeping_fresh"
# As long as a shift (seconds). Then the page is asked for by hand.
GOOD_FOR = 12 * 60 * 60


def token_for(request) -> str:
    """Return the proof that a list was shown in this session now."""
    return signing.TimestampSigner(salt=SALT).sign(_session_of(request))


def is_kept_fresh(request) -> bool:
    """Whether a page that this person was shown asks for its list again."""
    try:
        proven = signing.TimestampSigner(salt=SALT).unsign(
            request.headers.get(BY_ITSELF_HEADER, ""), max_age=GOOD_FOR
        )
    except signing.BadSignature:
        return False
    return request.method == "GET" and proven == _session_of(request)


def _session_of(request):
    """Return what stands for the session of a request and tells nothing of its key."""
    return salted_hmac(
        SALT, f"{request.user.pk} {request.session.session_key}", algorithm="sha256"
    ).hexdigest()


class KeptFreshMixin:
    """For lists whose pages keep themselves fresh."""

    def is_noted(self):
        """Whether being shown the list is an event."""
        return not is_kept_fresh(self.request) and super().is_noted()
