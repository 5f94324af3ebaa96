"""Publishing: from the editors' settings and the locations into the snapshot."""

from dataclasses import replace

from wagtail import hooks

from clinic.core.models import ClinicSettings, week_from_rows
from clinic.core.opening_hours import Schedule

from .snapshot import default_facts, write_facts

# Facts that an editor may leave empty and that then keep the default of the Django settings.
PLAIN_FACTS = [
    "name",
    "short_name",
    "phone",
    "email",
    "crisis_number",
    "emergency_number",
    "callback_promise",
    "callback_promise_es",
    "consult_label",
    "interest_line",
]


def publish_facts():
    """Write the snapshot from the database and return the facts.

    Other apps add what they know through the hook ``construct_clinic_facts``: a function that
    takes the facts and returns them completed. Raises OSError when the snapshot can't be written.
    """
    facts = default_facts()
    settings = _clinic_settings()
    if settings:
        facts = _with_settings(facts, settings)
    for add_facts in hooks.get_hooks("construct_clinic_facts"):
        facts = add_facts(facts)
    write_facts(facts)
    return facts


def _clinic_settings():
    """Return the settings of the default site, or None before anybody saved them."""
    return ClinicSettings.objects.filter(site__is_default_site=True).first()


def _with_settings(facts, settings):
    given = {name: getattr(settings, name) for name in PLAIN_FACTS if getattr(settings, name)}
    return replace(
        facts,
        **given,
        share_networks=settings.share_networks,
        privacy_url=settings.privacy_page.url if settings.privacy_page else "",
        social_links=settings.social_links,
        service_states=settings.service_states.split(),
        hours=Schedule(zone=settings.time_zone, week=week_from_rows(settings.default_hours.all())),
    )
