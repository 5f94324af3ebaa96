"""What Django's answers have to do with kept pages: the first one of a page is kept, and no change is
acknowledged while files of before it can still be handed out.
"""

import contextlib

import django.db
from django.conf import settings

from . import folders, visits
from .packing import write_page
from .rendering import rendered, same_headers
from .serving import is_for_anybody
from .watch import WATCH, withdraw_all, withdraw_old

SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")


class KeptPagesMiddleware:
    """Stands before all others, so that it sees each answer as it is sent."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        folder = _folder_for(request)
        if folder:
            # Read by templates: what changes with the hour is not baked in.
            request.is_for_keeping = True
        response = self.get_response(request)
        if folder and request.method == "GET":
            visits.count(request.path_info)
            # A full disk, or a process that may not write here: the worker does it.
            with contextlib.suppress(OSError):
                _keep(folder, request.path_info, response)
        elif request.method not in SAFE and _may_be_by_staff(request):
            _withdraw(request, response)
        return response


def _folder_for(request):
    """Return the folder that is to hold the page asked for; None for what is not to be kept."""
    # A writer that asks for a page keeps it itself.
    if hasattr(request, "is_for_keeping") or not is_for_anybody(request.META):
        return None
    folder = WATCH.folder_now()
    about = folder and folders.about(folder)
    return folder if about and request.path_info in about.addresses else None


def _keep(folder, address, response):
    """Write the page, if it is the first of its folder and the worker has not said that this is all."""
    if folders.written(folder, address) or (folder / folders.FINISHED).exists():
        return
    page = rendered(response)
    if page and same_headers(page.headers, folders.about(folder).headers):
        write_page(folder, address, page)


def _may_be_by_staff(request):
    return settings.SESSION_COOKIE_NAME in request.META.get("HTTP_COOKIE", "")


def _withdraw(request, response):
    """Take away what is old by now. Nothing is known while the database is away: then what a member of staff
    was just told is done counts, and what failed does not.
    """
    if not withdraw_old() and response.status_code < 500 and _is_signed_in(request):
        withdraw_all()


def _is_signed_in(request):
    try:
        return hasattr(request, "user") and request.user.is_authenticated
    except django.db.Error:
        return False
