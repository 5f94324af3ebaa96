"""An editor begins a post on the start page, adds a topic on the way, and shows the draft to a colleague."""

import pytest

from .axe import TWO_LOOKS, findings
from .visit import follow

pytestmark = pytest.mark.once
OURS = {"looks": TWO_LOOKS}
# A post of the tests alone is gone afterwards, and so is its topic.
TAKE_AWAY = (
    "from blog.models import BlogPage, BlogTopic; "
    "[page.delete() for page in BlogPage.objects.filter(title='Desk of tests')]; "
    "BlogTopic.objects.filter(name='Quiet rooms').delete()"
)


@pytest.fixture
def tidy(demo_site):
    yield
    demo_site.manage("shell", "-c", TAKE_AWAY)


def test_no_barrier_on_the_screens_of_the_desk(signed_in):
    window = signed_in("editor")
    found = {}
    for address, within in [
        ("/admin/", ".start"),
        ("/admin/posts/", "main"),
        ("/admin/treatments/", "main"),
        ("/admin/team/", "main"),
    ]:
        window.go(address)
        found |= findings(window.page, address, within=within, **OURS)
        window.page.set_viewport_size({"width": 390, "height": 800})
        window.film(f"desk{address.replace('/', '-')}")
    assert found == {}


def test_a_post_is_begun_tagged_and_shown_to_a_colleague(signed_in, visit, tidy):
    page = signed_in("editor").page
    page.goto("/admin/")
    follow(page.get_by_role("link", name="Write a post"))
    page.locator("#id_title").fill("Desk of tests")
    page.get_by_label("A topic that is missing").fill("Quiet rooms")
    page.get_by_role("button", name="Add and tick").click()
    page.get_by_text("“Quiet rooms” is ticked.").wait_for()
    assert page.get_by_label("Quiet rooms", exact=True).is_checked()
    # Written, and not added: it goes along all the same.
    page.get_by_label("A topic that is missing").fill("quiet ROOMS")
    follow(page.get_by_role("button", name="Save draft"))
    assert page.get_by_label("Quiet rooms", exact=True).is_checked()
    assert page.get_by_label("A topic that is missing").input_value() == ""
    key = page.url.strip("/").split("/")[-2]
    page.goto(f"/admin/draft-links/{key}/")
    follow(page.get_by_role("button", name="Make a link"))
    assert findings(page, "links", within=".draft-links", **OURS) == {}
    address = page.get_by_label("Address").input_value()
    colleague = visit(width=390)
    answer = colleague.go(address)
    assert answer.status == 200 and colleague.page.locator("h1").inner_text() == "Desk of tests"
    assert colleague.strangers == set()
    follow(page.get_by_role("button", name="Take back"))
    assert colleague.go(address).status == 404
    page.goto("/admin/")
    assert page.locator(".start").get_by_role("link", name="Desk of tests").count() == 1


@pytest.mark.parametrize("mode", ["dark", "paper", "search", "card"])
def test_a_page_is_looked_at_in_each_way(signed_in, mode):
    window = signed_in("editor")
    window.go("/admin/posts/")
    key = window.page.locator("a[href*='/edit/']").first.get_attribute("href").strip("/").split("/")[-2]
    window.go(f"/admin/pages/{key}/view_draft/?mode={mode}")
    words = window.page.evaluate("getComputedStyle(document.querySelector('h1')).color")
    numbers = [int(part) for part in words.strip("rgba()").split(",")[:3]]
    # Light words stand on a dark ground.
    assert (min(numbers) > 128) == (mode == "dark")
    assert window.page.locator(".crisis-strip").count() == (mode in ("dark", "paper"))
    assert not window.page.locator(".menu, .sticky-bar").first.is_visible() or mode == "dark"
    window.film(f"preview-{mode}")
