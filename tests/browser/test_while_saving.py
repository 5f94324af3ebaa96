"""What somebody types or presses while the editor saves by itself is neither lost nor done twice."""

import time

import pytest

from tests.pasting.clipboards import clipboard

from .test_pasting import PASTE
from .visit import follow, wait_until_watched

pytestmark = pytest.mark.once
TITLE = "Pressed while it saved"
SECONDS_TO_SAVE = 60
# In ms: time for some more that nobody asked for.
SAVES_WITHIN = 4000
EARLY = "Typed early."
SUMMARY = "Written while it saved."
TAKE_AWAY = (
    f"from blog.models import BlogPage; [page.delete() for page in BlogPage.objects.filter(title='{TITLE}')]"
)
COUNT = f"from blog.models import BlogPage; print(BlogPage.objects.filter(title='{TITLE}').count())"


def saves(request):
    """Whether the editor saves by itself."""
    accepts = request.headers.get("accept", "")
    return request.method == "POST" and accepts == "application/json" and "/admin/pages/" in request.url


class Held:
    """Holds back the answers to what the editor saves by itself, until they are let go."""

    def __init__(self, page):
        self._page = page
        self._answers = []
        self._is_over = False
        page.route("**/*", self._hold)

    def wait(self):
        """Wait until the editor saved, and doesn't know it yet."""
        deadline = time.monotonic() + SECONDS_TO_SAVE
        while not self._answers:
            assert time.monotonic() < deadline, "the editor didn't save"
            self._page.wait_for_timeout(50)

    def let_go(self):
        """Let through what is held, and what follows."""
        self._is_over = True
        for route, answer in self._answers:
            route.fulfill(response=answer)

    def _hold(self, route):
        if self._is_over or not saves(route.request):
            route.continue_()
        else:
            self._answers.append((route, route.fetch()))


def type_early(field):
    """Type into a field at once; an editor that is still being built may take the cursor away."""
    field.press_sequentially(EARLY)
    while EARLY not in field.input_value():
        field.press_sequentially(EARLY)


def test_what_is_typed_before_the_editor_watches_is_saved_once(signed_in, everywhere):
    page = signed_in("editor").page
    saved = []
    page.on(
        "request", lambda request: saves(request) and EARLY in request.post_data and saved.append(request)
    )
    page.goto(f"/admin/pages/{everywhere['linked']}/edit/")
    with page.expect_response(lambda answer: saves(answer.request) and EARLY in answer.request.post_data):
        type_early(page.locator("[name=summary]"))
    page.wait_for_timeout(SAVES_WITHIN)
    # A second time, where the editor noticed it by itself as well.
    assert len(saved) <= 2
    page.reload()
    assert EARLY in page.locator("[name=summary]").input_value()


@pytest.fixture
def new_post(signed_in, demo_site):
    """The editor of a post that was never saved; what comes of it is gone afterwards."""
    page = signed_in("editor").page
    page.goto("/admin/")
    follow(page.get_by_role("link", name="Write a post"))
    wait_until_watched(page)
    yield page
    demo_site.manage("shell", "-c", TAKE_AWAY)


def write(page):
    """Give the post a title and a text; without them it can't be saved."""
    page.locator("#id_title").fill(TITLE)
    page.get_by_text("Paste a whole text").click()
    page.locator(".whole-text__field:focus").evaluate(PASTE, clipboard("word-injections"))
    page.locator(".pasting-said").get_by_text("blocks were made").wait_for()


def test_a_button_waits_for_the_first_save_of_a_new_page(new_post, demo_site):
    held = Held(new_post)
    write(new_post)
    held.wait()
    new_post.locator("[name=summary]").fill(SUMMARY)
    new_post.get_by_role("button", name="Save draft").click()
    held.let_go()
    new_post.locator(".messages").get_by_text(TITLE).wait_for()
    assert new_post.locator("[name=summary]").input_value() == SUMMARY
    assert demo_site.manage("shell", "-c", COUNT).split()[-1] == "1"
