"""Views of the list: kept as filters and nothing else, for oneself or for colleagues."""

import pytest
from django.contrib.auth.models import Group

from consults.models import AuditEvent, SavedView
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory, take_from_the_desk

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ALL = "/admin/requests/all/"
VIEWS = "/admin/requests/views/"


def keep(client, query="", name="Phones", **data):
    return client.post(f"{VIEWS}{query}", {"name": name, **data})


def colleagues_view(**columns):
    columns = {"name": "Theirs", "query": "channel=phone", **columns}
    return SavedView.objects.create(owner=UserFactory(group="Front desk"), **columns)


def test_a_view_is_kept_shown_and_used(client, desk):
    query = f"?channel=phone&assignee={desk.pk}&received_from=2026-11-01&received_to=2026-11-20&age=7"
    response = keep(client, query)
    view = SavedView.objects.get()
    assert (view.owner, view.is_shared, view.name) == (desk, False, "Phones")
    assert set(view.query.split("&")) == set(query.removeprefix("?").split("&"))
    assert response.url == f"{ALL}?{view.query}"
    page = client.get(response.url).content.decode()
    assert f'<a href="{VIEWS}{view.pk}/">Phones</a>' in page
    opened = client.get(f"{VIEWS}{view.pk}/")
    assert (opened.status_code, opened.url) == (302, f"{ALL}?{view.query}")
    listed = client.get(opened.url).context["filters"].form
    assert listed.cleaned_data["assignee"] == desk


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("?q=Markersearch&p=2&ordering=-status&channel=web", "channel=web"),
        ("?reference=Markersearch&name=Markersearch", ""),
        ("?channel=Markersearch", ""),
        ("?channel=web&received_from=Markersearch", ""),
        ("?assignee=999999&status=new", ""),
        ("?status=new%00", ""),
        ("?channel=web&channel=phone", "channel=phone"),
    ],
)
def test_nothing_but_filters_is_kept(client, desk, query, kept):
    response = keep(client, query)
    assert response.status_code == 302
    assert "Markersearch" not in response.url
    assert SavedView.objects.get().query == kept


def test_neither_page_hands_on_what_is_no_filter(client, desk):
    for address in (ALL, VIEWS):
        page = client.get(address, {"channel": "web", "x": "Markersearch"}).content.decode()
        assert f'{VIEWS}?channel=web"' in page
        assert f"{VIEWS}?channel=web&" not in page


def test_a_view_that_no_longer_holds_leads_to_the_list(client, desk):
    view = SavedView.objects.create(owner=desk, name="Old", query="channel=pigeon&x=1")
    assert client.get(f"{VIEWS}{view.pk}/").url == ALL


def test_one_of_the_same_name_is_replaced(client, desk):
    keep(client, "?channel=web")
    keep(client, "?channel=phone", is_shared="on")
    view = SavedView.objects.get()
    assert (view.query, view.is_shared) == ("channel=phone", True)


@pytest.mark.parametrize("name", ["", " " * 5])
def test_a_view_needs_a_name(client, desk, name):
    response = keep(client, "?channel=web", name=name)
    assert response.status_code == 422
    assert "Give the view a name." in response.content.decode()
    assert f'action="{VIEWS}?channel=web"' in response.content.decode()
    assert not SavedView.objects.exists()


def test_a_long_name_is_refused_and_stays_to_be_shortened(client, desk):
    response = keep(client, name="x" * 61)
    assert response.status_code == 422
    assert "Use 60 characters or fewer." in response.content.decode()
    assert "x" * 61 in response.content.decode()


def test_twenty_are_enough(client, desk):
    for number in range(20):
        assert keep(client, name=f"View {number}").status_code == 302
    assert "Delete one of them first." in keep(client, name="One more").content.decode()
    assert keep(client, name="View 3").status_code == 302
    assert SavedView.objects.count() == 20


def test_a_name_is_shown_as_it_was_written(client, desk):
    keep(client, name="<b>x</b>")
    for address in (ALL, VIEWS):
        assert "<b>x</b>" not in client.get(address).content.decode()


# --- colleagues ------------------------------------------------------------------------------------------


def test_what_a_colleague_shares_is_seen_and_not_deleted(client, desk):
    view = colleagues_view(is_shared=True)
    page = client.get(ALL).content.decode()
    assert f"Theirs</a> ({view.owner})" in page
    assert client.get(f"{VIEWS}{view.pk}/").url == f"{ALL}?channel=phone"
    assert client.post(f"{VIEWS}{view.pk}/delete/").status_code == 404
    assert SavedView.objects.exists()


def test_what_a_colleague_keeps_private_is_not_there(client, desk):
    view = colleagues_view()
    assert "Theirs" not in client.get(ALL).content.decode()
    assert client.get(f"{VIEWS}{view.pk}/").status_code == 404
    assert client.post(f"{VIEWS}{view.pk}/delete/").status_code == 404
    assert SavedView.objects.exists()


def test_views_of_somebody_who_left_are_gone(client, desk):
    view = colleagues_view(is_shared=True)
    view.owner.is_active = False
    view.owner.save()
    assert "Theirs" not in client.get(ALL).content.decode()
    assert client.get(f"{VIEWS}{view.pk}/").status_code == 404


def test_ones_own_is_deleted_and_no_request_with_it(client, desk):
    make_consult()
    keep(client)
    view = SavedView.objects.get()
    assert f"{VIEWS}{view.pk}/delete/" in client.get(VIEWS).content.decode()
    assert client.get(f"{VIEWS}{view.pk}/delete/").status_code == 405
    assert client.post(f"{VIEWS}{view.pk}/delete/").url == ALL
    assert not SavedView.objects.exists()
    assert len(client.get(ALL).context["object_list"]) == 1


def test_whoever_lost_the_right_uses_none(client, desk):
    keep(client)
    view = SavedView.objects.get()
    take_from_the_desk(desk)
    desk.groups.set([Group.objects.get(name="Editors")])
    for answer in (
        client.get(VIEWS),
        client.get(f"{VIEWS}{view.pk}/"),
        keep(client, name="Another"),
        client.post(f"{VIEWS}{view.pk}/delete/"),
    ):
        assert answer.status_code == 403
    assert SavedView.objects.count() == 1


def test_the_list_replaced_by_a_filter_brings_its_own_links(client, desk):
    """The page around the results stays as it was when somebody filters with JavaScript."""
    page = client.get("/admin/requests/all/results/", {"channel": "phone"}).content.decode()
    assert f'href="{VIEWS}?channel=phone"' in page


def test_thirty_views_ask_the_database_as_often_as_one(client, desk, count_queries):
    colleagues_view(is_shared=True)
    one = count_queries(lambda: client.get(ALL))
    for number in range(29):
        colleagues_view(is_shared=True, name=f"View {number}")
    assert count_queries(lambda: client.get(ALL)) == one


def test_keeping_a_view_is_no_event_of_a_request(client, desk):
    keep(client)
    assert not AuditEvent.objects.exists()
