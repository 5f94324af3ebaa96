"""axe-core finds no barrier in any state of the consultation form, in both of its languages."""

import contextlib
from uuid import uuid4

import pytest

from tests.faults.databases import SqliteFile
from tests.faults.site import folder_taken_away
from tests.journeys.patient import CALL, CONSENT, EMAIL, EMAIL_ADDRESS, ME, NAME, NOTE, PHONE, SEND, TEXT

from .axe import TWO_LOOKS, findings
from .visit import follow

pytestmark = [pytest.mark.once, pytest.mark.parametrize("address", ["/consultation/", "/consultation/es/"])]


@pytest.fixture
def form(visit, address):
    """A window on the empty form."""
    window = visit()
    window.go(address)
    return window.page


@pytest.fixture
def two_states(demo_site):
    """For a while the clinic serves two states only."""
    serve(demo_site, "CO NM")
    yield
    serve(demo_site, "")


def serve(demo_site, states):
    """Let the clinic serve these states, by its settings: a change of the copy alone would be undone."""
    change = (
        "from clinic.core.models import ClinicSettings; "
        f"settings = ClinicSettings.objects.get(); settings.service_states = {states!r}; settings.save()"
    )
    demo_site.manage("shell", "-c", change)


def fill_in(page, *, name="Barrier Person"):
    """Answer what is needed, in either language."""
    page.locator(ME).click()
    page.locator(NAME).fill(name)
    page.locator(CALL).click()
    page.locator(PHONE).fill("(555) 555-0181")
    page.locator(CONSENT).check()


def unfold(page):
    """Open every fold, as somebody does who wants to see all there is."""
    for fold in page.locator("main details > summary").all():
        if fold.is_visible():
            fold.click()


def status_of_sending(page):
    """Send the form and return the status of the answer."""
    with page.expect_response(lambda response: response.request.method == "POST") as answer:
        follow(page.locator(SEND))
    return answer.value.status


def test_empty(form, address):
    assert findings(form, address) == {}


@pytest.mark.parametrize("way", [CALL, TEXT, EMAIL])
def test_with_all_that_belongs_to_a_way(form, way):
    form.locator(way).click()
    unfold(form)
    assert findings(form, way, looks=TWO_LOOKS) == {}


def test_with_every_error_there_is(form):
    form.locator(TEXT).click()
    assert status_of_sending(form) == 422
    assert form.locator(".error-summary li").count() == 5
    assert findings(form, "errors") == {}


def test_with_a_question_about_the_address(form):
    fill_in(form)
    form.locator(EMAIL).click()
    # At once, so that no script has asked yet.
    form.locator(EMAIL_ADDRESS).evaluate("field => { field.value = 'barrier.person@gmial.com'; }")
    assert status_of_sending(form) == 422
    assert findings(form, "question", looks=TWO_LOOKS) == {}


def test_where_to_turn_under_eighteen(form):
    follow(form.locator("a[href$='under-18/']"))
    assert findings(form, "under age") == {}


def test_exit_outside_the_area_and_the_way_back(two_states, visit, address):
    window = visit()
    page = window.page
    window.go(address)
    fill_in(page, name="Distant Person")
    page.locator(NOTE).evaluate("note => { note.value = 'First line.\\nSecond line.'; }")
    page.locator("[name=state]").select_option("TX")
    assert findings(page, "with states") == {}
    assert status_of_sending(page) == 200
    assert "Colorado" in page.get_by_role("main").inner_text()
    assert findings(page, "outside the area") == {}
    follow(page.locator("[name=back]"))
    assert page.get_by_role("alert").count() == 0
    assert page.locator(NAME).input_value() == "Distant Person"
    assert page.locator(NOTE).input_value() == "First line.\nSecond line."
    assert page.locator(CONSENT).is_checked()


def test_received(form):
    fill_in(form)
    follow(form.locator(SEND))
    form.wait_for_url("**/received/**")
    assert findings(form, "received") == {}


def test_received_by_somebody_who_gets_a_copy(form, address):
    form.locator(ME).click()
    form.locator(NAME).fill(f"Copied {address} {uuid4()}")
    form.locator(EMAIL).click()
    form.locator(EMAIL_ADDRESS).fill("copied.person@example.com")
    form.locator(CONSENT).check()
    follow(form.locator(SEND))
    assert findings(form, "copy offered", looks=TWO_LOOKS) == {}
    follow(form.locator("form.received__tools .button:not([name])"))
    assert findings(form, "copy asked for", looks=TWO_LOOKS) == {}


def test_too_large(form):
    fill_in(form)
    form.locator(NOTE).evaluate("note => { note.value = 'x'.repeat(70000); }")
    assert status_of_sending(form) == 413
    assert findings(form, "too large") == {}


def test_when_nothing_can_be_kept(form, demo_site):
    fill_in(form, name="Unlucky Person")
    with contextlib.ExitStack() as broken:
        broken.enter_context(SqliteFile(demo_site.folder).locked())
        broken.enter_context(folder_taken_away(demo_site.folder / "spool"))
        assert status_of_sending(form) == 503
    assert form.locator(NAME).input_value() == "Unlucky Person"
    assert form.locator("main a[href^='tel:']").count() > 0
    assert findings(form, "could not keep") == {}
