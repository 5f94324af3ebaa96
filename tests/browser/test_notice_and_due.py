"""An editor puts a notice above every page, readers close it or not, and what is due is found on a phone."""

import pytest

from .axe import TWO_LOOKS, findings
from .visit import follow

pytestmark = pytest.mark.once
TEXT = "We are closed on Friday."
OURS = {"within": "main", "looks": TWO_LOOKS}
PUT = (
    "from datetime import timedelta; from django.utils import timezone; "
    "from clinic.core.models import SiteNotice; "
    "SiteNotice.objects.create(text={text!r}, level={level!r}, shows_from=timezone.now(), "
    "shows_until=timezone.now() + timedelta(hours=2))"
)
TAKE_AWAY = (
    "from clinic.core.models import SiteNotice; [notice.delete() for notice in SiteNotice.objects.all()]"
)


@pytest.fixture
def put_notice(demo_site):
    """A function that lets the demo show a notice of a level; gone with the test."""
    yield lambda level: demo_site.manage("shell", "-c", PUT.format(text=TEXT, level=level))
    demo_site.manage("shell", "-c", TAKE_AWAY)


def shown(window):
    return window.page.locator("[data-notice]:visible").count() == 1


def test_who_closes_a_notice_does_not_meet_it_again_and_without_scripts_it_only_shows(visit, put_notice):
    put_notice("important")
    window = visit(width=390)
    window.go("/")
    assert shown(window)
    window.film("notice")
    assert window.page.evaluate("document.documentElement.scrollWidth") <= 390
    window.page.get_by_role("button", name="Close this notice").click()
    assert not shown(window)
    assert window.page.evaluate("document.activeElement.id") == "main"
    window.go("/consultation/")
    assert not shown(window)
    plain = visit(javascript=False, width=390)
    plain.go("/consultation/")
    assert shown(plain)
    assert plain.page.get_by_role("button", name="Close this notice").count() == 0


def test_an_urgent_one_stays_and_stands_in_nobodys_way(visit, put_notice):
    put_notice("urgent")
    window = visit()
    window.go("/")
    assert shown(window)
    assert window.page.get_by_role("button", name="Close this notice").count() == 0
    assert "Urgent: " + TEXT in window.page.locator("[data-notice]").inner_text()
    assert findings(window.page, "urgent") == {}


def test_no_barrier_where_editors_work(signed_in):
    window = signed_in("editor", width=390)
    page, found = window.page, {}
    window.go("/admin/")
    window.go("/admin/due/")
    assert page.locator("main .due__row").count() > 0
    assert page.locator("main").evaluate("main => main.scrollWidth <= window.innerWidth")
    window.film("due")
    found |= findings(page, "due", **OURS)
    follow(page.locator(".due__title").first)
    assert page.url.endswith("/edit/")
    assert found == {}
