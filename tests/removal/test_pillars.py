"""Pages that the site stands on don't go by a slip, and every question says what leads to a page."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, ReferenceIndex, Site
from wagtail.test.utils.form_data import querydict_from_html

from clinic.core.models import ClinicSettings
from clinic.core.removed_pages import is_removed
from clinic.removal.leading_here import leading_to
from clinic.removal.pillars import why_it_matters
from clinic.removal.settings_index import catch_up
from clinic.search.models import PinnedAnswer
from tests.factories.pages import (
    FaqPageFactory,
    PolicyIndexPageFactory,
    PolicyPageFactory,
    StandardPageFactory,
)
from tests.factories.users import UserFactory
from tests.removal.conftest import link_to

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def policy(home):
    return PolicyPageFactory(
        parent=PolicyIndexPageFactory(parent=home), title="Privacy  notice", slug="privacy"
    )


@pytest.fixture
def administrator(client):
    user = UserFactory(superuser=True)
    client.force_login(user)
    return user


def fresh(page):
    return Page.objects.get(pk=page.pk)


def do(client, action, page, **typed):
    """Send the form of Wagtail's question before an action."""
    arguments = [page.pk]
    if action == "move_confirm":
        arguments.append(StandardPageFactory(parent=Site.objects.get().root_page).pk)
    return client.post(reverse(f"wagtailadmin_pages:{action}", args=arguments), typed)


def is_as_before(page):
    now = fresh(page)
    return now.live and now.path == page.path


def test_which_they_are(home, blog, post, policy, section):
    questions = FaqPageFactory(parent=home)
    index = policy.get_parent().specific
    assert all(why_it_matters(page) for page in (home, blog, policy, index, questions))
    assert not why_it_matters(post) and not why_it_matters(section)
    ClinicSettings.objects.update_or_create(site=Site.objects.get(), defaults={"privacy_page": policy})
    assert "consultation form" in why_it_matters(policy)


@pytest.mark.parametrize("action", ["delete", "unpublish", "move_confirm"])
@pytest.mark.parametrize("typed", ["", "Home"])
def test_the_home_page_goes_by_no_door(client, administrator, home, action, typed):
    answer = do(client, action, home, title_typed=typed)
    assert answer.status_code in (200, 302) and is_as_before(home)
    assert Site.objects.get().root_page_id == home.pk


@pytest.mark.parametrize("action", ["delete", "unpublish"])
def test_a_promise_to_patients_goes_once_its_title_is_typed(client, administrator, policy, action):
    asked = client.get(reverse(f"wagtailadmin_pages:{action}", args=[policy.pk])).content.decode()
    assert "a promise or notice" in asked and 'name="title_typed"' in asked
    for wrong in ("", "privacy", "x" * 5000):
        do(client, action, policy, title_typed=wrong)
        assert is_as_before(policy), wrong
    do(client, action, policy, title_typed=" privacy Notice ")
    assert not fresh(policy).live


def test_the_blog_is_not_moved_by_a_slip(client, administrator, blog):
    answer = do(client, "move_confirm", blog)
    assert is_as_before(blog) and "move" in answer["Location"]


@pytest.mark.parametrize("action", ["delete", "unpublish", "move"])
def test_together_with_others_they_stay(client, administrator, home, blog, policy, section, action):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    keys = "&".join(f"id={page.pk}" for page in (home, blog, policy, section))
    asked = client.get(f"{address}?{keys}&next=/admin/").content.decode()
    assert "The site stands on these pages" in asked and "Yes, " in asked
    client.post(f"{address}?{keys}&next=/admin/", {"chooser": policy.get_parent().pk})
    assert all(is_as_before(page) for page in (home, blog, policy))
    if action == "delete":
        assert is_removed(fresh(section))
    if action == "unpublish":
        assert not fresh(section).live


def test_the_home_page_has_no_end(home):
    home.expire_at = timezone.now() + timedelta(days=3)
    with pytest.raises(Exception, match="home page"):
        home.full_clean()


def test_any_other_page_needs_no_typing(client, administrator, post):
    do(client, "unpublish", post)
    assert not fresh(post).live


# --- what leads there ---------------------------------------------------------------------------------------


@pytest.fixture
def linked(post, home):
    """The post, with something of every kind that leads to it."""
    StandardPageFactory(parent=home, title="Directions", body=[("text", link_to(post))])
    StandardPageFactory(parent=home, title="Draft of ours", live=False, body=[("text", link_to(post))])
    answer = {"words": "ride", "title": "Riding home", "sentence": "Take somebody along."}
    PinnedAnswer.objects.create(**answer, page=post)
    Redirect.add_redirect("/ride", post)
    Page.objects.filter(pk=post.pk).update(show_in_menus=True)
    return post


def test_everything_that_readers_see_is_named(linked):
    leading = leading_to([linked])
    assert [row.title for row in leading.rows] == ["Directions", "Riding home"]
    assert "Body" in leading.rows[0].place and "/edit/" in leading.rows[0].address
    assert leading.redirects == ["/ride"] and leading.in_menu == ["A ride home"]


def test_the_settings_of_the_form_are_named(policy):
    ClinicSettings.objects.update_or_create(site=Site.objects.get(), defaults={"privacy_page": policy})
    [row] = leading_to([policy]).rows
    assert row.address and "rivacy" in row.place


def test_links_to_children_count_and_links_among_them_do_not(section, home):
    child = section.get_children().get()
    StandardPageFactory(parent=section, title="Beside it", body=[("text", link_to(child))])
    assert not leading_to([section])
    StandardPageFactory(parent=home, title="Outside", body=[("text", link_to(child))])
    assert [row.title for row in leading_to([section]).rows] == ["Outside"]
    assert not leading_to([section], with_children=False)


@pytest.mark.parametrize("action", ["delete", "unpublish", "move"])
def test_every_question_names_it(client, administrator, linked, home, action):
    if action == "move":
        one = reverse("wagtailadmin_pages:move_confirm", args=[linked.pk, linked.get_parent().pk])
    else:
        one = reverse(f"wagtailadmin_pages:{action}", args=[linked.pk])
    several = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    for address in (one, f"{several}?id={linked.pk}&next=/admin/"):
        page = client.get(address).content.decode()
        assert "Directions" in page and "Riding home" in page and "/ride" in page, address
        assert "Draft of ours" not in page


def test_a_day_to_go_says_what_links_until_then(client, administrator, linked):
    edit = reverse("wagtailadmin_pages:edit", args=[linked.pk])
    sent = querydict_from_html(client.get(edit).content.decode(), form_id="page-edit-form")
    # Scripts write what belongs to blocks.
    sent.update({"body-count": "0", "references-count": "0"})
    sent["expire_at"] = timezone.localtime(timezone.now() + timedelta(days=9)).strftime("%Y-%m-%d %H:%M")
    answer = client.post(edit, sent, follow=True).content.decode()
    assert "this page goes. Until then it is linked from: Directions; Riding home." in answer


def test_the_question_costs_the_same_for_many(client, administrator, post, home, count_queries):
    address = reverse("wagtailadmin_pages:delete", args=[post.pk])
    StandardPageFactory(parent=home, body=[("text", link_to(post))])
    few = count_queries(lambda: client.get(address))
    for _ in range(29):
        StandardPageFactory(parent=home, body=[("text", link_to(post))])
    assert count_queries(lambda: client.get(address)) == few


def test_settings_that_were_saved_before_are_indexed_with_the_next_migration(policy):
    ClinicSettings.objects.update_or_create(site=Site.objects.get(), defaults={"privacy_page": policy})
    ReferenceIndex.objects.all().delete()
    assert not leading_to([policy])
    catch_up()
    assert leading_to([policy])
