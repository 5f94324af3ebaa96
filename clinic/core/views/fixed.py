"""Pages that nobody can unpublish, and that stand without a database."""

from django.conf import settings
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

MAX_ADDRESS_LENGTH = 500
SECONDS_OF_A_DAY = 24 * 60 * 60


@require_safe
def get_help_now(request, language="en"):
    """Show where to turn in a crisis, in the language of the address."""
    with translation.override(language):
        return render(request, "core/get_help_now.html", {"page_language": language})


@require_safe
def robots(request):
    """Tell search engines what to leave alone; a demonstration is left alone whole."""
    return render(request, "core/robots.txt", {"closed": settings.DEMO_MODE}, content_type="text/plain")


@cache_control(public=True, max_age=SECONDS_OF_A_DAY)
@require_safe
def favicon(request):
    """Lead to the icon: browsers and feed readers look for it here without having read a page."""
    return redirect(static("img/favicon.ico"))


@never_cache
@require_safe
def staff_only(request):
    """Say that a page is for some people only, and where staff sign in; then they come back to it."""
    wanted = request.GET.get("next", "")[:MAX_ADDRESS_LENGTH]
    # Only an address of this site.
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    context = {"wanted": wanted if is_ours else "/", "login_url": _login_url()}
    return render(request, "core/staff_only.html", context, status=403)


def _login_url():
    """Return the address of the admin's login; nothing where a process has no admin."""
    try:
        return reverse("wagtailadmin_login")
    except NoReverseMatch:
        return ""
