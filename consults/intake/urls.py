"""Addresses below /consultation/."""

from django.urls import path

from .views import consultation, received

urlpatterns = [
    path("", consultation, name="consultation"),
    path("received/<slug:reference>/<slug:proof>/", received, name="consultation_received"),
]
