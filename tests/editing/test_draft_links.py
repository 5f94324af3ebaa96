"""A link to a draft: opens it for whoever was sent it, for a time, and is kept and found by nobody."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry, ReferenceIndex

from clinic.editing.draft_links.links import MOST_OPEN, address_of, make_link
from clinic.editing.models import DraftLink
from tests.factories.pages import BlogIndexPageFactory, BlogPageFactory, HomePageFactory
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def editor(client):
    user = UserFactory(group="Editors")
    client.force_login(user)
    return user


@pytest.fixture
def post():
    blog = BlogIndexPageFactory(parent=HomePageFactory.make_site())
    page = BlogPageFactory(parent=blog, slug="post", title="As it is")
    page.title = "As it will be"
    page.save_revision()
    return page


def links_page(page):
    return reverse("draft_links", args=[page.pk])


def path_of(link):
    return address_of(link).removeprefix(settings.WAGTAILADMIN_BASE_URL)


def opened(path):
    """Return what somebody without a login gets."""
    return Client().get(path)


def test_an_editor_makes_a_link_and_a_colleague_reads_the_draft(client, editor, post):
    assert f'href="{links_page(post)}"' in client.get(f"/admin/pages/{post.pk}/edit/").content.decode()
    response = client.post(links_page(post), {"days": "3"}, follow=True)
    link = DraftLink.objects.get()
    assert address_of(link) in response.content.decode()
    assert timedelta(days=2) < link.expires_at - timezone.now() <= timedelta(days=3)
    page = opened(path_of(link)).content.decode()
    assert "As it will be" in page and "The newest draft of this page" in page
    assert set(PageLogEntry.objects.filter(action="clinic.share_draft").values_list("page", "user")) == {
        (post.pk, editor.pk)
    }


def test_what_is_saved_later_shows(editor, post):
    path = path_of(make_link(post, user=editor, days=1))
    post.title = "As it is now"
    post.save_revision()
    assert "As it is now" in opened(path).content.decode()


def test_it_opens_what_was_never_published(editor, post):
    draft = BlogPageFactory(parent=post.get_parent(), live=False, title="New here")
    assert "New here" in opened(path_of(make_link(draft, user=editor, days=1))).content.decode()


def test_nobody_keeps_or_finds_it(editor, post):
    answer = opened(path_of(make_link(post, user=editor, days=1)))
    assert "no-store" in answer["Cache-Control"] and "noindex" in answer["X-Robots-Tag"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert not answer.cookies and "ETag" not in answer


def test_its_time_ends_it(editor, post):
    link = make_link(post, user=editor, days=1)
    DraftLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert is_gone(path_of(link))


def test_one_tap_takes_it_back_and_a_second_does_no_harm(client, editor, post):
    link = make_link(post, user=editor, days=1)
    button = reverse("take_back_draft_link", args=[post.pk, link.pk])
    for _ in range(2):
        assert client.post(button).status_code == 302
        assert is_gone(path_of(link))
    assert PageLogEntry.objects.filter(action="clinic.take_back_draft").count() == 1


def is_gone(path):
    answer = opened(path)
    page = answer.content.decode()
    return answer.status_code == 404 and "opens nothing any more" in page and "As it will be" not in page


def test_a_page_that_is_gone_opens_nothing(editor, post):
    link = make_link(post, user=editor, days=1)
    path = path_of(link)
    post.delete()
    assert is_gone(path) and not DraftLink.objects.exists()


def test_the_release_before_may_have_deleted_the_page_alone(editor, post):
    link = make_link(post, user=editor, days=1)
    DraftLink.objects.update(page_id=10**6)
    assert is_gone(path_of(link))


def test_a_page_that_no_site_shows_opens_nothing(editor, post):
    link = make_link(post, user=editor, days=1)
    post.move(post.get_root(), pos="last-child")
    assert is_gone(path_of(link))


def test_neither_the_table_nor_a_changed_address_opens_it(editor, post):
    link = make_link(post, user=editor, days=1)
    path = path_of(link)
    other = path_of(make_link(post, user=editor, days=1))
    key, signature = path.strip("/").rpartition("/")[2].split(":")
    tries = [link.pk.hex, str(link.pk), f"{link.pk.hex}:x", f"x:{signature}", "x" * 3000, "%00", f"{key}:"]
    tries.append(f"{other.strip('/').rpartition('/')[2].split(':')[0]}:{signature}")
    for token in tries:
        assert is_gone(f"/admin/draft/{token}/"), token
    assert "As it will be" in opened(path).content.decode()


def test_only_whoever_may_change_the_page_makes_and_takes_back(client, editor, post):
    link = make_link(post, user=editor, days=1)
    for group in ("Front desk", "Medical reviewers"):
        client.force_login(UserFactory(group=group))
        assert client.get(links_page(post)).status_code == 302
        assert client.post(links_page(post), {"days": "3"}).status_code == 302
        button = reverse("take_back_draft_link", args=[post.pk, link.pk])
        assert client.post(button).status_code == 302
    assert DraftLink.objects.get() == link


def test_a_link_is_taken_back_on_its_own_page_alone(client, editor, post):
    link = make_link(post, user=editor, days=1)
    client.post(reverse("take_back_draft_link", args=[post.get_parent().pk, link.pk]))
    assert DraftLink.objects.filter(pk=link.pk).exists()


@pytest.mark.parametrize("days", ["", "2", "-1", "1000000", "x" * 5000])
def test_only_the_offered_times_are_taken(client, editor, post, days):
    page = client.post(links_page(post), {"days": days}).content.decode()
    assert "Choose" in page and not DraftLink.objects.exists()


def test_there_are_never_more_than_somebody_looks_through(client, editor, post):
    for _ in range(MOST_OPEN):
        client.post(links_page(post), {"days": "1"})
    assert f"{MOST_OPEN} open links" in client.post(links_page(post), {"days": "1"}).content.decode()
    assert DraftLink.objects.count() == MOST_OPEN
    DraftLink.objects.update(expires_at=timezone.now() - timedelta(days=1))
    client.post(links_page(post), {"days": "1"})
    assert DraftLink.objects.count() == 1


def test_a_link_is_no_place_that_shows_the_page(editor, post):
    make_link(post, user=editor, days=1)
    assert not ReferenceIndex.get_references_to(post).exists()


def test_the_list_costs_the_same_for_one_and_for_ten(client, editor, post, count_queries):
    make_link(post, user=editor, days=1)
    few = count_queries(lambda: client.get(links_page(post)))
    for _ in range(MOST_OPEN - 1):
        make_link(post, user=UserFactory(), days=1)
    assert count_queries(lambda: client.get(links_page(post))) == few
