"""Publishing: from the editors' settings and the locations into the snapshot."""

from dataclasses import asdict, replace

from wagtail import hooks
from wagtail.models import Site

from clinic.core.main_menu import menu_of
from clinic.core.models import ClinicSettings, week_from_rows
from clinic.core.opening_hours import Schedule
from clinic.core.public_pages import public_address
from clinic.core.snapshots import Snapshot

from .notices import notices_for_facts
from .snapshot import default_facts, facts_from

# Facts that an editor may leave empty and that then keep the default of the Django settings.
PLAIN_FACTS = [
    "name",
    "short_name",
    "callback_promise",
    "callback_promise_es",
    "consult_label",
    "interest_line",
]


def read_facts():
    """Return the facts of the snapshot, or the settings' defaults. Never raises, never queries."""
    return FACTS.read() or default_facts()


def write_facts(facts):
    """Put the facts into the snapshot. Raises OSError when the folder can't be written."""
    FACTS.write(asdict(facts))


def publish_facts():
    """Write the snapshot from the database and return the facts."""
    facts = _build_facts()
    write_facts(facts)
    return facts


def _build_facts():
    """Return the facts as the database has them.

    Other apps add what they know through the hook ``construct_clinic_facts``: a function that
    takes the facts and returns them completed. Numbers and addresses come that way, from managers alone.
    """
    facts = replace(default_facts(), main_pages=_main_pages(), notices=notices_for_facts())
    settings = _clinic_settings()
    if settings:
        facts = _with_settings(facts, settings)
    for add_facts in hooks.get_hooks("construct_clinic_facts"):
        facts = add_facts(facts)
    return facts


def _main_pages():
    """Return titles and addresses of what stands in the menu."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return []
    return [[title, page.url] for title, page in menu_of(site.root_page) if page.url]


def _clinic_settings():
    """Return the settings of the default site, or None before anybody saved them."""
    return ClinicSettings.objects.filter(site__is_default_site=True).first()


def _with_settings(facts, settings):
    given = {name: getattr(settings, name) for name in PLAIN_FACTS if getattr(settings, name)}
    return replace(
        facts,
        **given,
        share_networks=settings.share_networks,
        privacy_url=public_address(settings.privacy_page),
        social_links=settings.social_links,
        service_states=settings.service_states.split(),
        asks_heard_from=settings.asks_heard_from,
        overdue_after_days=settings.overdue_after_days,
        voicemail_names_clinic=settings.voicemail_names_clinic,
        hours=Schedule(zone=settings.time_zone, week=week_from_rows(settings.default_hours.all())),
    )


FACTS = Snapshot("facts", "CLINIC_FACTS_FILE", build=lambda: asdict(_build_facts()), load=facts_from)
