"""Middleware of the whole site."""

from types import MappingProxyType
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponsePermanentRedirect, HttpResponseRedirect
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect

from .generation_memory import kept

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

    def process_view(self, request, view, args, kwargs):
        """Follow one from an address of pages with a query, such as /?p=123: the page would answer it."""
        is_of_pages = request.resolver_match.url_name == "wagtail_serve"
        if not is_of_pages or request.method not in ("GET", "HEAD") or not request.META.get("QUERY_STRING"):
            return None
        address = _without_campaign(request)
        if urlsplit(address).path not in kept("paths of redirects with a query", _paths_with_query):
            return None
        return _led_on(request, address)

    def process_response(self, request, response):
        """Follow a redirect instead of a 404: from the whole address, else from the one without its query."""
        if response.status_code != 404:
            return response
        address = _without_campaign(request)
        path = urlsplit(address).path
        return _led_on(request, address) or (path != address and _led_on(request, path)) or response


def _paths_with_query():
    """Return the paths from which a redirect begins with a query; of most sites, none or the front door."""
    whole = Redirect.objects.filter(old_path__contains="?").values_list("old_path", flat=True)
    return frozenset(urlsplit(address).path for address in whole)


def _without_campaign(request):
    """Return the address asked for as redirects are stored, without what names a campaign."""
    path, _, query = request.get_full_path().partition("?")
    own = "&".join(part for part in query.split("&") if not part.startswith("utm_"))
    return Redirect.normalise_path(f"{path}?{own}" if own else path, decode_unicode=False)


def _led_on(request, address):
    """Return the answer that leads on from an address, or None; nothing leads to itself."""
    redirect = get_redirect(request, address)
    link = redirect and redirect.link
    if not link or (_is_here(link) and Redirect.normalise_path(link, decode_unicode=False) == address):
        return None
    kind = HttpResponsePermanentRedirect if redirect.is_permanent else HttpResponseRedirect
    return kind(_with_campaign(link, request.GET))


def _is_here(link):
    """Whether it leads to this site; the same address elsewhere is another one."""
    return urlsplit(link).netloc in ("", urlsplit(settings.SITE_URL).netloc)


def _with_campaign(address, query):
    """Return an address of this site with the campaign of a query; what the address says itself stays."""
    parts = urlsplit(address)
    own = dict(parse_qsl(parts.query, keep_blank_values=True))
    campaign = {name: query[name] for name in query if name.startswith("utm_") and name not in own}
    if parts.netloc or not campaign:
        return address
    joined = "&".join(filter(None, [parts.query, urlencode(campaign)]))
    return parts._replace(query=joined).geturl()
