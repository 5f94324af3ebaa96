"""Middleware of the whole site."""

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed


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
