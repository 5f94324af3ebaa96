"""Whether a page of the desk opens its names by itself: where managers chose so, for whoever asks for it."""

from clinic.accounts.idle import is_by_itself
from consults import workflow
from consults.permissions import can_read_requests

# Said by the script of the list where it puts an answer into the page: the names stand there already.
IN_PLACE_HEADER = "X-In-Place"
# Said there by another list, which shows nothing of this one.
ELSEWHERE = "elsewhere"
# Said in an address, for as long as somebody doesn't want to see names: by the one who hid them, and by a
# page without script that was left alone.
HIDDEN = "names=no"


def are_hidden(request) -> bool:
    """Whether the address says that no names are wanted."""
    return request.GET.get("names") == "no"


def is_for_another_list(request) -> bool:
    """Whether the script of another list asked, for what came of a tap alone."""
    return request.headers.get(IN_PLACE_HEADER) == ELSEWHERE


def starts_with_names(request) -> bool:
    """Whether the names are to be opened with the page; never where nobody asked for it themselves.

    Whoever broke the glass sees names where they ask for them, and not by a setting.
    """
    is_asked_for = request.method == "GET" and not is_by_itself(request)
    is_wanted = not are_hidden(request) and IN_PLACE_HEADER not in request.headers
    return (
        is_asked_for and is_wanted and workflow.desk_starts_with_names() and can_read_requests(request.user)
    )
