"""Middleware of the whole site."""

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed

# Beyond what our filters, an advertisement and a place to return to need together (characters).
LONGEST_QUERY = 4000


class BoundedQueryMiddleware:
    """Answers as if an address had no query where that is longer than any of ours; nothing reads it then."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
            request.META["QUERY_STRING"] = ""
        return self.get_response(request)


class DemoNoindexMiddleware:
    """Tells search engines to leave a demonstration alone, on every kind of response."""

    def __init__(self, get_response):
        if not settings.DEMO_MODE:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response
