"""Nobody changes the crisis number or the reply address by another door, and whoever tries is told of."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.db import connection
from django.urls import reverse
from wagtail.models import Page, Site

from clinic.core.facts import publish_facts, read_facts
from clinic.core.models import ClinicSettings
from consults import workflow
from consults.models import AuditEvent
from consults.notices.outbox import send_due
from tests.consults.passing_time import let_pass
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]
THIEF = {
    "crisis_number": "(555) 555-0666",
    "emergency_number": "(555) 555-0667",
    "phone": "(555) 555-0668",
    "email": "answers@thief.example",
}


@pytest.fixture(autouse=True)
def own_snapshot(settings, tmp_path):
    settings.CLINIC_FACTS_FILE = tmp_path / "facts.json"
    settings.CONSULTS_OWNER_RECIPIENTS = ["owner@example.org"]


@pytest.fixture
def editor():
    """Somebody who may write the clinic's settings, and nothing of requests."""
    user = UserFactory(group="Editors")
    user.user_permissions.add(Permission.objects.get(codename="change_clinicsettings"))
    return user


@pytest.fixture(params=["editor", "superuser"])
def attacker(request, editor):
    return editor if request.param == "editor" else UserFactory(superuser=True)


def settings_address(site=None):
    site = site or Site.objects.get(is_default_site=True)
    return reverse("wagtailsettings:edit", args=["core", "clinicsettings", site.pk])


def send_form(client, **changes):
    """Send the form of the settings as a browser does, with whatever else."""
    form = client.get(settings_address()).context["form"]
    data = {bound.html_name: bound.value() for bound in form}
    for formset in form.formsets.values():
        data |= {bound.html_name: bound.value() for bound in formset.management_form}
    kept = {name: value for name, value in data.items() if value is not None and value is not False}
    return client.post(settings_address(), {**kept, "callback_promise": "the same day", **changes})


def answer_somebody():
    """Let the front desk answer a patient, and return the mail as it went out."""
    consult = make_consult(email="patient@example.net")
    workflow.send_reply(
        consult,
        actor=UserFactory(group="Front desk"),
        version=consult.version,
        template=None,
        subject="A time to talk",
        base="Hello.",
        text="Hello, please call us.",
    )
    let_pass(timedelta(minutes=1))
    while send_due():
        pass
    [answer] = [sent for sent in mail.outbox if sent.to == ["patient@example.net"]]
    return answer


def test_the_attack_changes_no_page_and_no_answer_and_leaves_a_trace(
    client, attacker, django_capture_on_commit_callbacks
):
    publish_facts()
    before = read_facts()
    client.force_login(attacker)
    with django_capture_on_commit_callbacks(execute=True):
        page = send_form(client, **THIEF)
    assert page.status_code == 302
    facts = read_facts()
    # What belongs to editors is saved.
    assert facts.callback_promise == "the same day"
    assert [getattr(facts, name) for name in THIEF] == [getattr(before, name) for name in THIEF]
    assert "thief.example" not in str(answer_somebody().message())
    event = AuditEvent.objects.get(action="denied")
    assert event.actor == attacker
    assert "crisis number, emergency number, phone, reply address" in event.detail
    [told] = [sent for sent in mail.outbox if sent.to == ["owner@example.org"]]
    assert attacker.username in told.body and "crisis number" in told.body


def test_whoever_tried_is_told_what_became_of_it(client, attacker):
    client.force_login(attacker)
    send_form(client, crisis_number="(555) 555-0666")
    assert "were left as they are" in client.get(settings_address()).content.decode()


def test_a_form_that_was_open_since_the_upgrade_is_no_attempt(client, editor):
    client.force_login(editor)
    facts = read_facts()
    send_form(client, crisis_number=facts.crisis_number, phone=f" {facts.phone} ")
    assert not AuditEvent.objects.exists()


def test_the_form_shows_them_and_says_who_changes_them(client, attacker):
    client.force_login(attacker)
    page = client.get(settings_address())
    html = page.content.decode()
    assert "On every page" in html
    assert "988" in html and "911" in html
    assert not set(THIEF) & set(page.context["form"].fields)


def test_another_default_site_brings_no_other_numbers(client, editor):
    publish_facts()
    before = read_facts()
    old = Site.objects.get(is_default_site=True)
    root = Page.objects.get(depth=1).add_child(instance=Page(title="Other", slug="other"))
    other = Site.objects.create(hostname="other.example.org", root_page=root)
    ClinicSettings.objects.create(site=other, name="Other", **THIEF)
    old.is_default_site = False
    old.save()
    other.is_default_site = True
    other.save()
    facts = publish_facts()
    assert facts.name == "Other"
    assert [getattr(facts, name) for name in THIEF] == [getattr(before, name) for name in THIEF]


def test_the_admins_interface_for_programs_names_none_of_it(client, attacker):
    client.force_login(attacker)
    for address in ("/admin/api/main/", "/admin/api/main/clinicsettings/", "/admin/api/main/settings/"):
        assert client.get(address).status_code == 404


def test_a_trace_that_cannot_be_written_stops_the_form(client, attacker):
    client.force_login(attacker)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE consults_audittail RENAME TO consults_audittail_away")
    answer = client.post(settings_address(), {"name": "Thief", **THIEF})
    assert answer.status_code == 503
    assert not ClinicSettings.objects.filter(name="Thief").exists()
