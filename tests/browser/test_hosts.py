"""Nobody but the site itself hears of a visit, and the browser has nothing to complain about."""

import re

import pytest

pytestmark = pytest.mark.once

ADMIN_SCREENS = [
    "/admin/",
    "/admin/pages/",
    "/admin/images/",
    "/admin/documents/",
    "/admin/snippets/core/faq/",
    "/admin/snippets/core/faq/add/",
    "/admin/snippets/core/regulatorystatement/",
    "/admin/snippets/blog/blogtopic/",
    "/admin/snippets/search/pinnedanswer/",
    "/admin/search-misses/",
    "/admin/settings/core/clinicsettings/",
    "/admin/redirects/",
    "/admin/reports/site-history/",
    "/admin/users/",
    "/admin/users/new/",
    "/admin/groups/",
    "/admin/account/",
    "/admin/consent_wordings/",
    "/admin/consent_wordings/new/",
    "/admin/handbook/front-desk.md",
    "/admin/no-such-screen/",
]
NOTHING_TO_SAVE = "document.querySelector('form[data-edit-form]').dataset.wUnsavedHasEditsValue === 'false'"
LIST_EDITORS = """
from wagtail.models import Page
kinds = {page.specific_class.__name__: page.pk for page in Page.objects.live().filter(depth__gt=1)}
names = ["HomePage", "TreatmentPage", "ComparisonPage", "FeesPage", "BlogPage", "PersonPage", "LocationPage"]
print("EDIT", *[f"/admin/pages/{kinds[name]}/edit/" for name in names])
"""


@pytest.fixture(scope="module")
def edit_screens(demo_site):
    """The editors of the page types with panels and widgets of their own."""
    said = demo_site.manage("shell", "-c", LIST_EDITORS)
    return re.search(r"^EDIT (.*)$", said, re.MULTILINE)[1].split()


def test_public_pages_speak_to_the_site_alone(visit, crawl):
    window = visit()
    for address in crawl.pages:
        window.go(address)
    assert window.strangers == set()
    assert window.complaints == []


def test_the_admin_speaks_to_the_site_alone(signed_in, edit_screens):
    window = signed_in("admin")
    for address in ADMIN_SCREENS:
        window.go(address)
    for address in edit_screens:
        window.go(address)
        window.page.wait_for_load_state("networkidle")
        # Nothing was typed: leaving must ask nobody.
        window.page.wait_for_function(NOTHING_TO_SAVE)
    assert window.strangers == set()
    assert [said for said in window.complaints if not said.startswith("/admin/no-such-screen/")] == []


def test_the_inbox_speaks_to_the_site_alone(signed_in):
    window = signed_in("frontdesk")
    window.go("/admin/requests/all/?status=closed")
    window.page.locator("main td a").first.click()
    window.page.wait_for_load_state("networkidle")
    assert "/admin/requests/" in window.path
    window.go("/admin/requests-by-phone/")
    window.page.wait_for_load_state("networkidle")
    assert window.strangers == set()
    assert window.complaints == []


def test_what_managers_do_speaks_to_the_site_alone(signed_in):
    window = signed_in("manager")
    for address in (
        "/admin/requests/export/",
        "/admin/requests/views/",
        "/admin/consult-reports/",
        "/admin/reply_templates/",
        "/admin/reply_templates/new/",
    ):
        assert window.go(address).status == 200
    window.page.wait_for_load_state("networkidle")
    assert window.strangers == set()
    assert window.complaints == []
