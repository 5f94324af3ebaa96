"""What a first visit costs on a phone: bytes as they come over the wire, and how many are asked for."""

from collections import Counter
from typing import NamedTuple

import pytest

from tests.site.test_public_pages import live_pages

pytestmark = pytest.mark.once
KILOBYTE = 1024
# Of everything that a page loads until it stands; what waits below for the reader's scrolling does not count.
MOST_BYTES = {"/": 250 * KILOBYTE, "/get-help-now/": 30 * KILOBYTE}
MOST_BYTES_ELSEWHERE = 150 * KILOBYTE
MOST_BYTES_OF = {"Stylesheet": 20 * KILOBYTE, "Script": 8 * KILOBYTE, "Font": 60 * KILOBYTE}
MOST_REQUESTS_FOR = {"Stylesheet": 1, "Font": 2}
MOST_REQUESTS = 12
FORMS = ["/consultation/", "/consultation/es/", "/get-help-now/", "/search/?query=treatment"]


class Cost(NamedTuple):
    """Bytes and requests of one visit, by kind of what came."""

    sizes: Counter
    requests: Counter

    def over(self, path):
        """Return what of it is more than a page may cost."""
        said = {
            "bytes": (self.sizes.total(), MOST_BYTES.get(path, MOST_BYTES_ELSEWHERE)),
            "requests": (self.requests.total(), MOST_REQUESTS),
            **{f"bytes of {kind}": (self.sizes[kind], most) for kind, most in MOST_BYTES_OF.items()},
            **{f"{kind}s": (self.requests[kind], most) for kind, most in MOST_REQUESTS_FOR.items()},
        }
        return {what: f"{seen} > {most}" for what, (seen, most) in said.items() if seen > most}


def cost_of(window, path):
    """Open a page as if for the first time and add up what came."""
    kinds, sizes = {}, {}
    wire = window.page.context.new_cdp_session(window.page)
    wire.on("Network.responseReceived", lambda said: kinds.update({said["requestId"]: said["type"]}))
    wire.on(
        "Network.loadingFinished", lambda said: sizes.update({said["requestId"]: said["encodedDataLength"]})
    )
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    window.go(path)
    window.page.wait_for_load_state("networkidle")
    wire.detach()
    cost = Cost(Counter(), Counter(kinds.values()))
    for request, size in sizes.items():
        cost.sizes[kinds[request]] += round(size)
    return cost


@pytest.fixture(scope="module")
def kinds(demo_site):
    """One address of every type of page, and those outside the tree."""
    by_type = {name: path for path, name in live_pages(demo_site).items()}
    return [*by_type.values(), *FORMS]


def test_no_page_costs_more_than_it_may(visit, kinds):
    window = visit(width=390, height=844)
    costs = {path: cost_of(window, path) for path in kinds}
    for path, cost in costs.items():
        # Read with `pytest -s`, for the table in the papers.
        print(f"{path}: {cost.sizes.total()} bytes, {cost.requests.total()} requests, {dict(cost.sizes)}")
    assert {path: over for path, cost in costs.items() if (over := cost.over(path))} == {}
    assert window.strangers == set()
