"""Middleware of the whole site."""

from types import MappingProxyType
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import MiddlewareNotUsed
from wagtail.contrib.redirects.middleware import RedirectMiddleware

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


class PlainEncodingMiddleware:
    """Reads every query and form as UTF-8, as our pages send it.

    A header can name any codec of Python: some are no encoding of text, some take long.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.encoding:
            request.encoding = "utf-8"
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


class NobodyMiddleware:
    """Lets everybody be a visitor, where nobody can sign in: no cookie is read and no table asked."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.user = AnonymousUser()
        # Wagtail looks there for what somebody may see; whatever wanted to write would fail.
        request.session = MappingProxyType({})
        return self.get_response(request)


class CampaignRedirectMiddleware(RedirectMiddleware):
    """Editors' redirects, which keep what says through which campaign a visitor came."""

    def process_response(self, request, response):
        """Follow a redirect instead of a 404."""
        answer = super().process_response(request, response)
        if answer is not response:
            answer["Location"] = _with_campaign(answer["Location"], request.GET)
        return answer


def _with_campaign(address, query):
    """Return an address of this site with the campaign of a query; what the address says itself stays."""
    parts = urlsplit(address)
    own = dict(parse_qsl(parts.query, keep_blank_values=True))
    campaign = {name: query[name] for name in query if name.startswith("utm_") and name not in own}
    if parts.netloc or not campaign:
        return address
    joined = "&".join(filter(None, [parts.query, urlencode(campaign)]))
    return parts._replace(query=joined).geturl()
