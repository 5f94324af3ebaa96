"""Managers write new versions of the consent words; what was written stays."""

import pytest
from django.urls import reverse

from consults.consent_wordings import BUILT_IN, PURPOSES, current_wording, wording_of
from consults.models import ConsentWording
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
TEXTS = {purpose: f"New words for {purpose}." for purpose in PURPOSES}


@pytest.fixture(autouse=True)
def words_file(settings, tmp_path):
    settings.CONSULTS_WORDINGS_FILE = tmp_path / "wordings.json"


@pytest.fixture
def manager(client):
    user = UserFactory(group="Managers")
    client.force_login(user)
    return user


def add(client, **changes):
    return client.post(reverse("consent_wordings:add"), {"locale": "en", **TEXTS, **changes})


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
    assert wording_of("en-0").texts == BUILT_IN["en"]
    assert wording_of("fr-1") is wording_of("en-9") is None


def test_the_form_begins_with_the_words_of_today(client, manager):
    page = client.get(reverse("consent_wordings:add"), {"locale": "es"})
    assert page.context["form"].initial == {"locale": "es", **BUILT_IN["es"]}


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
        client.force_login(UserFactory(superuser=True))
    wording = ConsentWording.objects.get()
    for name in ("edit", "delete"):
        address = reverse(f"consent_wordings:{name}", args=[wording.pk])
        assert client.post(address, {"locale": "en", **TEXTS, "contact": "Changed."}).status_code == 302
    wording.refresh_from_db()
    assert wording.contact == TEXTS["contact"]


@pytest.mark.parametrize("group", ["Editors", "Front desk"])
def test_others_write_no_words(client, group):
    client.force_login(UserFactory(group=group))
    assert add(client).status_code == 302
    assert not ConsentWording.objects.exists()


@pytest.mark.parametrize("content", ["", "{", "[{}]", '[{"locale": "en", "version": 1, "texts": {}}]'])
def test_a_torn_file_leaves_the_built_in_words(settings, content):
    settings.CONSULTS_WORDINGS_FILE.write_text(content)
    assert current_wording("en").texts == BUILT_IN["en"]
