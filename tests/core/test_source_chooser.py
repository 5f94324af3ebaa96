"""An editor who chooses a source can write down a new one on the spot."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.models import ModelLogEntry

from clinic.core.models import Reference
from tests.factories.users import UserFactory

CITATION = "Somebody A, Other B. Six weeks of it. J Rest. 2025;1:1-9."
ADDRESS = "https://journal.example.org/9"


@pytest.fixture
def door(db):
    return reverse(Reference.snippet_viewset.chooser_viewset.get_url_name("create"))


@pytest.fixture
def editor(client, db):
    user = UserFactory(group="Editors")
    client.force_login(user)
    return user


def add(client, door, **words):
    return client.post(door, {"citation": CITATION, "url": ADDRESS, **words}).json()


def test_the_chooser_offers_to_add_one(client, editor):
    chooser = reverse(Reference.snippet_viewset.chooser_viewset.get_url_name("choose"))
    assert "New source" in client.get(chooser).json()["html"]


def test_a_new_source_is_chosen_and_kept_with_its_first_version(client, editor, door):
    answer = add(client, door)
    source = Reference.objects.get()
    assert (answer["step"], answer["result"]["string"]) == ("chosen", CITATION)
    assert (source.live, source.url, source.has_unpublished_changes) == (True, ADDRESS, False)
    assert source.latest_revision.user == source.live_revision.user == editor
    acts = ModelLogEntry.objects.for_instance(source).values_list("action", flat=True)
    assert set(acts) == {"wagtail.create", "wagtail.publish"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"citation": ""}, "This field is required"),
        ({"citation": "\u200b"}, "Write down authors, title"),
        ({"citation": "a" * 401}, "at most 400 characters"),
        ({"citation": "a" * 60_000}, "400 characters"),
        ({"url": "not an address"}, "Enter a valid URL"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, editor, door, words, said):
    answer = add(client, door, **words)
    assert answer["step"] == "reshow_creation_form"
    assert said in answer["htmlFragment"]
    assert (ADDRESS if "citation" in words else CITATION) in answer["htmlFragment"]
    assert not Reference.objects.exists()


def test_lines_and_invisible_marks_of_a_copied_source_go(client, editor, door):
    add(client, door, citation="Somebody A.\r\n\u202eSix weeks\u200b of it. ")
    assert Reference.objects.get().citation == "Somebody A. Six weeks of it."


@pytest.mark.django_db(transaction=True)
def test_two_taps_at_once_add_one(client, door, monkeypatch):
    client.force_login(UserFactory(superuser=True))
    # The second finds nothing yet when it looks.
    monkeypatch.setattr(Reference, "validate_unique", lambda *args, **kwargs: None)
    first, second = add(client, door), add(client, door)
    assert first["result"]["id"] == second["result"]["id"]
    assert Reference.objects.count() == 1


def test_a_source_that_is_there_is_not_added_twice(client, editor, door):
    Reference.objects.create(citation=CITATION)
    assert "already exists" in add(client, door)["htmlFragment"]


def test_who_may_not_publish_sources_adds_a_draft(client, door):
    user = UserFactory()
    for name in ("access_admin", "add_reference"):
        user.user_permissions.add(Permission.objects.get(codename=name))
    client.force_login(user)
    assert add(client, door)["step"] == "chosen"
    assert Reference.objects.get().live is False


@pytest.mark.parametrize("group", ["Front desk", "Medical reviewers"])
def test_others_add_none(client, door, group):
    client.force_login(UserFactory(group=group))
    client.post(door, {"citation": CITATION})
    assert not Reference.objects.exists()
