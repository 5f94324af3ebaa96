"""What staff do about their own account: signing in again, passwords, second factors."""

from allauth.account.views import reauthenticate
from django.urls import include, path

urlpatterns = [
    path("again/", reauthenticate, name="account_reauthenticate"),
    path("factors/", include("allauth.mfa.urls")),
]
