"""The main menu: what editors put into it, and what it shows where they chose nothing."""

import pytest
from django.urls import reverse
from wagtail.models import PageViewRestriction, Site
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from clinic.core.facts import publish_facts, read_facts
from clinic.core.models import MainMenu, MenuEntry
from clinic.core.models.menu import MOST_ENTRIES
from tests.factories.pages import HomePageFactory, StandardPageFactory
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]
EDIT = "/admin/settings/core/mainmenu/"


@pytest.fixture(autouse=True)
def own_snapshot(settings, tmp_path):
    settings.CLINIC_FACTS_FILE = tmp_path / "facts.json"


@pytest.fixture
def home():
    return HomePageFactory.make_site()


def page_below(parent, title, **kwargs):
    return StandardPageFactory(parent=parent, title=title, slug=title.lower(), **kwargs)


def put_in_menu(*entries):
    menu, _ = MainMenu.objects.get_or_create(site=Site.objects.get(is_default_site=True))
    for number, (page, label) in enumerate(entries):
        MenuEntry.objects.create(menu=menu, page=page, label=label, sort_order=number)


def menu_of_page(client, address):
    return [(item["title"], item["url"]) for item in client.get(address).context["menu_items"]]


def test_without_entries_it_shows_what_stands_in_menus_below_home(client, home):
    page_below(home, "Fees", show_in_menus=True)
    page_below(home, "Hidden", show_in_menus=False)
    assert menu_of_page(client, "/") == [("Fees", "/fees/")]
    MainMenu.objects.create(site=Site.objects.get(is_default_site=True))
    assert menu_of_page(client, "/") == [("Fees", "/fees/")]


def test_entries_say_order_and_labels_wherever_the_menu_stands(client, home):
    about = page_below(home, "About", show_in_menus=True)
    deep = StandardPageFactory(parent=about, title="A long title below", slug="deep")
    put_in_menu((deep, "Short"), (home, "Start"), (about, ""))
    assert menu_of_page(client, "/") == [("Short", "/about/deep/"), ("Start", "/"), ("About", "/about/")]
    publish_facts()
    assert [title for title, _url in read_facts().main_pages] == ["Short", "Start", "About"]
    missing = client.get("/nothing-here/").content.decode()
    assert missing.index(">Short<") < missing.index(">About<")


def test_home_in_the_menu_is_no_section_of_all_pages(client, home):
    about = page_below(home, "About")
    put_in_menu((home, ""), (about, ""))
    marks = {item["title"]: item["is_section"] for item in client.get("/about/").context["menu_items"]}
    assert marks == {"Home": False, "About": True}


@pytest.mark.parametrize("hide", ["unpublish", "keep for some"])
def test_a_page_that_is_hidden_leaves_the_menu_and_comes_back(client, home, hide):
    about, fees = page_below(home, "About"), page_below(home, "Fees")
    put_in_menu((about, ""), (fees, "Prices"))
    if hide == "unpublish":
        fees.unpublish()
    else:
        restriction = PageViewRestriction.objects.create(page=fees, restriction_type="login")
    assert menu_of_page(client, "/") == [("About", "/about/")]
    if hide == "unpublish":
        fees.save_revision().publish()
    else:
        restriction.delete()
    assert menu_of_page(client, "/") == [("About", "/about/"), ("Prices", "/fees/")]


def test_a_changed_menu_is_in_the_facts_as_soon_as_it_is_there(home, django_capture_on_commit_callbacks):
    about = page_below(home, "About")
    with django_capture_on_commit_callbacks(execute=True):
        put_in_menu((about, "We"))
    assert read_facts().main_pages == [["We", "/about/"]]


@pytest.mark.parametrize("number", [1, MOST_ENTRIES])
def test_it_costs_the_same_for_many_entries(client, home, count_queries, number):
    put_in_menu(*((page_below(home, f"Page{n}"), "") for n in range(number)))
    assert len(menu_of_page(client, "/")) == number
    # All of it is remembered with the generation, which is the one query; the page is the other.
    assert count_queries(lambda: client.get("/")) <= 2


# --- editing ------------------------------------------------------------------------------------------------


def send(client, *entries):
    address = f"{EDIT}{Site.objects.get(is_default_site=True).pk}/"
    rows = [{"page": page.pk, "label": label, "ORDER": n} for n, (page, label) in enumerate(entries, 1)]
    return client.post(address, nested_form_data({"entries": inline_formset(rows)}))


def test_editors_change_it(client, home):
    about, fees = page_below(home, "About"), page_below(home, "Fees")
    client.force_login(UserFactory(group="Editors"))
    assert client.get(EDIT, follow=True).status_code == 200
    assert send(client, (fees, "Prices"), (about, "")).status_code == 302
    assert [str(entry) for entry in MenuEntry.objects.order_by("sort_order")] == ["Prices", "About"]


@pytest.mark.parametrize("group", ["Medical reviewers", "Front desk"])
def test_nobody_else_does(client, home, group):
    client.force_login(UserFactory(group=group))
    send(client, (home, "Start"))
    assert not MenuEntry.objects.exists()


def test_what_cannot_be_is_refused_with_its_reason(client, home):
    pages = [page_below(home, f"Page{n}") for n in range(MOST_ENTRIES + 1)]
    client.force_login(UserFactory(group="Editors"))
    twice = send(client, (pages[0], "One"), (pages[0], "Two")).content.decode()
    assert "duplicate" in twice
    too_long = send(client, (pages[0], "x" * 31)).content.decode()
    assert "at most 30 characters" in too_long
    too_many = send(client, *((page, "") for page in pages)).content.decode()
    assert f"at most {MOST_ENTRIES}" in too_many
    assert not MenuEntry.objects.exists()


def test_it_is_found_among_the_settings(client, home):
    client.force_login(UserFactory(group="Editors"))
    assert (
        reverse("wagtailsettings:edit", args=["core", "mainmenu"]) in client.get("/admin/").content.decode()
    )
