"""The front desk signs in, takes a request, calls back, and writes down what came of it."""

import pytest

from tests.factories.consults import form_data
from tests.site.demo import PUBLIC_REFERENCE
from tests.site.http import fetch


@pytest.fixture
def reference(demo_site):
    """The reference of a request that somebody just sent."""
    typed = form_data(name="Desk Person", note="Mornings are best.")
    answer = fetch(f"{demo_site.url}/consultation/", typed)
    return PUBLIC_REFERENCE.search(answer.body.decode())[0].replace("-", "")


def test_from_the_inbox_to_a_note(signed_in, reference):
    window = signed_in("frontdesk")
    page = window.page
    assert "waiting" in page.get_by_role("main").inner_text()
    page.get_by_role("link", name="Open the inbox").click()
    assert "Desk Person" not in page.content()
    # The newest stand last.
    while not page.get_by_role("link", name=reference).count():
        page.get_by_role("link", name="Next").click()
    page.get_by_role("link", name=reference).click()
    assert "Desk Person" in page.get_by_role("main").inner_text()
    page.get_by_role("button", name="Claim this request").click()
    assert "Working on it" in page.get_by_role("main").inner_text()
    page.get_by_label("Move to").select_option(label="Contacted")
    page.get_by_role("button", name="Move", exact=True).click()
    page.get_by_label("Note", exact=True).fill("Spoke; will think about it.")
    page.get_by_role("button", name="Add note").click()
    said = page.get_by_role("main").inner_text()
    assert "Spoke; will think about it." in said
    assert "Contacted" in said
    timeline = page.locator(".triage__timeline").inner_text()
    for event in ("Received", "Opened", "Claimed", "Moved: Working on it → Contacted", "Note added"):
        assert event in timeline
    assert window.strangers == set()
    assert window.complaints == []


def test_an_editor_finds_no_door(signed_in, reference):
    window = signed_in("editor")
    assert window.page.get_by_role("link", name="Requests").count() == 0
    response = window.go("/admin/requests/")
    assert response.status == 403
    assert reference not in window.page.content()
