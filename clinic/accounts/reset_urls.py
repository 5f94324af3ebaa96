"""A forgotten password, at the address where Wagtail has its own way, whose other pages are closed."""

from django.urls import path, re_path

from clinic.core.views.errors import no_such_door

from . import account_views
from .said_by_views import needs_no_factor

# For whoever has the link of a mail, signed in or not.
urlpatterns = [
    path("", needs_no_factor(account_views.ForgottenView.as_view()), name="account_reset_password"),
    path("sent/", needs_no_factor(account_views.LinkSentView.as_view()), name="account_reset_password_done"),
    path("set/", needs_no_factor(account_views.ResetView.as_view()), name="account_set_new_password"),
    re_path("", no_such_door),
]
