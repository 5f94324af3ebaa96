"""How long somebody may be away, and what a browser does by itself and so is no sign of anybody there."""

from django.conf import settings
from wagtail import hooks

from .said_by_views import is_fetched_by_pages

# An address or a request that says this of itself is fetched without anybody doing anything.
BY_ITSELF_HEADER, BY_ITSELF_QUERY = "X-By-Itself", "by-itself"

# Said in the address of what an editor loads after it saved by itself, and of the preview beside it.
QUERIES = ("_w_hydrate_create_view", "in_preview_panel", BY_ITSELF_QUERY)


def idle_minutes(user) -> int:
    """Return after how many minutes without a sign of this person their session is over.

    Apps whose pages are for fewer eyes say less through the hook ``idle_minutes``, or None.
    """
    said = [minutes(user) for minutes in hooks.get_hooks("idle_minutes")]
    return min([settings.ACCOUNTS_IDLE_MINUTES, *(minutes for minutes in said if minutes is not None)])


def is_by_itself(request) -> bool:
    """Whether a browser sent this request without anybody having done something."""
    return (
        is_fetched_by_pages(request.resolver_match)
        or is_autosave(request)
        or BY_ITSELF_HEADER in request.headers
        or any(name in request.GET for name in QUERIES)
        or "prefetch" in request.headers.get("Sec-Purpose", "").lower()
    )


def is_autosave(request) -> bool:
    """Whether an editor saved by itself: it then takes no page for an answer, as a person's browser does."""
    return request.method == "POST" and not request.accepts("text/html")
