"""The data block of a page stands under the strict policy: no browser runs it, and none complains."""

import json

import pytest

pytestmark = pytest.mark.once

VIOLATIONS = """
window.violations = [];
const note = event => window.violations.push(event.violatedDirective);
document.addEventListener("securitypolicyviolation", note);
"""
INLINE = "document.head.append(Object.assign(document.createElement('script'), {textContent: '1'}))"


@pytest.mark.parametrize(
    "address", ["/", "/blog/intramuscular-ketamine-injections/", "/team/medical-director/"]
)
def test_the_data_block_breaks_no_policy(visit, address):
    window = visit()
    window.page.add_init_script(VIOLATIONS)
    response = window.go(address)
    assert "script-src 'self'" in response.headers["content-security-policy"]
    block = window.page.locator('script[type="application/ld+json"]')
    graph = json.loads(block.text_content())["@graph"]
    assert {"WebSite", "MedicalClinic"} <= {node["@type"] for node in graph}
    # Of the demonstration's samples nobody is named.
    assert "Person" not in block.text_content()
    assert window.page.evaluate("violations") == []
    assert window.complaints == []
    # A script in the page would be told of: the policy holds, and the listener listens.
    window.page.evaluate(INLINE)
    window.page.wait_for_function("violations.length")
    assert "script-src" in window.page.evaluate("violations[0]")
