"""Names that were shown are in the page and nowhere else: in no store of the browser, and nothing written."""

import pytest

from tests.factories.consults import form_data
from tests.site.demo import PUBLIC_REFERENCE
from tests.site.http import fetch
from tests.site.test_markers import everything_written, found

from .chromium import find_chromium
from .conftest import ARGUMENTS
from .visit import Visit, follow

pytestmark = pytest.mark.once
INDEX = "/admin/requests/"
PERSON = {
    "name": "Zyxname Vutmarker",
    "phone": "(555) 867-4471",
    "email": "zyxmail@example.org",
    "note": "zyxnote vutmarker",
}
MARKERS = [
    "zyxname",
    "Zyxname",
    "zyxmail",
    "zyxnote",
    "zyxremark",
    "Vutmarker",
    "vutmarker",
    "867-4471",
    "5558674471",
]
# All that a browser keeps for a page, beside the page.
KEPT = """async () => JSON.stringify([
  Object.entries(localStorage), Object.entries(sessionStorage), history.state, document.title, location.href,
  document.cookie, document.referrer, performance.getEntries().map((each) => each.name),
  await caches.keys(), (await indexedDB.databases()).map((each) => each.name),
  (await navigator.serviceWorker.getRegistrations()).map((each) => each.scope),
])"""
CHOOSE = """
from consults.models import DeskStart
DeskStart.objects.update_or_create(pk=1, defaults={{"with_names": {}}})
"""


@pytest.fixture
def reference(demo_site, request):
    """The reference of somebody whose name would be known again."""
    sent = {**PERSON, "note": f"{PERSON['note']} {request.node.name}"}
    answer = fetch(f"{demo_site.url}/consultation/", form_data(**sent))
    return PUBLIC_REFERENCE.search(answer.body.decode())[0].replace("-", "")


@pytest.fixture
def starts_with_names(demo_site):
    """What managers may choose, and as it was afterwards."""
    demo_site.manage("shell", "-c", CHOOSE.format(True))
    yield
    demo_site.manage("shell", "-c", CHOOSE.format(False))


class Watched:
    """A window of a browser that keeps pages for Back, with all that goes through it."""

    def __init__(self, context, demo_site):
        self.said, self.sent, self.open_to_caches = [], [], []
        self.page = Visit(context, demo_site.url).page
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("request", lambda request: self.sent.append(f"{request.url} {request.headers}"))
        self.page.on("response", self._look_at)

    def _look_at(self, response):
        is_ours = "/admin/requests/" in response.url and response.status == 200
        if is_ours and "no-store" not in response.headers.get("cache-control", ""):
            self.open_to_caches.append(response.url)

    def sign_in(self, user, password):
        self.page.goto("/admin/")
        self.page.locator("[name=login]").fill(user)
        self.page.locator("[name=password]").fill(password)
        follow(self.page.get_by_role("button", name="Sign in", exact=True))

    def go_to(self, reference):
        """Open the page of the desk on which a request stands, and return its row."""
        row = self.page.locator("[data-row]").filter(has_text=reference)
        for number in range(1, 9):
            self.page.goto(f"{INDEX}?p={number}")
            if row.count():
                return row
        pytest.fail(f"{reference} stands on no page of the desk")

    def shows(self):
        """Whether anything of the person stands in the page."""
        content = self.page.content()
        return any(marker in content for marker in MARKERS)

    def keeps(self):
        """Return the markers that the browser keeps beside the page, or sent where they are kept."""
        kept = [self.page.evaluate(KEPT), *self.said, *self.sent, *self.open_to_caches]
        return [marker for marker in MARKERS if any(marker in text for text in kept)]


@pytest.fixture
def watched(browser, demo_site):
    """Somebody of the front desk in a browser like people's own; Playwright's keeps no page for Back."""
    chromium = browser.browser_type.launch(
        executable_path=find_chromium(),
        args=ARGUMENTS,
        ignore_default_args=["--disable-back-forward-cache"],
    )
    context = chromium.new_context(base_url=demo_site.url, reduced_motion="reduce")
    window = Watched(context, demo_site)
    window.sign_in("frontdesk", demo_site.logins["frontdesk"])
    yield window
    chromium.close()


def leave_and_come_back(page):
    """Go elsewhere and press Back: the list is asked for anew, and comes out of no store of the browser."""
    page.goto("/admin/")
    with page.expect_response(lambda answer: INDEX in answer.url and is_page(answer)) as answer:
        page.go_back(wait_until="commit")
    assert not answer.value.from_service_worker
    page.locator("[data-list]").wait_for()


def is_page(answer):
    return answer.request.resource_type == "document"


def test_names_by_the_button(watched, demo_site, reference):
    page, row = watched.page, watched.go_to(reference)
    assert not watched.shows()
    page.get_by_role("button", name="Show names on this page").click()
    row.get_by_text(PERSON["name"]).wait_for()
    # In place, with the card open and a note beside what came of it.
    row.locator("[data-open-here]").click()
    card = row.locator("[data-card]")
    card.get_by_label("Note", exact=True).fill("zyxremark vutmarker")
    card.get_by_role("button", name="Claim this request").click()
    page.get_by_role("button", name=f"Undo {reference}").wait_for()
    assert watched.shows()
    assert watched.keeps() == []
    leave_and_come_back(page)
    page.get_by_role("button", name="Show names on this page").wait_for()
    assert not watched.shows()
    # What was looked for and what was found leave nothing either.
    page.get_by_label("Find by name").fill("Zyxname")
    follow(page.get_by_role("button", name="Find"))
    page.get_by_text(PERSON["name"]).first.wait_for()
    assert watched.keeps() == []
    assert watched.open_to_caches == []
    assert found(MARKERS, everything_written(demo_site)) == set()


def test_names_by_the_choice_of_managers(watched, demo_site, reference, starts_with_names):
    page, row = watched.page, watched.go_to(reference)
    row.get_by_text(PERSON["name"]).wait_for()
    # An answer that is put into the list leaves them there, and opens none.
    row.locator("[data-open-here]").click()
    row.locator("[data-card]").get_by_role("button", name="Claim this request").click()
    page.get_by_role("button", name=f"Undo {reference}").click()
    page.locator("[data-said]").filter(has_text="Taken back").wait_for()
    row.locator(".desk__person").get_by_text(PERSON["name"]).wait_for()
    assert watched.keeps() == []
    # They come again with the list alone, which the site notes.
    leave_and_come_back(page)
    row.get_by_text(PERSON["name"]).wait_for()
    follow(page.get_by_role("link", name="Hide the names"))
    assert not watched.shows()
    assert watched.open_to_caches == []
    assert found(MARKERS, everything_written(demo_site)) == set()
