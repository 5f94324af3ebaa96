"""Every address of the site: fixed routes first, Wagtail's pages last."""

from django.conf import settings
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from clinic.accounts.said_by_views import needs_no_factor
from clinic.accounts.views import SignInView, SignOutView
from clinic.core.views.errors import no_such_door
from clinic.core.views.fixed import favicon, get_help_now, robots, staff_only
from clinic.core.views.health import live, ready
from clinic.core.views.media import serve_media
from clinic.core.views.pages import show_page
from clinic.core.views.sitemap import show_sitemap
from clinic.editing.draft_links.views import shared_draft
from clinic.search.views import search
from consults.crisis import language_of

# Beside the pages of the tree, what people look for: the form in each language, and help.
FOUND = ["consultation", "consultation_es", "get_help_now", "get_help_now_es"]


def only(addresses, name):
    """Return those of a library's addresses that bear this name."""
    return [address for address in addresses.urlpatterns if address.name == name]


urlpatterns = [
    path("-/live", live, name="live"),
    path("-/ready", ready, name="ready"),
    path("robots.txt", robots, name="robots"),
    path("favicon.ico", favicon, name="favicon"),
    path("sitemap.xml", show_sitemap, {"routes": FOUND}, name="sitemap"),
    path("get-help-now/", get_help_now, name="get_help_now"),
    path("get-help-now/es/", get_help_now, {"language": "es"}, name="get_help_now_es"),
    path("staff-only/", staff_only, name="staff_only"),
    path("consultation/", include("consults.intake.urls")),
    path("search/", search, {"danger_in": language_of}, name="search"),
    path("search/page/<int:number>/", search, {"danger_in": language_of}, name="search_page"),
    # Wagtail brings a second login and forms for shared passwords; the admin's login is the one door. It
    # looks for the names of these all the same.
    path("_util/login/", no_such_door, name="wagtailcore_login"),
    path(
        "_util/authenticate_with_password/<int:restriction>/<int:page>/",
        no_such_door,
        name="wagtailcore_authenticate_with_password",
    ),
    path(
        "documents/authenticate_with_password/<int:restriction>/",
        no_such_door,
        name="wagtaildocs_authenticate_with_password",
    ),
    path("documents/", include(only(wagtaildocs_urls, "wagtaildocs_serve"))),
]

# The process that only takes requests in has no door to them.
if settings.CONSULTS_ROLE != "intake":
    urlpatterns += [
        # Before Wagtail's own of the same addresses.
        path("admin/login/", needs_no_factor(SignInView.as_view()), name="account_login"),
        path("admin/logout/", needs_no_factor(SignOutView.as_view()), name="account_logout"),
        path("admin/account/", include("clinic.accounts.urls")),
        path("admin/password_reset/", include("clinic.accounts.reset_urls")),
        path("admin/invitation/", include("consults.people.urls")),
        # For whoever was sent the link: no login is asked for.
        path("admin/draft/<str:token>/", needs_no_factor(shared_draft), name="shared_draft"),
        # What takes a page away asks first; these would not, and no page of the admin uses them.
        re_path(r"^admin/api/main/pages/\d+/action/(?:delete|move|unpublish)/$", no_such_door),
        path("admin/", include(wagtailadmin_urls)),
    ]

if settings.SERVE_MEDIA:
    urlpatterns.append(path("media/<path:path>", serve_media))

urlpatterns.append(re_path(wagtail_urls.serve_pattern, show_page, name="wagtail_serve"))

handler404 = "clinic.core.views.errors.not_found"
handler500 = "clinic.core.views.errors.server_error"
