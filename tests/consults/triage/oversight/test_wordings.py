"""Managers write new versions of the consent words; what was written stays."""

import re

import pytest
from django.urls import reverse
from django.utils.html import escape

from consults import guarded_facts
from consults.consent_wordings import BUILT_IN, PURPOSES, current_wording, wording_of
from consults.models import AuditEvent, ConsentWording, OutboxMessage
from tests.accounts.signing_in import sign_in
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]
TEXTS = {purpose: f"New words for {purpose}." for purpose in PURPOSES}


@pytest.fixture(autouse=True)
def words_file(settings, tmp_path):
    settings.CONSULTS_WORDINGS_FILE = tmp_path / "wordings.json"


@pytest.fixture
def manager(client):
    return sign_in(client, UserFactory(group="Managers"))


def add(client, *, confirm=True, **changes):
    """Send the form; what is confirmed was begun after the newest version."""
    newest = f"en-{ConsentWording.objects.filter(locale='en').count()}"
    more = {"confirm": "yes"} if confirm else {}
    return client.post(
        reverse("consent_wordings:add"), {"locale": "en", "base": newest, **TEXTS, **more, **changes}
    )


def test_a_new_version_is_shown_at_once(client, manager, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert add(client).status_code == 302
    wording = ConsentWording.objects.get()
    assert (wording.version, wording.author) == (1, manager)
    assert current_wording("en").texts == TEXTS
    assert current_wording("es").texts == BUILT_IN["es"]
    assert TEXTS["texting"] in client.get("/consultation/").content.decode()


def test_older_versions_are_still_known(client, manager, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        add(client)
        add(client, contact="Newer words.")
    assert current_wording("en").version == "en-2"
    assert wording_of("en-1").texts == TEXTS
    assert wording_of("en-0b").texts == BUILT_IN["en"]
    assert wording_of("fr-1") is wording_of("en-9") is None


def test_the_form_begins_with_the_words_of_today(client, manager):
    page = client.get(reverse("consent_wordings:add"), {"locale": "es"})
    assert page.context["form"].initial == {"locale": "es", "base": "es-0", **BUILT_IN["es"]}


def test_the_list_says_what_is_shown(client, manager):
    address = reverse("consent_wordings:index")
    assert "words that came with this software" in client.get(address).content.decode()
    add(client)
    page = client.get(address).content.decode()
    assert "English, version 1" in page
    inspected = client.get(reverse("consent_wordings:inspect", args=[ConsentWording.objects.get().pk]))
    assert TEXTS["voicemail_name"] in inspected.content.decode()


@pytest.mark.parametrize("missing", PURPOSES)
def test_no_text_may_be_left_out(client, manager, missing):
    assert add(client, **{missing: " "}).status_code == 200
    assert not ConsentWording.objects.exists()


@pytest.mark.parametrize("superuser", [False, True])
def test_nobody_changes_a_version(client, manager, superuser):
    add(client)
    if superuser:
        sign_in(client, UserFactory(superuser=True))
    wording = ConsentWording.objects.get()
    for name in ("edit", "delete"):
        address = reverse(f"consent_wordings:{name}", args=[wording.pk])
        assert client.post(address, {"locale": "en", **TEXTS, "contact": "Changed."}).status_code == 302
    wording.refresh_from_db()
    assert wording.contact == TEXTS["contact"]


@pytest.mark.parametrize("group", ["Editors", "Front desk", "Auditors", "Medical reviewers"])
@pytest.mark.parametrize("superuser", [False, True])
def test_others_write_no_words(client, group, superuser):
    sign_in(client, UserFactory(group=group, superuser=superuser))
    assert add(client).status_code == 302
    assert not ConsentWording.objects.exists()
    assert client.get(reverse("consent_wordings:add")).status_code == 302


def test_first_a_manager_sees_what_people_will_agree_to(client, manager):
    page = add(client, confirm=False)
    html = page.content.decode()
    assert not ConsentWording.objects.exists()
    assert TEXTS["texting"] in html and escape(BUILT_IN["en"]["texting"]) in html
    kept = {field.html_name: field.value() for field in page.context["kept"]}
    assert client.post(reverse("consent_wordings:add"), {**kept, "confirm": "yes"}).status_code == 302
    assert ConsentWording.objects.get().texting == TEXTS["texting"]


def test_from_there_a_manager_can_go_on_writing(client, manager):
    page = add(client, confirm=False, edit="yes", contact="Other words.")
    assert page.context["form"]["contact"].value() == "Other words."
    assert not ConsentWording.objects.exists()


def test_whoever_signed_in_long_ago_is_asked_first_and_loses_nothing(client, manager):
    sign_in(client, manager, is_fresh=False)
    asked = client.get(reverse("consent_wordings:add"), {"locale": "es"})
    assert asked.url.startswith(f"{reverse('account_reauthenticate')}?next=")
    asked = add(client)
    assert asked.status_code == 403
    assert TEXTS["contact"] in asked.content.decode()
    assert not ConsentWording.objects.exists()


def test_a_version_is_an_event_and_a_mail_to_the_owner(client, manager):
    add(client, **{**BUILT_IN["en"], "texting": "Other words."})
    add(client, **{**BUILT_IN["en"], "texting": "Other words.", "contact": "More."})
    second, first = AuditEvent.objects.filter(action="facts")
    assert (first.actor, second.detail) == (manager, "consent wording en-2: contact")
    assert OutboxMessage.objects.filter(recipient="owner", template="alert").count() == 2


def test_the_words_of_a_version_come_back_as_a_new_one(client, manager, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        add(client)
        add(client, contact="Newer words.")
    first = ConsentWording.objects.get(version=1)
    inspected = client.get(reverse("consent_wordings:inspect", args=[first.pk])).content.decode()
    [address] = re.findall(r'href="([^"]*from=en-1)"', inspected)
    form = client.get(address).context["form"]
    assert form.initial == {"locale": "en", "base": "en-2", **TEXTS}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("consent_wordings:add"), {**form.initial, "confirm": "yes"})
    assert (current_wording("en").version, current_wording("en").texts) == ("en-3", TEXTS)


def test_the_second_of_two_sees_what_the_first_wrote(client, manager):
    add(client)
    guarded_facts.write_wording(
        locale="en", texts={**TEXTS, "contact": "A colleague's words."}, author=manager, base=1
    )
    page = add(client, base="en-1", contact="My words.")
    assert page.status_code == 409
    assert "Somebody wrote a version meanwhile" in page.content.decode()
    assert page.context["kept"]["contact"].value() == "My words."
    assert ConsentWording.objects.count() == 2
    kept = {field.html_name: field.value() for field in page.context["kept"]}
    client.post(reverse("consent_wordings:add"), {**kept, "confirm": "yes"})
    assert ConsentWording.objects.first().contact == "My words."


@pytest.mark.parametrize(("base", "answer"), [("", 200), ("en-9", 409), ("fr-1", 200), ("x" * 400, 200)])
def test_a_forged_beginning_writes_nothing(client, manager, base, answer):
    assert add(client, base=base).status_code == answer
    assert not ConsentWording.objects.exists()


@pytest.mark.parametrize("content", ["", "{", "[{}]", '[{"locale": "en", "version": 1, "texts": {}}]'])
def test_a_torn_file_leaves_the_built_in_words(settings, content):
    settings.CONSULTS_WORDINGS_FILE.write_text(content)
    assert current_wording("en").texts == BUILT_IN["en"]
