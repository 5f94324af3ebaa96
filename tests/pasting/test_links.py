"""Where pasted links lead."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect

from clinic.pasting.links import is_safe, targets_of, without_detour
from tests.factories.pages import HomePageFactory, TreatmentIndexPageFactory, TreatmentPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def treatment(settings):
    settings.SITE_URL = settings.STAFF_URL = "https://clinic.example"
    home = HomePageFactory.make_site()
    return TreatmentPageFactory(parent=TreatmentIndexPageFactory(parent=home), slug="ketamine")


def test_own_addresses_become_page_links(treatment):
    own = [
        "https://clinic.example/treatments/ketamine/",
        "https://clinic.example/treatments/ketamine",
        "/treatments/ketamine/#risks",
    ]
    targets = targets_of(own)
    assert set(map(str, targets.values())) == {str({"linktype": "page", "id": str(treatment.pk)})}
    assert len(targets) == 3


def test_the_start_of_the_site_is_the_home_page(treatment):
    home = treatment.get_parent().get_parent()
    assert targets_of(["https://clinic.example/"])["https://clinic.example/"]["id"] == str(home.pk)


def test_an_old_address_leads_to_the_page_that_it_leads_on_to(treatment):
    Redirect.add_redirect("/old/", treatment)
    assert targets_of(["/old/"]) == {"/old/": {"linktype": "page", "id": str(treatment.pk)}}


def test_what_is_no_page_of_ours_stays_a_whole_address(treatment):
    found = targets_of(["/consultation/", "https://other.example/treatments/ketamine/", "mailto:a@b.example"])
    assert found == {
        "/consultation/": {"href": "https://clinic.example/consultation/"},
        "https://other.example/treatments/ketamine/": {"href": "https://other.example/treatments/ketamine/"},
        "mailto:a@b.example": {"href": "mailto:a@b.example"},
    }


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,x",
        "file:///C:/x.docx",
        "//other.example/",
        "/\\other.example/",
        "#top",
        "http://[broken",
        "https://",
        "https://x.example/" + "y" * 3000,
    ],
)
def test_what_leads_nowhere_or_to_harm_is_no_link(treatment, address):
    assert targets_of([address]) == {}
    assert not is_safe(address)


@pytest.mark.parametrize(
    "detour",
    [
        "https://www.google.com/url?q=https://example.org/a&sa=D",
        "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fa&data=05",
    ],
)
def test_detours_are_left_out(detour):
    assert without_detour(detour) == "https://example.org/a"


def test_a_detour_to_harm_is_not_followed():
    detour = "https://www.google.com/url?q=javascript:alert(1)"
    assert without_detour(detour) == detour


def test_many_links_ask_no_more_than_one(treatment):
    def asked(number):
        targets_of(["/warm/"])
        with CaptureQueriesContext(connection) as made:
            targets_of([f"/page-{place}/" for place in range(number)])
        return len(made)

    assert asked(30) == asked(1) <= 2
