"""The one address for people who have no account yet."""

from django.urls import path

from .invitation import InvitationView

urlpatterns = [path("", InvitationView.as_view(), name="invitation")]
