"""The demo's settings, and beside the site one address that does nothing but insert a row."""

from clinic.settings.demo import *  # noqa: F403
from clinic.settings.demo import INSTALLED_APPS as SITES_APPS

INSTALLED_APPS = [*SITES_APPS, "bench.bare"]
ROOT_URLCONF = "bench.urls"
