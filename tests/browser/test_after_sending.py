"""The page after the form on paper and by one tap, and the form of staff on one screen."""

import re

import pytest

from tests.browser.axe import TWO_LOOKS, findings
from tests.browser.visit import follow

pytestmark = [pytest.mark.once, pytest.mark.long]

# What the page of the form holds is another test's matter.
SEND = """(name) => {
  const form = document.querySelector('[name=token]').form;
  const answers = {for_whom: 'me', way: 'call', name, phone: '(555) 555-0133',
    second_email: 'sheet@example.org'};
  for (const [name, value] of Object.entries(answers)) form.elements.namedItem(name).value = value;
  form.elements.namedItem('contact').checked = true;
  form.submit();
}"""
# Where the lowest thing that can be pressed ends.
LOWEST = """() => Math.max(...[...document.querySelectorAll('.entry button, .entry input')]
  .map((each) => each.getBoundingClientRect().bottom))"""


@pytest.mark.parametrize("address", ["/consultation/", "/consultation/es/"])
def test_it_prints_on_one_sheet_and_sends_its_copy_by_one_tap(visit, address):
    window = visit(width=390, javascript=True)
    window.go(address)
    page = window.page
    with page.expect_navigation(url="**/received/**"):
        # Another person for each language: the same form sent again has asked for its copy already.
        page.evaluate(SEND, f"Sheet Person {address.count('/')}")
    sheets = len(re.findall(rb"/Type /Page\b", page.pdf(format="Letter")))
    assert sheets == 1
    follow(page.locator("form.received__tools:not([action]) button"))
    assert page.get_by_role("status").is_visible()
    assert findings(page, "asked for a copy", looks=TWO_LOOKS) == {}
    assert (window.strangers, window.complaints) == (set(), [])


def test_staff_take_a_request_down_on_one_screen_and_see_who_asked_before(visit, signed_in):
    patient = visit()
    patient.go("/consultation/")
    with patient.page.expect_navigation(url="**/received/**"):
        patient.page.evaluate(SEND, "Line Person")
    window = signed_in("frontdesk")
    window.go("/admin/requests-by-phone/")
    page = window.page
    page.get_by_label("Their phone number").fill("555 555 0133")
    page.get_by_label("What should we call them?").focus()
    page.get_by_text("Somebody asked before").wait_for()
    assert page.evaluate(LOWEST) <= 800
    assert findings(page, "who asked before", within="main .triage", looks=TWO_LOOKS) == {}
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert (window.strangers, window.complaints) == (set(), [])
