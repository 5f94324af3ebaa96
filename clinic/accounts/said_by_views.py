"""What a view says of itself to what stands before every address of the admin."""

from functools import wraps

# Wagtail's own can't say it. Here they are, by the names of their addresses.
WAGTAILS_WITHOUT_FACTOR = {"wagtailadmin_javascript_catalog"}
WAGTAILS_BY_THEMSELVES = {
    # The editors' sign of life, every ten seconds.
    "wagtailadmin_editing_sessions:ping",
    "wagtailadmin_editing_sessions:release",
    # What belongs to every page.
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_sprite",
}
# The same for every page type and snippet: previews while somebody writes, lists that refresh.
WAGTAILS_ENDINGS = ("preview_on_add", "preview_on_edit", "results")


def needs_no_factor(view):
    """Let a view say that it is what somebody without a second factor needs to get one, or to leave."""
    return _saying(view, "needs_no_factor")


def no_sign_of_a_person(view):
    """Let a view say that pages fetch it by themselves, whatever stands before them."""
    return _saying(view, "is_fetched_by_pages")


def is_open_without_factor(match) -> bool:
    """Whether the view that an address leads to says so, or is such a one of Wagtail's."""
    return hasattr(match.func, "needs_no_factor") or match.view_name in WAGTAILS_WITHOUT_FACTOR


def is_fetched_by_pages(match) -> bool:
    """The same for those that pages fetch by themselves."""
    name = match.view_name
    return (
        hasattr(match.func, "is_fetched_by_pages")
        or name in WAGTAILS_BY_THEMSELVES
        or name.endswith(WAGTAILS_ENDINGS)
    )


def _saying(view, word):
    # A view of its own: the one that was handed in may be a library's, and stand elsewhere too.
    @wraps(view)
    def saying(*args, **kwargs):
        return view(*args, **kwargs)

    setattr(saying, word, True)
    return saying
