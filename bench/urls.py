"""The site's addresses, and the bare insert before them."""

from django.urls import include, path

from .bare.views import insert

urlpatterns = [path("-/bare", insert), path("", include("clinic.urls"))]
