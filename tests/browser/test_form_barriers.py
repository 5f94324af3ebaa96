"""axe-core finds no barrier in any state of the consultation form, in both of its languages."""

import contextlib

import pytest

from tests.faults.databases import SqliteFile
from tests.faults.site import folder_taken_away

from .axe import findings
from .consult_form import fill_in_fields, submit

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


def status_of_sending(page):
    """Send the form and return the status of the answer."""
    with page.expect_response(lambda response: response.request.method == "POST") as answer:
        submit(page)
    page.wait_for_load_state()
    return answer.value.status


def test_empty(form, address):
    assert findings(form, address) == {}


def test_with_every_error_there_is(form):
    form.locator("[name=email]").fill("nobody")
    form.locator("[name=way][value=text]").check()
    assert status_of_sending(form) == 422
    assert form.locator(".error-summary li").count() >= 6
    assert findings(form, "errors") == {}


def test_exit_for_minors(form):
    fill_in_fields(form, age="minor")
    assert status_of_sending(form) == 200
    assert findings(form, "under age") == {}


def test_exit_outside_the_area(two_states, visit, address):
    window = visit()
    window.go(address)
    fill_in_fields(window.page)
    window.page.locator("[name=state]").select_option("TX")
    assert findings(window.page, "with states") == {}
    assert status_of_sending(window.page) == 200
    assert "Colorado" in window.page.get_by_role("main").inner_text()
    assert findings(window.page, "outside the area") == {}


def test_received(form):
    fill_in_fields(form, name="Barrier Person")
    submit(form)
    form.wait_for_url("**/received/**")
    assert findings(form, "received") == {}


def test_too_large(form):
    fill_in_fields(form)
    form.locator("[name=note]").evaluate("note => { note.value = 'x'.repeat(70000); }")
    assert status_of_sending(form) == 413
    assert findings(form, "too large") == {}


def test_when_nothing_can_be_kept(form, demo_site):
    fill_in_fields(form, name="Unlucky Person")
    with contextlib.ExitStack() as broken:
        broken.enter_context(SqliteFile(demo_site.folder).locked())
        broken.enter_context(folder_taken_away(demo_site.folder / "spool"))
        assert status_of_sending(form) == 503
    assert form.locator("[name=name]").input_value() == "Unlucky Person"
    assert form.locator("main a[href^='tel:']").count() > 0
    assert findings(form, "could not keep") == {}
