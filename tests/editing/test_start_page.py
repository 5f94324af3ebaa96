"""The start page: what somebody may begin, and what waits for them."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Workflow

from clinic.core.start_page import MOST_ROWS
from tests.factories.pages import BlogIndexPageFactory, BlogPageFactory, HomePageFactory
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def blog():
    return BlogIndexPageFactory(parent=HomePageFactory.make_site())


@pytest.fixture
def editor(client):
    user = UserFactory(group="Editors")
    client.force_login(user)
    return user


def draft(blog, user, **kwargs):
    """Make a post that somebody began and nobody published."""
    page = BlogPageFactory(parent=blog, live=False, owner=user, **kwargs)
    page.save_revision(user=user)
    return page


def submitted(blog, user, **kwargs):
    """Make a draft that waits for whoever belongs to the editors."""
    page = draft(blog, user, **kwargs)
    Workflow.objects.get(name="Editors approval").start(page, user)
    return page


def start_page(client):
    """Return the sections of the start page as ``{heading: [row]}``."""
    response = client.get("/admin/")
    panels = [panel for panel in response.context["panels"] if getattr(panel, "name", "") == "editors-start"]
    sections = panels[0].get_context_data({})["sections"] if panels else []
    return {section.heading: rows for section, rows in sections}


def titles(rows):
    return [row.title for row in rows]


def test_an_editor_begins_a_post_with_one_tap(client, editor, blog):
    page = client.get("/admin/").content.decode()
    address = f"/admin/pages/add/blog/blogpage/{blog.pk}/"
    assert f'href="{address}"' in page and "Write a post" in page
    assert client.get(address).status_code == 200


def test_nobody_is_led_to_a_post_who_may_not_write(client, blog):
    client.force_login(UserFactory(group="Front desk"))
    page = client.get("/admin/").content.decode()
    assert "Write a post" not in page and "Your desk" not in page


def test_my_drafts_are_mine_alone(client, editor, blog):
    other = UserFactory(group="Editors")
    draft(blog, other, title="Of somebody else")
    draft(blog, editor, title="Begun by me")
    changed = BlogPageFactory(parent=blog, owner=other, title="Live")
    changed.title = "Changed by me"
    changed.save_revision(user=editor)
    rows = start_page(client)["My drafts"]
    assert {(row.title, row.note.partition(",")[0]) for row in rows} == {
        ("Begun by me", "not published"),
        ("Changed by me", "readers see the version before"),
    }
    assert client.get(rows[0].address).status_code == 200


def test_a_published_page_is_no_draft(client, editor, blog):
    page = draft(blog, editor)
    page.get_latest_revision().publish()
    assert start_page(client) == {}
    assert "Nothing waits for you" in client.get("/admin/").content.decode()


def test_what_waits_for_a_review_stands_with_whoever_may_give_it(client, editor, blog):
    author = UserFactory(group="Editors")
    page = submitted(blog, author, title="Please look")
    [row] = start_page(client)["Waiting for your review"]
    assert (row.title, row.address) == ("Please look", f"/admin/pages/{page.pk}/edit/")
    client.force_login(author)
    found = start_page(client)
    [row] = found["With a reviewer"]
    assert row.title == "Please look" and "Editors approval" in row.note
    assert "My drafts" not in found


def test_a_page_that_came_back_says_so(client, editor, blog):
    page = submitted(blog, editor, title="Almost")
    page.current_workflow_task_state.reject(user=UserFactory(group="Editors"))
    [row] = start_page(client)["With a reviewer"]
    assert (row.title, row.note) == ("Almost", "changes are asked for")


def test_somebody_of_another_group_reviews_nothing_here(client, blog):
    submitted(blog, UserFactory(group="Editors"))
    client.force_login(UserFactory(group="Medical reviewers"))
    assert start_page(client) == {}


def test_a_reviewer_who_may_change_nothing_sees_what_waits(client, blog):
    reviewer = UserFactory(group="Medical reviewers")
    GroupApprovalTask.objects.get().groups.set(reviewer.groups.all())
    submitted(blog, UserFactory(group="Editors"), title="Please look")
    client.force_login(reviewer)
    assert titles(start_page(client)["Waiting for your review"]) == ["Please look"]


def test_the_next_to_go_online_comes_first(client, editor, blog):
    for days, title in ((9, "Later"), (2, "Sooner")):
        page = draft(blog, editor, title=title)
        page.go_live_at = timezone.now() + timedelta(days=days)
        page.save_revision(user=editor).publish()
    found = start_page(client)
    assert titles(found["Scheduled"]) == ["Sooner", "Later"]
    assert "My drafts" not in found


def test_whoever_may_not_change_a_page_does_not_see_its_schedule(client, editor, blog):
    page = draft(blog, editor)
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision(user=editor).publish()
    client.force_login(UserFactory(group="Medical reviewers"))
    assert start_page(client) == {}


def test_many_rows_are_cut_and_said(client, editor, blog):
    for _ in range(MOST_ROWS + 3):
        draft(blog, editor)
    assert len(start_page(client)["My drafts"]) == MOST_ROWS + 1
    page = client.get("/admin/").content.decode()
    assert page.count("not published") == MOST_ROWS and "And others." in page


def test_the_start_page_costs_the_same_for_one_and_for_thirty(client, editor, blog, count_queries):
    def one_of_each():
        draft(blog, editor)
        submitted(blog, editor)
        page = draft(blog, editor)
        page.go_live_at = timezone.now() + timedelta(days=3)
        page.save_revision(user=editor).publish()

    one_of_each()
    few = count_queries(lambda: client.get("/admin/"))
    for _ in range(29):
        one_of_each()
    assert count_queries(lambda: client.get("/admin/")) == few


def test_a_title_is_text(client, editor, blog):
    draft(blog, editor, title="<b>bold</b> 🌱")
    page = client.get("/admin/").content.decode()
    assert "&lt;b&gt;bold&lt;/b&gt; 🌱" in page and "<b>bold</b>" not in page
