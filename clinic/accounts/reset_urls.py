"""A forgotten password, at the address where Wagtail has its own way, whose other pages are closed."""

from django.urls import path, re_path

from clinic.core.views.errors import no_such_door

from . import account_views

urlpatterns = [
    path("", account_views.ForgottenView.as_view(), name="account_reset_password"),
    path("sent/", account_views.LinkSentView.as_view(), name="account_reset_password_done"),
    path("set/", account_views.ResetView.as_view(), name="account_set_new_password"),
    re_path("", no_such_door),
]
