"""A page is removed, not deleted, by every door of the admin; and it comes back as it was."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision

from blog.models import BlogPage
from clinic.core.models import HomePage, StandardPage
from clinic.core.removed_pages import hidden_root, is_removed
from clinic.locations.models import LocationPage
from clinic.removal.hiding import stays_away_while_removed
from clinic.removal.models import Removal
from clinic.removal.purging import KEPT_DAYS, remove_what_is_over
from clinic.removal.removing import remove
from clinic.removal.restoring import CannotRestore, restore
from tests.factories.pages import (
    BlogPageFactory,
    LocationIndexPageFactory,
    LocationPageFactory,
    StandardPageFactory,
)
from tests.factories.users import UserFactory
from tests.removal.conftest import link_to

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LIST = "/admin/removed-pages/"


def fresh(page):
    return Page.objects.get(pk=page.pk)


def delete_by_view(client, page):
    return client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True)


def delete_in_bulk(client, page):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    return client.post(f"{address}?id={page.pk}&next=/admin/", follow=True)


@pytest.mark.parametrize("delete", [delete_by_view, delete_in_bulk])
def test_deleting_in_the_admin_removes_and_keeps_the_key(client, editor, post, delete):
    answer = delete(client, post)
    assert "this can be undone under Reports" in answer.content.decode()
    away = fresh(post)
    assert is_removed(away) and not away.live and away.title == "A ride home"
    assert Removal.objects.get().removed_by == editor
    assert client.get(post.url).status_code == 404


def test_the_question_before_says_what_happens_and_what_leads_there(client, editor, post, home):
    StandardPageFactory(parent=home, title="Directions", body=[("text", link_to(post))])
    page = client.get(reverse("wagtailadmin_pages:delete", args=[post.pk])).content.decode()
    assert "What leads here" in page and "Directions" in page and "Yes, remove it" in page
    assert not is_removed(fresh(post))


@pytest.mark.parametrize("action", ["delete", "move", "unpublish"])
def test_no_other_door_of_the_admin_goes_around_it(client, post, action):
    client.force_login(UserFactory(superuser=True))
    answer = client.post(f"/admin/api/main/pages/{post.pk}/action/{action}/")
    assert answer.status_code == 404
    assert fresh(post).live and not is_removed(fresh(post))


def test_children_go_along_and_come_back(client, section):
    client.force_login(UserFactory(superuser=True))
    child = section.get_children().get()
    delete_by_view(client, section)
    assert is_removed(fresh(child)) and not fresh(child).live
    assert client.get("/visits/first/").status_code == 404
    removal = Removal.objects.get()
    answer = client.post(reverse("restore_page", args=[removal.pk]), follow=True)
    assert "is back where it stood" in answer.content.decode()
    assert client.get("/visits/first/").status_code == client.get("/visits/").status_code == 200
    assert fresh(section).slug == "visits" and not Removal.objects.exists()


def test_links_work_again_after_restoring(client, editor, post, home):
    StandardPageFactory(parent=home, slug="directions", body=[("text", link_to(post))])
    removal = remove(post, editor)
    assert 'href="/blog/ride-home/"' not in client.get("/directions/").content.decode()
    restore(removal, editor)
    assert 'href="/blog/ride-home/"' in client.get("/directions/").content.decode()


def test_a_draft_stays_a_draft_and_what_readers_saw_is_what_they_get(editor, post, blog):
    draft = BlogPageFactory(parent=blog, title="Not yet", live=False)
    post.title = "Half written"
    post.save_revision(user=editor)
    for page in (draft, post):
        restore(remove(page, editor), editor)
    assert not fresh(draft).live
    back = fresh(post)
    assert (back.live, back.title, back.has_unpublished_changes) == (True, "A ride home", True)
    assert post.get_latest_revision().as_object().title == "Half written"


def test_a_taken_slug_gives_another_one_and_says_so(client, editor, post, blog):
    removal = remove(post, editor)
    BlogPageFactory(parent=blog, title="Another", slug="ride-home")
    answer = client.post(reverse("restore_page", args=[removal.pk]), follow=True)
    assert "it stands at “ride-home-2”" in answer.content.decode()
    assert client.get("/blog/ride-home-2/").status_code == 200
    post.refresh_from_db()
    post.save_revision().publish()
    assert fresh(post).slug == "ride-home-2"


def test_the_newest_draft_keeps_the_new_slug(editor, post, blog):
    post.save_revision(user=editor)
    removal = remove(post, editor)
    BlogPageFactory(parent=blog, title="Another", slug="ride-home")
    restore(removal, editor)
    assert fresh(post).get_latest_revision().as_object().slug == "ride-home-2"


def test_two_of_one_slug_can_be_away_at_once(editor, post, blog):
    first = remove(post, editor)
    other = BlogPageFactory(parent=blog, title="Another", slug="ride-home")
    second = remove(other, editor)
    restore(first, editor)
    restore(second, editor)
    assert [fresh(post).slug, fresh(other).slug] == ["ride-home", "ride-home-2"]


def test_a_page_whose_parent_is_away_waits_for_it(client, editor, section):
    child = section.get_children().get()
    removal = remove(child, editor)
    above = remove(section, editor)
    answer = client.post(reverse("restore_page", args=[removal.pk]), follow=True)
    assert "Restore that page first" in answer.content.decode()
    restore(above, editor)
    restore(removal, editor)
    assert fresh(child).get_parent().pk == section.pk


def test_where_the_parent_is_gone_the_only_place_of_its_kind_takes_it(editor, post, blog, home):
    removal = remove(post, editor)
    Removal.objects.update(parent=None)
    restore(removal, editor)
    assert fresh(post).get_parent().pk == blog.pk
    page = StandardPageFactory(parent=home)
    StandardPageFactory(parent=home)
    removal = remove(page, editor)
    Removal.objects.update(parent=None)
    with pytest.raises(CannotRestore, match="no single page"):
        restore(removal, editor)
    assert is_removed(fresh(page))


def test_two_who_restore_at_once_get_a_clear_word(client, editor, post):
    removal = remove(post, editor)
    restore(removal, editor)
    with pytest.raises(CannotRestore, match="Somebody else"):
        restore(removal, editor)
    answer = client.post(reverse("restore_page", args=[removal.pk]), follow=True)
    assert "no longer here" in answer.content.decode()


def test_what_was_refused_stays_a_draft_with_its_reason(client, editor, home):
    post = LocationPageFactory(parent=LocationIndexPageFactory(parent=home))
    removal = remove(post, editor)
    LocationPage.objects.filter(pk=post.pk).update(phone="none")
    answer = client.post(reverse("restore_page", args=[removal.pk]), follow=True)
    assert "kept as drafts" in answer.content.decode()
    assert not fresh(post).live and not is_removed(fresh(post))


def test_what_shows_it_elsewhere_comes_back_with_it(client, editor, section, home):
    elsewhere = section.create_alias(parent=home, update_slug="same-visits", recursive=True)
    address = elsewhere.get_children().get().url
    unseen = section.create_alias(parent=home, update_slug="unseen")
    unseen.unpublish()
    removal = remove(section, editor)
    assert client.get(address).status_code == client.get(elsewhere.url).status_code == 404
    restore(removal, editor)
    assert client.get(address).status_code == client.get(elsewhere.url).status_code == 200
    assert not fresh(unseen).live


def test_a_schedule_ends_with_the_page(editor, post):
    post.go_live_at = timezone.now() + timedelta(days=2)
    post.save_revision(user=editor).publish()
    remove(post, editor)
    of_page = {"object_id": str(post.pk), "base_content_type": ContentType.objects.get_for_model(Page)}
    assert not Revision.objects.filter(**of_page, approved_go_live_at__isnull=False).exists()


# --- nowhere to be found ------------------------------------------------------------------------------------


@pytest.fixture(params=["Editors", "administrator"])
def somebody(request, client):
    is_editor = request.param == "Editors"
    user = UserFactory(group="Editors") if is_editor else UserFactory(superuser=True)
    client.force_login(user)
    return user


def test_no_list_of_the_admin_shows_it(client, somebody, post, blog):
    places = [
        reverse("wagtailadmin_explore", args=[blog.pk]),
        reverse("wagtailadmin_pages:search") + "?q=ride",
        reverse("wagtailadmin_choose_page") + "?page_type=blog.blogpage",
        reverse("wagtailadmin_choose_page_search") + "?q=ride",
        reverse("wagtailadmin_reports:aging_pages"),
        reverse("wagtailadmin_explore_root"),
        f"/admin/api/main/pages/?child_of={blog.pk}&for_explorer=1",
    ]
    before = [post.title in client.get(place).content.decode() for place in places]
    assert before[:2] == [True, True]
    remove(post, somebody)
    root = hidden_root().pk
    for place in places:
        page = client.get(place).content.decode()
        assert post.title not in page and f"/pages/{root}/" not in page, place
    for typed in (
        reverse("wagtailadmin_explore", args=[root]),
        f"{reverse('wagtailadmin_choose_page')}{root}/",
    ):
        assert post.title not in client.get(typed).content.decode(), typed


def test_an_old_address_in_the_admin_leads_to_where_it_can_come_back(client, somebody, post):
    remove(post, somebody)
    for name in ("edit", "delete", "copy"):
        answer = client.get(reverse(f"wagtailadmin_pages:{name}", args=[post.pk]))
        assert answer["Location"] == LIST, name
    answer = client.post(reverse("wagtailadmin_pages:edit", args=[post.pk]), {"action-publish": "1"})
    assert answer["Location"] == LIST and not fresh(post).live
    for action in ("publish", "delete"):
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        assert client.post(f"{address}?id={post.pk}&next=/admin/")["Location"] == LIST
    assert not fresh(post).live


def test_a_removed_draft_is_nothing_to_finish(client, editor, post):
    old = {"latest_revision_created_at": timezone.now() - timedelta(days=90), "owner": editor}
    Page.objects.filter(pk=post.pk).update(has_unpublished_changes=True, **old)
    for place in ("/admin/", "/admin/due/"):
        assert f"/admin/pages/{post.pk}/edit/" in client.get(place).content.decode(), place
    remove(post, editor)
    for place in ("/admin/", "/admin/due/"):
        assert f"/admin/pages/{post.pk}/edit/" not in client.get(place).content.decode(), place


def test_a_removed_page_may_not_go_live(editor, post):
    remove(post, editor)
    assert [reason.sentence for reason in stays_away_while_removed(fresh(post))] == [
        "This page was removed. Restore it under Reports → Removed pages first."
    ]


def test_nothing_can_be_put_below_one(client, editor, section, home):
    remove(section, editor)
    other = StandardPageFactory(parent=home)
    add = reverse("wagtailadmin_pages:add", args=["core", "standardpage", section.pk])
    assert client.get(add)["Location"] == LIST
    move = reverse("wagtailadmin_pages:move_confirm", args=[other.pk, section.pk])
    assert client.post(move)["Location"] == LIST
    assert fresh(other).get_parent().pk == home.pk


# --- for good -----------------------------------------------------------------------------------------------


def test_after_thirty_days_it_is_gone(editor, section, post):
    remove(section, editor)
    Removal.objects.update(removed_at=timezone.now() - timedelta(days=KEPT_DAYS, minutes=1))
    remove(post, editor)
    remove_what_is_over()
    assert not StandardPage.objects.exists() and is_removed(fresh(post))
    assert list(Removal.objects.values_list("page", flat=True)) == [post.pk]


def test_it_can_go_sooner_once_somebody_said_so_twice(client, editor, post):
    address = reverse("remove_page_for_good", args=[remove(post, editor).pk])
    assert "can’t come back" in client.get(address).content.decode()
    assert BlogPage.objects.exists()
    assert "gone for good" in client.post(address, follow=True).content.decode()
    assert not BlogPage.objects.exists() and not Removal.objects.exists()
    assert "no longer here" in client.post(address, follow=True).content.decode()


@pytest.mark.parametrize("group", ["Medical reviewers", "Front desk"])
def test_others_may_not(client, post, group):
    removal = remove(post)
    client.force_login(UserFactory(group=group))
    for name in ("restore_page", "remove_page_for_good"):
        assert client.post(reverse(name, args=[removal.pk])).headers["Location"] == "/admin/"
    assert client.get(LIST).headers["Location"] == "/admin/"
    assert is_removed(fresh(post))


def test_the_list_costs_the_same_for_many(client, editor, blog, count_queries):
    remove(BlogPageFactory(parent=blog), editor)
    few = count_queries(lambda: client.get(LIST))
    for _ in range(29):
        remove(BlogPageFactory(parent=blog), editor)
    assert count_queries(lambda: client.get(LIST)) == few


def test_new_pages_are_begun_as_ever(client, editor, post, blog):
    remove(post, editor)
    address = reverse("wagtailadmin_pages:add", args=["blog", "blogpage", blog.pk])
    assert client.get(address).status_code == 200


def test_the_home_page_is_found_as_ever(editor, home, post):
    remove(post, editor)
    assert HomePage.objects.get().live and hidden_root().depth == 2
