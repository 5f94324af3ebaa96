"""Sees which addresses lead nowhere, after all redirects."""

from .addresses import countable, number_of_page
from .counting import note


class NotFoundMiddleware:
    """Notes the address of what was not found; nothing else of a request is looked at, and no table asked."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method == "GET" and _leads_nowhere(request, response):
            note(countable(request.path, request.GET))
        return response


def _leads_nowhere(request, response):
    """Whether it is an address of pages without one, or the front door in place of an old numbered page."""
    match = request.resolver_match
    if match and match.url_name != "wagtail_serve":
        return False
    is_front_door = request.path == "/" and response.status_code == 200
    return response.status_code == 404 or bool(is_front_door and number_of_page(request.GET))
