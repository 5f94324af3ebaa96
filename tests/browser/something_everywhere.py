"""Something to see on each screen of those who write and review: run inside the demo, and taken away again.

The words are the longest that a clinic might type: what is narrow breaks at them first.
"""

import json
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from blog.models import BlogIndexPage, BlogPage
from clinic.core.models import (
    HomePage,
    PolicyIndexPage,
    PolicyPage,
    PolicyVersion,
    Reference,
    SiteNotice,
    StandardPage,
)
from clinic.editing.draft_links.links import address_of, make_link
from clinic.removal.models import NotFoundAddress, Removal
from clinic.removal.removing import remove
from clinic.review.models import OwnPageReason, WatchedPage

MARK = "Everywhere"
LONG = "Electroconvulsivetherapyalternatives for Llanfairpwllgwyngyllgogerychwyrndrobwll and others"
# A second one: what a redirect leads on is no longer among those not found.
LED_ON = "/everywhere/led-on"
HIGHER_THAN_A_PHONE = (
    "<p>It cures 80 % of people, <b>it is safe</b>.</p>"
    + "<p>We sit with you, and wait until you feel like getting up.</p>" * 30
    + "<p>It is proven to work.</p>"
)
# No caption yet, and a column without a name.
TABLE = {
    "caption": "",
    "columns": [{"type": "text", "heading": "Way"}, {"type": "text", "heading": ""}],
    "rows": [{"values": ["A drip", "40 minutes"]}],
}
ADDRESS = "/everywhere/" + "a-very-long-address-of-the-site-before" * 4


def fill():
    """Put something on each screen, and print the keys of the pages by name."""
    editor = get_user_model().objects.get(username="editor")
    pages = {"waiting": _waiting(editor), "linked": _linked(editor), "policy": _policy()}
    removal = Removal.objects.get(title__startswith=MARK)
    link = make_link(pages["waiting"], user=editor, days=7)
    _reports(editor, pages["linked"])
    keys = {name: page.pk for name, page in pages.items()} | {"removal": removal.pk}
    version = PolicyVersion.objects.filter(page=pages["policy"]).order_by("pk").first()
    addresses = {"shared": address_of(link), "policy_url": pages["policy"].url, "policy_version": version.pk}
    print(json.dumps(keys | addresses))


def clear():
    """Take all of it away."""
    for page in Page.objects.filter(title__startswith=MARK).order_by("-depth"):
        page.delete()
    SiteNotice.objects.filter(text__startswith=MARK).delete()
    Reference.objects.filter(citation__startswith=MARK).delete()
    NotFoundAddress.objects.filter(address=ADDRESS).delete()
    Redirect.objects.filter(old_path=LED_ON).delete()


def _waiting(editor):
    """A post that was asked back, changed and submitted again, with what the checks find."""
    source = Reference.objects.create(citation=f"{MARK}. {LONG}. 2024.", url="https://journal.example.org/1")
    page = BlogPage(
        title=f"{MARK}: {LONG}", body=[("text", "<p>It cures 80 % of people.</p>")], owner=editor, live=False
    )
    BlogIndexPage.objects.get().add_child(instance=page)
    page.references = [("reference", source)]
    page.save_revision(user=editor, log_action=True)
    workflow = page.get_workflow().start(page, editor)
    reviewer = get_user_model().objects.get(username="reviewer")
    task = workflow.current_task_state
    task.task.specific.on_action(task, reviewer, "reject", comment=f"Which trial? {ADDRESS}")
    page.body = [
        ("heading", {"text": LONG}),
        ("text", HIGHER_THAN_A_PHONE),
        ("text", "<p>A miracle, and it cures.</p>"),
        ("table", TABLE),
    ]
    page.search_description = "A proven treatment."
    page.save_revision(user=editor, log_action=True)
    workflow.refresh_from_db()
    workflow.resume(editor)
    return page


def _linked(editor):
    """A page with one of each link that leads nowhere."""
    home = HomePage.objects.get()
    gone = home.add_child(instance=StandardPage(title=f"{MARK} gone: {LONG}", body=[("text", "<p>One.</p>")]))
    text = f'<p>See <a linktype="page" id="{gone.pk}">{LONG}</a>.</p>'
    page = home.add_child(instance=StandardPage(title=f"{MARK} linked: {LONG}", body=[("text", text)]))
    page.save_revision(user=editor, log_action=True).publish(user=editor)
    page.title += "!"
    page.save_revision(user=editor, log_action=True)
    remove(gone, editor)
    return page


def _policy():
    """A policy with a text of before, one of now and one that is to come."""
    today = timezone.localdate()
    first = {"effective_date": today - timedelta(days=100), "body": [("text", "<p>One.</p>")]}
    page = PolicyPage(title=f"{MARK} policy", **first)
    PolicyIndexPage.objects.get().add_child(instance=page)
    for days in (-90, -1, 30):
        page.effective_date = today + timedelta(days=days)
        page.body = [("text", f"<p>We keep {days + 100} letters. {LONG}</p>")]
        page.save_revision().publish()
        page = PolicyPage.objects.get(pk=page.pk)
    return page


def _reports(editor, page):
    now = timezone.now()
    NotFoundAddress.objects.create(address=ADDRESS, days={str(now.date()): 7}, last_day=now.date())
    Redirect.objects.create(old_path=LED_ON, redirect_page=page)
    SiteNotice.objects.create(
        text=f"{MARK}: {LONG}",
        shows_from=now + timedelta(days=20),
        shows_until=now + timedelta(days=21),
    )
    OwnPageReason.objects.create(page=page, reason=LONG, account=editor)
    # Looked at so late that nobody looks again meanwhile.
    late = now + timedelta(days=1)
    WatchedPage.objects.create(page=page, looked_at=late, reasons=f"{LONG}\nThe statement is over.")
