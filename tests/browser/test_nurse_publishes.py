"""A nurse pastes a post from Word, mends what is found, and it goes live once a clinician has read it.

From the first look at her desk to the last submission she taps twelve times at most, beside typing.
"""

import re
import time
from datetime import datetime, timedelta

import pytest

from tests.pasting.clipboards import clipboard
from tests.site.http import fetch

from .axe import TWO_LOOKS, findings
from .docs_pictures import draw
from .taps import Taps
from .test_pasting import BODY, PASTE
from .visit import DESK_CLOCK, follow, wait_until_watched

# One post: each test goes on where the one before ended.
pytestmark = [pytest.mark.once, pytest.mark.in_order]

TITLE = "Ketamine injections: five things to know"
SUMMARY = "What a visit is like, what differs from a drip, and what nobody knows yet."
QUESTION = "Who sits with them? Please say so in point 2."
ANSWER = " That person is a nurse."
CLAIM = " It is a proven cure."
SLUG = "ketamine-injections-five-things-to-know"
MOST_TAPS = 12
SECONDS_TO_APPEAR = 180
# Words are marked, seen, and no longer moving.
WORDS_ARE_MARKED = """() => {
  const marked = getSelection();
  if (!marked.toString()) return false;
  const {top, bottom} = marked.getRangeAt(0).getBoundingClientRect();
  const stands = window.lastTop === top;
  window.lastTop = top;
  return stands && top > 0 && bottom < innerHeight;
}"""
# Its day is here: what was planned for later is due now.
COME = f"""
from datetime import timedelta
from django.utils import timezone
from blog.models import BlogPage
revision = BlogPage.objects.get(title="{TITLE}").scheduled_revision
now = timezone.now()
content = revision.content
content |= dict(go_live_at=now.isoformat(), published_on=timezone.localdate().isoformat())
type(revision).objects.filter(pk=revision.pk).update(content=content, approved_go_live_at=now)
"""
TAKE_AWAY = f"""
from blog.models import BlogPage
from wagtail.contrib.redirects.models import Redirect
[page.delete() for page in BlogPage.objects.filter(title="{TITLE}")]
Redirect.objects.filter(old_path__contains="{SLUG}").delete()
"""


class Work:
    """What the tests of one run pass on: the taps so far, and where the post is edited and read."""

    taps = 0
    edit = ""
    address = f"/blog/{SLUG}/"


@pytest.fixture(scope="module")
def work(demo_site):
    yield Work()
    demo_site.manage("shell", "-c", TAKE_AWAY)


@pytest.fixture
def nurse(signed_in):
    window = signed_in("editor")
    window.go("/admin/")
    return window


@pytest.fixture
def reviewer(signed_in):
    return signed_in("reviewer")


def film(window, name):
    """Take the picture on a computer and on a phone."""
    window.film(f"nurse-{name}")
    window.page.set_viewport_size({"width": 390, "height": 844})
    window.film(f"nurse-{name}-phone")
    window.page.set_viewport_size({"width": 1280, "height": 800})


def wait_until_saved(page):
    page.locator(".w-autosave-indicator__state--saved:visible").wait_for()


def finding(page, words):
    return page.locator(".editor-note li").filter(has_text=words)


def go_to(page, words):
    """Tap the finding's place; the words it is about are marked there, and wait to be typed over."""
    finding(page, words).get_by_role("link").click()
    page.wait_for_function(WORDS_ARE_MARKED)


def wait_until_mended(page, words):
    """The list above the fields follows the draft as the editor saves it."""
    finding(page, words).wait_for(state="detached")


def text_of(site, path):
    return fetch(f"{site.url}{path}").body.decode()


def wait_for(site, address, holds):
    """Ask until the answer is as it must be: the worker publishes, draws cards and keeps pages in time."""
    deadline = time.monotonic() + SECONDS_TO_APPEAR
    while not holds(answer := fetch(f"{site.url}{address}")):
        assert time.monotonic() < deadline, f"{address} still answers {answer.status} from {answer.url}"
        time.sleep(1)
    return answer


def is_there(answer):
    return answer.status == 200


def test_a_nurse_pastes_a_post_mends_three_findings_and_submits_it(nurse, work):
    page = nurse.page
    film(nurse, "01-desk")
    draw("desk", page.locator(".start"))
    taps = Taps(nurse)
    follow(page.get_by_role("link", name="Write a post"))
    wait_until_watched(page)

    # The cursor stands in the title, and Enter leads on.
    page.keyboard.type(TITLE)
    page.keyboard.press("Enter")
    page.keyboard.type(SUMMARY)
    page.keyboard.press("Enter")
    day = datetime.now(DESK_CLOCK).date() + timedelta(days=25)
    page.keyboard.type(f"{day:%m%d%Y}")
    draw("new-post", page)
    page.get_by_label("Visits", exact=True).click()
    # Who writes, and what is said of approval, are those of her last post.
    assert page.locator("[name=author]").input_value() and page.locator("[name=statement]").input_value()

    page.get_by_text("Paste a whole text").click()
    page.locator(".whole-text__field:focus").evaluate(PASTE, clipboard("word-injections"))
    said = page.locator(".pasting-said")
    said.get_by_text("7 blocks were made").wait_for()
    assert "1 picture was left out" in said.inner_text()
    said.evaluate("element => element.scrollIntoView({ block: 'center' })")
    film(nurse, "02-pasted")
    draw("paste", page)

    serious = ["Calls a treatment safe", "A figure without its source", "A link that doesn’t say"]
    for words in serious:
        finding(page, words).wait_for(state="attached")
    page.locator(".editor-says").scroll_into_view_if_needed()
    film(nurse, "03-found")
    draw("findings", page.locator(".editor-says"))

    go_to(page, "Calls a treatment safe")
    draw("place", page)
    film(nurse, "04-place")
    page.keyboard.type("Injections are one")
    wait_until_mended(page, "Calls a treatment safe")
    go_to(page, "A figure without its source")
    page.locator("button[name=REFERENCE]:visible").click()
    page.locator(".modal-body").get_by_role("link", name="Chilukuri").click()
    wait_until_mended(page, "A figure without its source")
    go_to(page, "A link that doesn’t say")
    page.keyboard.type("read what the National Institute of Mental Health says")
    wait_until_mended(page, "A link that doesn’t say")
    assert page.get_by_text("Found by the checks").count() == 0
    film(nurse, "05-mended")

    work.edit = nurse.path
    draw("submit", page.locator(".footer"))
    follow(page.get_by_role("button", name="Submit to Medical review"))
    film(nurse, "06-submitted")
    assert "has been submitted" in page.locator(".messages").inner_text()
    work.taps += taps.count
    assert 0 < work.taps <= 9
    assert nurse.complaints == [] and nurse.strangers == set()


def test_the_reviewer_reads_it_as_patients_do_and_asks(reviewer, demo_site, work):
    page = reviewer.page
    follow(page.get_by_role("navigation", name="Main menu").get_by_role("link", name="To review"))
    film(reviewer, "07-to-review")
    draw("to-review", page)
    follow(page.get_by_role("link", name=TITLE))
    draft = page.frame_locator("iframe").locator("main")
    draft.get_by_role("heading", level=1, name=TITLE).wait_for()
    film(reviewer, "08-read-and-review")
    draw("read-and-review", page)
    assert draft.locator("ol > li").filter(has_text="Nobody leaves you alone").count() == 1
    assert "What differs on the day" in draft.locator("table caption").inner_text()
    page.get_by_label("Your question or remark").fill(QUESTION)
    follow(page.get_by_role("button", name="Ask back"))
    assert "Sent back" in page.locator(".messages").inner_text()
    assert fetch(f"{demo_site.url}{work.address}").status == 404


def test_the_nurse_finds_the_question_answers_and_has_tapped_twelve_times_at_most(nurse, work):
    page = nurse.page
    taps = Taps(nurse)
    follow(page.locator(".start").get_by_role("link", name=TITLE))
    wait_until_watched(page)
    assert QUESTION in page.locator(".editor-says").inner_text()
    film(nurse, "09-asked")
    draw("asked", page.locator(".editor-says"))
    point = page.locator(f"{BODY} [data-draftail-editor] li").filter(has_text="Nobody leaves you alone")
    point.scroll_into_view_if_needed()
    # Where its last line ends.
    size = point.bounding_box()
    point.click(position={"x": size["width"] - 4, "y": size["height"] - 8})
    page.keyboard.press("End")
    page.keyboard.type(ANSWER)
    wait_until_saved(page)
    follow(page.get_by_role("button", name="Resubmit to Medical review"))
    work.taps += taps.count
    assert taps.count == 3 and work.taps <= MOST_TAPS


def test_approved_it_waits_for_its_day(reviewer, nurse, demo_site, work):
    reviewer.go("/admin/review/")
    follow(reviewer.page.get_by_role("link", name=TITLE))
    draft = reviewer.page.frame_locator("iframe").locator("main")
    draft.get_by_text(ANSWER.strip()).wait_for()
    assert QUESTION in reviewer.page.locator("main").inner_text()
    follow(reviewer.page.get_by_role("button", name="Approve this version"))
    assert "goes online on" in reviewer.page.locator(".messages").inner_text()
    nurse.go("/admin/")
    planned = nurse.page.locator(".start__section").filter(has_text="Scheduled")
    assert planned.get_by_role("link", name=TITLE).count() == 1
    film(nurse, "10-scheduled")
    draw("scheduled", nurse.page.locator(".start"))
    assert fetch(f"{demo_site.url}{work.address}").status == 404


def test_it_is_live_at_its_minute_and_can_be_shared(demo_site, visit, work):
    demo_site.manage("shell", "-c", COME)
    wait_for(demo_site, work.address, is_there)
    reader = visit(width=390, height=844)
    reader.go(work.address)
    reader.film("nurse-11-live-phone")
    page = reader.page
    assert ANSWER.strip() in page.locator("main").inner_text()
    assert page.get_by_role("heading", name="Share this post").count() or page.get_by_text("Share").count()
    assert page.locator("main ol > li").filter(has_text="You need a ride home").count() == 1
    card = page.locator("meta[property='og:image']").get_attribute("content")
    wait_for(demo_site, card.removeprefix(demo_site.url), is_there)
    assert reader.strangers == set() and reader.complaints == []


def test_its_old_address_leads_to_the_new_one(nurse, visit, demo_site, work):
    page = nurse.page
    nurse.go(work.edit)
    page.get_by_role("tab", name="Promote").click()
    page.locator("#id_slug").fill(f"{SLUG}-and-more")
    page.get_by_role("button", name="More actions").click()
    follow(page.get_by_role("button", name="Publish"))
    film(nurse, "12-new-address")
    old, work.address = work.address, f"/blog/{SLUG}-and-more/"
    wait_for(demo_site, work.address, is_there)
    wait_for(demo_site, old, lambda answer: answer.url.endswith(work.address))
    led = visit().go(old)
    assert led.status == 200 and led.request.redirected_from.response().status == 301


def test_a_claim_typed_later_takes_the_review_away(nurse, demo_site, work):
    page = nurse.page
    nurse.go(work.edit)
    wait_until_watched(page)
    page.locator(f"{BODY} [data-draftail-editor] [data-text]").first.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(CLAIM)
    page.get_by_text("Its medical text changed since it was reviewed").wait_for()
    finding(page, "proven").first.wait_for(state="attached")
    page.locator(".editor-says").scroll_into_view_if_needed()
    film(nurse, "13-claim")
    page.get_by_role("button", name="More actions").click()
    follow(page.get_by_role("button", name=re.compile("^Publish")))
    assert "medical review" in page.locator(".messages").inner_text()
    film(nurse, "14-refused")
    readers = text_of(demo_site, work.address)
    assert CLAIM.strip() not in readers and ANSWER.strip() in readers
    assert findings(page, "what the editor says", within=".editor-says", looks=TWO_LOOKS) == {}
