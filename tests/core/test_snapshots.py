"""What pages are made of without a database: every change reaches it, and what didn't is mended."""

import os
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import PageViewRestriction, Site

from clinic.core.facts import default_facts, publish_facts, read_facts
from clinic.core.models import ClinicSettings, DefaultHours
from clinic.locations.models import LocationClosure
from consults.consent_wordings import BUILT_IN, PURPOSES, add_wording, current_wording, wording_of
from consults.management.rounds import Rounds
from consults.management.steps import STEPS
from consults.models import ConsentWording
from tests.factories.pages import (
    HomePageFactory,
    LocationIndexPageFactory,
    LocationPageFactory,
    PolicyIndexPageFactory,
    PolicyPageFactory,
    TreatmentIndexPageFactory,
    TreatmentPageFactory,
)

pytestmark = pytest.mark.once


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.CLINIC_FACTS_FILE = tmp_path / "var" / "facts.json"
    settings.CONSULTS_WORDINGS_FILE = tmp_path / "var" / "wordings.json"


@pytest.fixture
def change(django_capture_on_commit_callbacks):
    """A function that makes a change as if it had been committed."""

    def make(do, *args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            return do(*args, **kwargs)

    return make


@pytest.fixture
def site(db):
    """A clinic with a privacy notice in its own section, two treatments and a place; all published."""
    home = HomePageFactory.make_site()
    policies = PolicyIndexPageFactory(parent=home, slug="policies")
    notice = PolicyPageFactory(parent=policies, slug="privacy")
    treatments = TreatmentIndexPageFactory(parent=home, show_in_menus=True, slug="treatments")
    for title in ("Infusion", "Injection"):
        TreatmentPageFactory(parent=treatments, title=title)
    LocationPageFactory(parent=LocationIndexPageFactory(parent=home), title="North")
    ClinicSettings.objects.create(
        site=Site.objects.get(is_default_site=True), name="Ridge Clinic", privacy_page=notice
    )
    publish_facts()
    return home


def page(site, title):
    return site.get_descendants().get(title=title).specific


def restrict(page):
    return PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def notice(site):
    return site.get_descendants().get(slug="privacy").specific


def rename(page, **values):
    for name, value in values.items():
        setattr(page, name, value)
    page.save()


def test_the_privacy_notice_is_linked_while_it_is_public(site):
    assert read_facts().privacy_url == "/policies/privacy/"


@pytest.mark.parametrize(
    "hide",
    [
        lambda site: notice(site).unpublish(),
        lambda site: notice(site).delete(),
        lambda site: restrict(notice(site)),
        lambda site: restrict(notice(site).get_parent()),
        lambda site: Site.objects.all().delete(),
    ],
    ids=["unpublished", "deleted", "restricted", "restricted above", "no site"],
)
def test_a_privacy_notice_that_is_not_public_is_not_linked(client, site, change, hide):
    change(hide, site)
    assert read_facts().privacy_url == ""
    assert "Read the privacy notice" not in client.get("/consultation/").content.decode()


def test_a_restriction_that_is_lifted_brings_the_link_back(site, change):
    restriction = change(restrict, notice(site))
    change(restriction.delete)
    assert read_facts().privacy_url == "/policies/privacy/"


@pytest.mark.parametrize(
    ("rename_what", "address"),
    [
        (lambda site: rename(notice(site), slug="your-privacy"), "/policies/your-privacy/"),
        (lambda site: rename(page(site, "Policies"), slug="promises"), "/promises/privacy/"),
        (
            lambda site: notice(site).move(page(site, "Treatments"), pos="last-child"),
            "/treatments/privacy/",
        ),
    ],
    ids=["its own slug", "its parent's slug", "moved"],
)
def test_the_link_follows_the_privacy_notice(site, change, rename_what, address):
    change(rename_what, site)
    assert read_facts().privacy_url == address


def test_the_form_offers_the_treatments_in_the_order_of_the_site(client, site, change):
    change(page(site, "Injection").move, page(site, "Infusion"), pos="left")
    assert read_facts().treatments == ["Injection", "Infusion"]
    html = client.get("/consultation/").content.decode()
    assert html.index('value="Injection"') < html.index('value="Infusion"')


@pytest.mark.parametrize(
    "leave",
    [
        lambda site: page(site, "Injection").unpublish(),
        lambda site: page(site, "Injection").delete(),
        lambda site: restrict(page(site, "Injection")),
    ],
    ids=["unpublished", "deleted", "restricted"],
)
def test_the_form_offers_public_treatments_only(site, change, leave):
    change(leave, site)
    assert read_facts().treatments == ["Infusion"]


def test_a_renamed_treatment_and_place_are_offered_by_their_new_names(site, change):
    change(rename, page(site, "Injection"), title="Shot")
    change(rename, page(site, "North"), title="South")
    assert (read_facts().treatments, read_facts().location_name) == (["Infusion", "Shot"], "South")


def test_hours_and_closures_alone_refresh_the_facts(site, change):
    settings = ClinicSettings.objects.get()
    change(DefaultHours.objects.create, settings=settings, weekday=0, opens="09:00", closes="17:00")
    assert list(read_facts().hours.week) == [0]
    day = date(2026, 12, 24)
    change(
        LocationClosure.objects.create,
        page=page(site, "North"),
        first_day=day,
        last_day=day,
        reason="Holiday",
    )
    assert [item.reason for item in read_facts().hours.exceptions] == ["Holiday"]


@pytest.mark.parametrize("leave", ["unpublish", "delete"])
def test_a_place_that_is_gone_leaves_the_footer(site, change, leave):
    change(getattr(page(site, "North"), leave))
    assert (read_facts().location_name, read_facts().address_lines) == ("", [])


def test_an_unknown_address_leads_to_what_stands_in_the_menu(client, site, change):
    assert '<li><a href="/treatments/">Treatments</a></li>' in client.get("/nothing/").content.decode()
    change(page(site, "Treatments").unpublish)
    assert 'href="/treatments/"' not in client.get("/nothing/").content.decode()


def forget_folder(settings):
    """Make the folder of the copies one that can't be written, whoever asks."""
    folder = settings.CLINIC_FACTS_FILE.parent
    for path in folder.glob("*"):
        path.unlink()
    folder.rmdir()
    folder.write_text("in the way")
    return folder


def test_what_could_not_be_written_is_said_and_made_up_for(site, settings, change, caplog):
    folder = forget_folder(settings)
    change(ClinicSettings.objects.get().save)
    assert "the copy of the facts is old" in caplog.text
    with pytest.raises(CommandError, match="VAR_DIR"):
        call_command("refresh_snapshots", stdout=StringIO())
    folder.unlink()
    call_command("refresh_snapshots", stdout=StringIO())
    assert read_facts().name == "Ridge Clinic"


def test_a_full_disk_leaves_the_old_copy_and_no_drafts(site, settings, tmp_path):
    ClinicSettings.objects.update(name="x" * 80)
    before = settings.CLINIC_FACTS_FILE.read_text()
    resource = pytest.importorskip("resource")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))
    try:
        with pytest.raises(OSError):
            publish_facts()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert settings.CLINIC_FACTS_FILE.read_text() == before
    assert [path.name for path in settings.CLINIC_FACTS_FILE.parent.iterdir()] == ["facts.json"]


TEXTS = {purpose: f"Our words for {purpose}." for purpose in PURPOSES}


def test_a_restored_database_brings_its_facts_and_words_back(site, settings):
    add_wording(locale="en", texts=TEXTS, author=None)
    settings.CLINIC_FACTS_FILE.unlink()
    assert (read_facts().name, current_wording("en").texts) == (default_facts().name, BUILT_IN["en"])
    said = StringIO()
    call_command("refresh_snapshots", stdout=said)
    assert said.getvalue() == "Renewed: facts, consent wordings.\n"
    assert (read_facts().name, current_wording("en").texts) == ("Ridge Clinic", TEXTS)
    said = StringIO()
    call_command("refresh_snapshots", stdout=said)
    assert said.getvalue() == "Everything was up to date.\n"


def test_copies_of_another_database_are_replaced(site, settings):
    settings.CLINIC_FACTS_FILE.write_text('{"name": "Somebody else", "hours": {"zone": "UTC"}}')
    settings.CONSULTS_WORDINGS_FILE.write_text("[")
    call_command("refresh_snapshots", stdout=StringIO())
    assert read_facts().name == "Ridge Clinic"
    assert current_wording("en").version == "en-0b"


@pytest.mark.django_db(transaction=True)
def test_the_worker_compares_by_itself():
    # As after a restore: rows without any saving.
    ConsentWording.objects.bulk_create([ConsentWording(locale="en", version=1, **TEXTS)])
    Rounds([step for step in STEPS if step.name == "snapshots"]).go()
    assert (current_wording("en").version, current_wording("en").texts) == ("en-1", TEXTS)


def test_every_version_of_the_words_stays_as_it_was_shown(db, change):
    change(add_wording, locale="en", texts=TEXTS, author=None)
    later = {purpose: f"Later words for {purpose}." for purpose in PURPOSES}
    change(add_wording, locale="en", texts=later, author=None)
    assert (current_wording("en").texts, wording_of("en-1").texts) == (later, TEXTS)


def test_a_copy_is_read_anew_within_the_same_tick_of_the_clock(db, settings):
    """Two writings may bear the same time and the same size."""
    publish_facts()
    text = settings.CLINIC_FACTS_FILE.read_text()
    stamp = settings.CLINIC_FACTS_FILE.stat()
    assert read_facts().crisis_number == "988"
    other = settings.CLINIC_FACTS_FILE.with_suffix(".new")
    other.write_text(text.replace('"988"', '"989"'))
    os.utime(other, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    other.replace(settings.CLINIC_FACTS_FILE)
    assert read_facts().crisis_number == "989"


def test_facts_of_a_newer_release_can_be_read(db, settings):
    publish_facts()
    text = settings.CLINIC_FACTS_FILE.read_text()
    settings.CLINIC_FACTS_FILE.write_text(text.replace('"phone": ""', '"phone": "555", "unheard_of": 1'))
    assert read_facts().phone == "555"
