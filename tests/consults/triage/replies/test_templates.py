"""Managers write the templates; what must not be said is refused, and nobody else writes any."""

import html
from dataclasses import replace

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry, ReferenceIndex

from clinic.core.facts import default_facts, write_facts
from consults.enums import ReplyChannel
from consults.models import ReplyTemplate
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]
FORM = {
    "title": "Newtitle",
    "channel": "email",
    "locale": "en",
    "subject": "{clinic}: hello",
    "text": "Markertext from {caller},\r\n{phone}",
    "position": "1",
    "is_active": "on",
}


@pytest.fixture
def manager(client):
    user = UserFactory(group="Managers")
    client.force_login(user)
    return user


def add(client, **changes):
    return client.post(reverse("reply_templates:add"), {**FORM, **changes})


def made():
    return ReplyTemplate.objects.filter(title=FORM["title"])


def test_a_manager_writes_changes_and_deletes(client, manager):
    assert add(client).status_code == 302
    template = made().get()
    assert (template.subject, template.text) == ("{clinic}: hello", "Markertext from {caller},\n{phone}")
    page = client.get(reverse("reply_templates:index")).content.decode()
    assert "Newtitle" in page
    assert "E-mail" in page
    address = reverse("reply_templates:edit", args=[template.pk])
    assert client.post(address, {**FORM, "text": "Othertext."}).status_code == 302
    assert made().get().text == "Othertext."
    assert client.post(reverse("reply_templates:delete", args=[template.pk])).status_code == 302
    assert not made().exists()


def test_the_log_of_the_site_names_the_title_alone(client, manager):
    add(client)
    template = made().get()
    client.post(reverse("reply_templates:edit", args=[template.pk]), {**FORM, "text": "Markertext again."})
    client.post(reverse("reply_templates:delete", args=[template.pk]))
    entries = list(ModelLogEntry.objects.values())
    assert {entry["label"] for entry in entries} == {"Newtitle"}
    assert len(entries) == 3
    assert "Markertext" not in str(entries)
    assert not ReferenceIndex.model_is_indexable(ReplyTemplate)


@pytest.mark.parametrize(
    "role",
    [
        {"group": "Front desk"},
        {"group": "Editors"},
        {"group": "Auditors"},
        {"group": "Medical reviewers"},
    ],
)
def test_others_neither_read_nor_write_them(client, role):
    client.force_login(UserFactory(**role))
    template = ReplyTemplate.objects.first()
    assert add(client).status_code == 302
    for name, arguments in (("index", []), ("edit", [template.pk]), ("delete", [template.pk])):
        response = client.get(reverse(f"reply_templates:{name}", args=arguments))
        assert (response.status_code, response.url) == (302, reverse("wagtailadmin_home"))
    assert not made().exists()


@pytest.mark.parametrize(("role", "is_shown"), [("Managers", True), ("Front desk", False)])
def test_the_menu_names_them_to_managers(client, role, is_shown):
    client.force_login(UserFactory(group=role))
    assert (reverse("reply_templates:index") in client.get("/admin/").content.decode()) is is_shown


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"text": "Markertext {name}"}, "Take out {name}. In braces there can only be: {reference} {clinic}"),
        ({"text": "Markertext {caller.password}"}, "Take out {caller.password}."),
        ({"text": "Markertext { and }"}, "Take out { and }."),
        ({"text": "Markertext {"}, "Take out {."),
        (
            {"subject": "{caller} wrote"},
            "Take out {caller}. In braces there can only be: {clinic} {reference}.",
        ),
        ({"channel": "voicemail", "text": "Markertext {clinic}"}, "Take out {clinic}."),
        (
            {"channel": "voicemail", "text": "Markertext {name}"},
            "In braces there can only be: {caller} {phone}.",
        ),
        ({"channel": "voicemail", "text": "Markertext from ridge."}, "Leave out the clinic's name"),
        ({"subject": ""}, "Write a subject."),
        ({"subject": "Your ketamine visit"}, "Leave out “ketamine”."),
        ({"text": "Markertext, depresión."}, "Leave out “depresión”."),
        ({"channel": "text", "text": "Markertext, Spravato."}, "Leave out “Spravato”."),
        ({"channel": "voicemail_named", "text": "Markertext, your infusion."}, "Leave out “infusion”."),
        ({"text": ""}, "Write the text."),
        ({"text": "Markertext" + "x" * 2000}, "Use 2,000 characters or fewer."),
        ({"title": ""}, "Give it a title."),
        ({"channel": ""}, "Choose where it is used."),
        ({"locale": "xx"}, "xx is not one of the available choices."),
    ],
)
def test_what_must_not_be_said_is_refused_and_kept(client, manager, changes, why):
    write_facts(replace(default_facts(), name="Ridge", short_name="Ridge"))
    response = add(client, **changes)
    page = html.unescape(response.content.decode())
    assert response.status_code == 200
    assert why in page
    assert {**FORM, **changes}["text"].replace("\r\n", "\n") in page.replace("\r\n", "\n")
    assert not made().exists()


def test_a_call_script_may_name_everything(client, manager):
    assert (
        add(client, channel="call", text="{name}, about ketamine and depression: {clinic}").status_code == 302
    )
    assert made().get().subject == ""


@pytest.mark.parametrize("channel", [c for c in ReplyChannel if c != ReplyChannel.EMAIL])
def test_only_an_email_has_a_subject(client, manager, channel):
    assert add(client, channel=channel, text="Hello.").status_code == 302
    assert made().get().subject == ""


def test_a_subject_stays_on_one_line(client, manager):
    add(client, subject="Hello\r\nBcc: x@example.org")
    assert made().get().subject == "Hello Bcc: x@example.org"


def test_the_list_costs_the_same_for_many(client, manager, count_queries):
    address = reverse("reply_templates:index")
    few = count_queries(lambda: client.get(address))
    ReplyTemplate.objects.bulk_create(
        ReplyTemplate(channel="text", locale="en", title=f"No. {n}", text="Hello.") for n in range(30)
    )
    assert count_queries(lambda: client.get(address)) == few
