"""Redirects as editors make them, and as visitors follow them."""

import pytest
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect

from tests.factories.pages import StandardPageFactory
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ADD = "/admin/redirects/add/"


@pytest.fixture
def page(home):
    return StandardPageFactory(parent=home, title="About us", slug="about")


def add(client, old, **values):
    """Send the form and return what it says."""
    sent = {"old_path": old, "is_permanent": "on", "redirect_page": "", "fixed_page": "", "redirect_link": ""}
    answer = client.post(ADD, sent | values, follow=True)
    return answer.content.decode()


def location(client, address):
    return client.get(address).headers.get("Location")


OLD = ["/?p=123", "/about/?page_id=7", "/index.php?p=1", "/alt/", "http://localhost:8000/alt"]


@pytest.mark.parametrize("old", OLD)
@pytest.mark.parametrize(
    ("values", "to"),
    [
        ({"fixed_page": "consultation"}, "/consultation/"),
        ({"fixed_page": "get_help_now_es"}, "/get-help-now/es/"),
        ({"redirect_link": "/about/#team"}, "/about/#team"),
        ({"redirect_link": "https://journal.example.org/x?y=1"}, "https://journal.example.org/x?y=1"),
    ],
)
def test_from_any_address_to_any_target(client, editor, page, old, values, to):
    assert "added" in add(client, old, **values)
    asked = old.removeprefix("http://localhost:8000")
    assert location(client, asked) == to


def test_to_a_page_it_follows_the_page(client, editor, page):
    assert "added" in add(client, "/?p=5", redirect_page=page.pk)
    assert location(client, "/?p=5") == "/about/"
    assert location(client, "/?p=5&utm_source=card") == "/about/?utm_source=card"
    assert (
        location(client, "/?utm_source=card&p=5&utm_medium=print")
        == "/about/?utm_source=card&utm_medium=print"
    )
    for other in ("/?p=6", "/", "/?utm_source=card", "/about/?p=5"):
        assert client.get(other).status_code == 200, other


def test_an_old_address_with_a_query_keeps_the_campaign_too(client, editor, page):
    add(client, "/old?id=5", redirect_page=page.pk)
    assert location(client, "/old?utm_source=card&id=5") == "/about/?utm_source=card"
    assert client.get("/old/?id=6").status_code == 404


@pytest.mark.parametrize(
    ("old", "values", "said"),
    [
        ("/a/", {}, "Choose one target"),
        ("/a/", {"fixed_page": "search", "redirect_link": "/b/"}, "Choose one target"),
        ("/a/", {"redirect_link": "/a/"}, "lead to itself"),
        ("/a/", {"redirect_link": "/a"}, "lead to itself"),
        ("/a/", {"redirect_link": "/first/?x=1"}, "leads on to"),
        ("/last/", {"redirect_link": "/about/"}, "Others lead to “/last”"),
        ("/about/", {"fixed_page": "search"}, "A page stands there: “About us”"),
        ("/", {"fixed_page": "search"}, "A page stands there"),
        ("/consultation/", {"redirect_link": "/about/"}, "belongs to the site itself"),
        ("/admin/x/", {"redirect_link": "/about/"}, "belongs to the site itself"),
        ("https://elsewhere.example.org/a", {"redirect_link": "/about/"}, "as visitors type it"),
        ("/a b\\c", {"redirect_link": "/about/"}, "as visitors type it"),
        ("/a/", {"redirect_link": "//evil.example.org"}, "Begin with /"),
        ("/a/", {"redirect_link": "javascript:alert(1)"}, "Begin with /"),
        ("/a/", {"redirect_link": "/\\evil.example.org"}, "Begin with /"),
        ("/a/", {"redirect_link": "about"}, "Begin with /"),
        ("/first/", {"redirect_link": "/about/"}, "already exists"),
        ("/" + "a" * 5000, {"redirect_link": "/about/"}, "Use 255 characters or fewer"),
        ("", {"redirect_link": "/about/"}, "required"),
    ],
)
def test_what_is_refused_says_why(client, editor, page, old, values, said):
    Redirect.add_redirect("/first", "/last/")
    assert said in add(client, old, **values)
    assert Redirect.objects.count() == 1


def test_nobody_is_led_to_a_page_that_is_not_there(client, editor, page):
    page.unpublish()
    assert "Readers don’t get this page" in add(client, "/a/", redirect_page=page.pk)


def test_a_circle_made_past_the_form_ends(client, page):
    Redirect.add_redirect("/round", "/round/")
    assert client.get("/round/").status_code == 404


def test_the_same_address_elsewhere_is_another_one(client, page):
    Redirect.add_redirect("/portal", "https://portal.example.com/portal/")
    answer = client.get("/portal/")
    assert (answer.status_code, answer["Location"]) == (301, "https://portal.example.com/portal/")


def test_a_redirect_is_changed_with_the_same_form(client, editor, page):
    add(client, "/a/", fixed_page="consultation")
    one = Redirect.objects.get()
    address = reverse("wagtailredirects:edit", args=[one.pk])
    form = client.get(address).context["form"]
    assert form.initial["fixed_page"] == "consultation" and form.initial["redirect_link"] == ""
    client.post(address, {"old_path": "/a", "redirect_link": "/about/", "is_permanent": "on"})
    assert location(client, "/a/") == "/about/"


def test_editors_keep_redirects_and_others_do_not(client, page):
    for group, may in (("Editors", True), ("Medical reviewers", False)):
        client.force_login(UserFactory(group=group))
        assert (client.get("/admin/redirects/").status_code == 200) is may
        assert (client.get(ADD).status_code == 200) is may
    client.force_login(UserFactory(superuser=True))
    assert "Import" not in client.get("/admin/redirects/").content.decode()
    assert client.get("/admin/redirects/import/").status_code == 404


def test_pages_without_such_redirects_cost_nothing_more(client, page, count_queries):
    plain = count_queries(lambda: client.get("/about/?x=1"))
    for number in range(30):
        Redirect.add_redirect(f"/?p={number}", page)
    assert count_queries(lambda: client.get("/about/?x=1")) == plain


@pytest.mark.parametrize("broken", ["http://[", "//[", "https://[x]y/"])
def test_what_is_no_address_is_refused_and_stays_typed(client, editor, page, broken):
    for old, link in (("/old/", broken), (broken, "/about/")):
        said = add(client, old, redirect_link=link)
        assert broken in said and ("Begin with / for an address" in said or "Write the old address" in said)
    assert not Redirect.objects.exists()
