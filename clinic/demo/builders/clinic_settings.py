"""Name, numbers and usual hours of the demo's clinic."""

from datetime import time

from wagtail.models import Site

from clinic.core.models import ClinicSettings, DefaultHours
from consults import guarded_facts

MONDAY_TO_FRIDAY = range(5)


def build_clinic_settings(demo):
    """Write the clinic's settings unless somebody wrote them before."""
    site = Site.objects.get(is_default_site=True)
    if ClinicSettings.objects.filter(site=site).exists():
        return
    ClinicSettings(
        site=site,
        name="Summit Ketamine Innovations",
        # Mail must not carry the name of a medicine.
        short_name="Summit Clinic",
        time_zone="America/Denver",
        default_hours=[DefaultHours(weekday=day, opens=time(9), closes=time(17)) for day in MONDAY_TO_FRIDAY],
    ).save()
    _write_numbers()


def _write_numbers():
    """Give the clinic its phone and its address, the way that managers do."""
    counts = guarded_facts.current()
    values = {**counts.values, "phone": "(555) 555-0100", "email": "hello@example.org"}
    guarded_facts.change(values, actor=None, base=counts.version)


def name_privacy_notice(demo):
    """Link the privacy notice beside the consent of the form, unless a page is chosen already."""
    settings = ClinicSettings.objects.get(site__is_default_site=True)
    if settings.privacy_page is None:
        settings.privacy_page = demo.pages["privacy-notice"]
        settings.save()
