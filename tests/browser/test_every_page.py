"""A manager changes what every page says, on a phone and without scripts, and brings it back."""

import pytest

from .axe import TWO_LOOKS, findings
from .visit import follow

pytestmark = pytest.mark.once
OURS = {"within": "main", "looks": TWO_LOOKS}
NEW = "(555) 555-0142"


def test_on_a_phone_without_scripts_a_number_is_changed_and_brought_back(signed_in, visit):
    window = signed_in("manager", javascript=False, width=390)
    page = window.page
    window.go("/admin/every-page/")
    old = page.locator("dt:text-is('Phone') + dd").inner_text().split(" (dials")[0]
    follow(page.get_by_role("link", name="Change it"))
    page.get_by_label("The clinic’s phone").fill(NEW)
    follow(page.get_by_role("button", name="See what it will look like"))
    beside = page.get_by_role("region", name="Beside the form").inner_text()
    assert old in beside and NEW in beside
    window.film("what-every-page-will-say")
    assert page.locator("main").evaluate("main => main.scrollWidth <= window.innerWidth")
    follow(page.get_by_role("button", name="Go on writing"))
    follow(page.get_by_role("button", name="See what it will look like"))
    follow(page.get_by_role("button", name="Confirm: every page says this"))
    assert "Every page says it from now on" in page.locator("body").inner_text()
    window.film("history")
    reader = visit(width=390)
    reader.go("/consultation/")
    assert NEW in reader.page.locator("body").inner_text()
    follow(page.locator(".triage__timeline a").nth(1))
    follow(page.get_by_role("button", name="Bring version"))
    reader.go("/consultation/")
    assert NEW not in reader.page.locator("body").inner_text()
    assert old in reader.page.locator("body").inner_text()


def test_no_barrier_on_the_way(signed_in):
    window = signed_in("manager")
    page, found = window.page, {}
    window.go("/admin/every-page/")
    found |= findings(page, "history", **OURS)
    follow(page.get_by_role("link", name="Change it"))
    found |= findings(page, "form", **OURS)
    page.get_by_label("Emergency number").fill("9")
    follow(page.get_by_role("button", name="See what it will look like"))
    found |= findings(page, "errors", **OURS)
    page.get_by_label("Emergency number").fill("112")
    page.get_by_label("The owner’s addresses").fill("owner@elsewhere.example")
    follow(page.get_by_role("button", name="See what it will look like"))
    found |= findings(page, "preview", **OURS)
    window.go("/admin/every-page/1/")
    found |= findings(page, "version", **OURS)
    assert found == {}


def test_no_barrier_where_people_will_agree(signed_in):
    page = signed_in("manager").page
    page.goto("/admin/consent_wordings/new/")
    page.locator("[name=texting]").fill("Other words.")
    follow(page.locator("main button[type=submit]").last)
    assert findings(page, "consent", **OURS) == {}


def test_editors_read_it_in_their_settings(signed_in):
    page = signed_in("admin").page
    page.goto("/admin/settings/core/clinicsettings/")
    assert "Managers change this under On every page" in page.locator("main").inner_text()
    assert page.locator("[name=crisis_number], [name=email], [name=phone]").count() == 0
