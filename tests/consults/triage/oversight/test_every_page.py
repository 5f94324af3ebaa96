"""The managers' screen: who comes in, what it asks first, shows, refuses, and keeps of what was typed."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from consults import guarded_facts
from consults.models import AuditEvent, GuardedFacts
from consults.triage.oversight.every_page.forms import MOST_ADDRESSES
from tests.accounts.signing_in import sign_in
from tests.factories.users import UserFactory, put_at_the_desk, take_from_the_desk

pytestmark = [pytest.mark.django_db, pytest.mark.once]
INDEX, CHANGE = "/admin/every-page/", "/admin/every-page/change/"
VALUES = {
    "crisis_number": "988",
    "emergency_number": "911",
    "phone": "(555) 555-0123",
    "email": "hello@example.org",
    "notice_recipients": "frontdesk@example.org",
    "owner_recipients": "owner@example.org",
    "clinician_recipients": "",
}
OTHERS = ["Editors", "Medical reviewers", "Front desk", "Auditors"]


@pytest.fixture(autouse=True)
def owner(settings):
    settings.CONSULTS_OWNER_RECIPIENTS = ["owner@example.org"]


@pytest.fixture
def manager(client):
    return sign_in(client, UserFactory(group="Managers"))


def version(number):
    return reverse("every_page:version", args=[number])


def send(client, *, base=0, confirm=True, **changes):
    more = {"confirm": "yes"} if confirm else {}
    return client.post(CHANGE, {**VALUES, "base": base, **changes, **more})


def errors(page):
    return {name: " ".join(found) for name, found in page.context["form"].errors.items()}


def text(page):
    return page.content.decode()


# --- who comes in ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("group", OTHERS)
@pytest.mark.parametrize("superuser", [False, True])
def test_nobody_but_managers_comes_in(client, group, superuser):
    GuardedFacts.objects.create(version=1, **VALUES)
    sign_in(client, UserFactory(group=group, superuser=superuser))
    for number, address in enumerate((INDEX, CHANGE, version(1)), 1):
        assert client.get(address).status_code == 403
        assert (
            client.post(address, {**VALUES, "base": 1, "confirm": "yes", "phone": "111"}).status_code == 403
        )
        assert AuditEvent.objects.filter(action="denied").count() == 2 * number
    assert GuardedFacts.objects.count() == 1
    assert INDEX not in text(client.get(reverse("wagtailadmin_home")))


def test_managers_find_it_in_the_menu(client, manager):
    assert INDEX in text(client.get(reverse("wagtailadmin_home")))


def test_a_manager_who_is_one_no_longer_stays_out(client, manager):
    assert send(client, confirm=False).status_code == 200
    # Still staff, with other duties.
    take_from_the_desk(manager)
    put_at_the_desk(manager, "Front desk")
    assert send(client).status_code == 403
    assert not GuardedFacts.objects.exists()


# --- asked first ----------------------------------------------------------------------------------------


def test_whoever_signed_in_long_ago_is_asked_first(client):
    sign_in(client, UserFactory(group="Managers"), is_fresh=False)
    asked = client.get(CHANGE)
    assert asked.status_code == 302
    assert asked.url == f"{reverse('account_reauthenticate')}?next=%2Fadmin%2Fevery-page%2Fchange%2F"


def test_who_waited_too_long_stores_nothing_and_loses_nothing(client, manager):
    assert send(client, confirm=False).status_code == 200
    sign_in(client, manager, is_fresh=False)
    asked = send(client)
    assert asked.status_code == 403
    assert VALUES["phone"] in text(asked)
    assert not GuardedFacts.objects.exists()
    sign_in(client, manager)
    assert send(client).status_code == 302
    assert GuardedFacts.objects.get().phone == VALUES["phone"]


def test_bringing_one_back_asks_first_as_well(client, manager):
    send(client)
    send(client, base=1, phone="111")
    sign_in(client, manager, is_fresh=False)
    assert client.post(version(1), {"base": 2}).status_code == 403
    assert guarded_facts.current().phone == "111"


# --- what every page will say ---------------------------------------------------------------------------


def test_before_anything_changes_both_stand_side_by_side(client, manager):
    page = send(client, confirm=False, crisis_number="(555) 555-0199", email="answers@example.org")
    html = text(page)
    assert not GuardedFacts.objects.exists()
    places = {pair.label: (pair.now, pair.then) for pair in page.context["sentences"]}
    assert set(places) == {
        "Crisis strip on every page",
        "Foot of every page",
        "Beside the form",
        "Copy by e-mail for whoever asked for one",
        "Foot of the answers you write",
        "Answers to your e-mails go to",
    }
    now, then = places["Crisis strip on every page"]
    assert "text 988" in now and "text (555) 555-0199" in then and "<" not in then
    assert "988" in places["Foot of the answers you write"][0]
    assert places["Answers to your e-mails go to"][1] == "answers@example.org"
    assert "(dials +15555550199)" in html
    assert "Call (555) 555-0199 yourself" in html
    assert "Emergency number</h2>" not in html


def test_what_is_confirmed_counts(client, manager):
    first = client.get(CHANGE)
    shown = client.post(CHANGE, {**first.context["form"].initial, "phone": "(555) 555-0123"})
    kept = {field.html_name: field.value() for field in shown.context["form"]}
    done = client.post(CHANGE, {**kept, "confirm": "yes"}, follow=True)
    assert "Every page says it from now on" in text(done)
    assert (GuardedFacts.objects.get().phone, GuardedFacts.objects.get().author) == (
        "(555) 555-0123",
        manager,
    )


def test_from_there_a_person_can_go_on_writing(client, manager):
    page = send(client, confirm=False, edit="yes", phone="(555) 555-0188")
    assert page.context["form"]["phone"].value() == "(555) 555-0188"
    assert page.status_code == 200


@pytest.mark.parametrize(
    ("changes", "warned"),
    [
        ({"email": "hello@elsewhere.example"}, "hello@elsewhere.example does not belong to"),
        ({"owner_recipients": "me@elsewhere.example"}, "me@elsewhere.example does not belong to"),
        ({"owner_recipients": "me@mail.example.org"}, "Those that go are told"),
        ({"email": "ask@ketamine.example.org"}, "without an address to write back to"),
        ({"emergency_number": "112"}, "Call 112 yourself"),
        ({"phone": "(555) 555-0177"}, None),
    ],
)
def test_what_to_look_at_twice_is_said_and_is_no_hindrance(client, manager, settings, changes, warned):
    settings.DEFAULT_FROM_EMAIL = "Site <website@example.org>"
    found = send(client, confirm=False, **changes).context["warnings"]
    assert any(warned in line for line in found) if warned else found == []
    assert send(client, **changes).status_code == 302


def test_what_is_the_same_is_said(client, manager):
    assert send(client).status_code == 302
    page = send(client, base=1)
    assert page.status_code == 422
    assert "Nothing is different" in errors(page)["__all__"]


# --- what is refused, and what is only cleaned ----------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("crisis_number", "", "Write the number."),
        ("crisis_number", "call us", "Write one number"),
        ("crisis_number", "12345678", "can't be dialled"),
        ("crisis_number", "988\r\n911 x", "Write one number"),
        ("crisis_number", "9" * 60_000, "25 characters"),
        ("emergency_number", "9", "can't be dialled"),
        ("emergency_number", "----", "can't be dialled"),
        ("phone", "555-0123", "can't be dialled"),
        ("phone", "<b>555</b>", "Write one number"),
        ("email", "a@example.org\r\nBcc: b@example.net", "one line"),
        ("email", "a@example.org, b@example.org", "is no e-mail address"),
        ("email", "nobody", "is no e-mail address"),
        ("email", f"{'x' * 400}@example.org", "254 characters"),
        ("notice_recipients", "", "Name at least one address"),
        ("notice_recipients", " \n , ;", "Name at least one address"),
        ("notice_recipients", "website@example.org", "the site sends from"),
        ("owner_recipients", "one@example.org\nnobody", "“nobody” is no e-mail address"),
        ("notice_recipients", "\n".join(f"p{n}@example.org" for n in range(21)), "These are 21 addresses"),
        (
            "notice_recipients",
            "\n".join(f"person{n}@a-long-name.example.org" for n in range(1000)),
            f"Name {MOST_ADDRESSES} addresses or fewer",
        ),
    ],
)
def test_what_is_wrong_is_named_and_kept(client, manager, settings, name, value, said):
    settings.DEFAULT_FROM_EMAIL = "Site <website@example.org>"
    page = send(client, **{name: value})
    assert page.status_code == 422
    assert list(errors(page)) == [name]
    assert said in errors(page)[name]
    assert (
        page.context["form"][name].value().strip() == value[: len(page.context["form"][name].value())].strip()
    )
    assert not GuardedFacts.objects.exists()


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("phone", " (555)\u00a0555–0123\u200b ", "(555) 555-0123"),
        ("crisis_number", "９８８", "988"),
        ("emergency_number", " 911 ", "911"),
        ("email", "The Clinic <hello@example.org>", "hello@example.org"),
        ("email", "", ""),
        (
            "notice_recipients",
            "one@example.org, Two <two@example.org>;\r\n\r\nONE@example.org",
            "ONE@example.org\ntwo@example.org",
        ),
        ("clinician_recipients", "", ""),
    ],
)
def test_what_came_along_is_taken_away(client, manager, name, value, kept):
    assert send(client, **{name: value}).status_code == 302
    assert getattr(GuardedFacts.objects.get(), name) == kept


@pytest.mark.parametrize(
    ("base", "answer"), [("", 422), ("x", 422), ("-1", 422), ("9" * 40, 422), ("7", 409)]
)
def test_a_forged_beginning_opens_nothing(client, manager, base, answer):
    page = client.post(CHANGE, {**VALUES, "base": base, "confirm": "yes"})
    assert page.status_code == answer
    assert not GuardedFacts.objects.exists()


# --- two at once ----------------------------------------------------------------------------------------


def test_the_second_sees_what_the_first_wrote_and_keeps_what_was_typed(client, manager):
    send(client)
    colleague = UserFactory(group="Managers")
    guarded_facts.change({**VALUES, "crisis_number": "111"}, actor=colleague, base=1)
    page = send(client, base=1, phone="(555) 555-0188")
    assert page.status_code == 409
    assert "Somebody changed this while you wrote: crisis number." in text(page)
    again = {field.html_name: field.value() for field in page.context["form"]}
    assert (again["phone"], again["crisis_number"], again["base"]) == ("(555) 555-0188", "111", 2)
    assert guarded_facts.current().phone == VALUES["phone"]
    assert client.post(CHANGE, {**again, "confirm": "yes"}).status_code == 302
    newest = guarded_facts.current()
    assert (newest.version, newest.phone, newest.crisis_number) == (3, "(555) 555-0188", "111")


# --- history --------------------------------------------------------------------------------------------


def test_history_says_who_changed_what_and_shows_the_old_values(client, manager):
    send(client)
    send(client, base=1, crisis_number="(555) 555-0199")
    html = " ".join(text(client.get(INDEX)).split())
    [said] = re.findall(r"Version 2</a>, (.*?)</li>", html)
    assert str(timezone.localtime().year) in said
    assert said.strip().endswith(f"{manager.username}: crisis number.")
    earlier = text(client.get(version(1)))
    assert "988 (dials 988)" in earlier and "(555) 555-0199" in earlier


def test_one_click_brings_an_earlier_version_back(client, manager):
    send(client)
    send(client, base=1, crisis_number="(555) 555-0199", notice_recipients="thief@example.net")
    assert client.post(version(1), {"base": 2}).status_code == 302
    newest = guarded_facts.current()
    assert (newest.version, newest.restored_from, newest.values) == (3, 1, VALUES)
    assert AuditEvent.objects.filter(action="facts").count() == 3
    assert "as in version 1" in text(client.get(INDEX))


@pytest.mark.parametrize("base", ["1", "", "x", "²"])
def test_bringing_back_what_was_changed_meanwhile_is_looked_at_again(client, manager, base):
    send(client)
    send(client, base=1, phone="111")
    page = client.post(version(1), {"base": base})
    assert page.status_code == 409
    assert "Somebody changed this meanwhile" in text(page)
    assert guarded_facts.current().version == 2


@pytest.mark.parametrize("number", [0, 7, 10**30])
def test_a_version_that_never_was_is_not_found(client, manager, number):
    assert client.get(f"/admin/every-page/{number}/").status_code == 404
    assert client.post(f"/admin/every-page/{number}/").status_code == 404


def test_the_history_costs_the_same_however_long_it_is(client, manager, count_queries):
    send(client)
    few = count_queries(lambda: client.get(INDEX))
    for base in range(1, 40):
        guarded_facts.change({**VALUES, "phone": f"(555) 555-01{base:02}"}, actor=manager, base=base)
    # One finds what stood before the oldest on the page.
    assert count_queries(lambda: client.get(INDEX)) <= few
    assert "Version 15<" in text(client.get(f"{INDEX}?p=2"))
    assert client.get(f"{INDEX}?p=x").status_code == 200
