"""Addresses below /consultation/, in each language of the form."""

from django.urls import path

from consults.enums import Locale

from .views import consultation, received, under_age


def _addresses(locale, prefix="", suffix=""):
    return [
        path(prefix, consultation, {"locale": locale}, name=f"consultation{suffix}"),
        path(f"{prefix}under-18/", under_age, {"locale": locale}, name=f"under_age{suffix}"),
        path(
            f"{prefix}received/<slug:reference>/<slug:proof>/",
            received,
            {"locale": locale},
            name=f"consultation_received{suffix}",
        ),
    ]


urlpatterns = [*_addresses(Locale.EN.value), *_addresses(Locale.ES.value, "es/", "_es")]
