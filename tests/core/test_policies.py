"""Policies: what held before stays readable, and what will hold is announced."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from clinic.core.kept_pages.addresses import kept_addresses
from clinic.core.models import PolicyPage, PolicyVersion
from tests.factories.pages import HomePageFactory, PolicyIndexPageFactory, PolicyPageFactory
from tests.factories.users import UserFactory


def day(days):
    return timezone.localdate() + timedelta(days=days)


def text(words):
    return [("text", f"<p>{words}</p>")]


@pytest.fixture
def policy(db):
    """A policy as a release that keeps no versions left it."""
    index = PolicyIndexPageFactory(parent=HomePageFactory.make_site())
    return PolicyPageFactory(parent=index, effective_date=day(-100), body=text("We keep letters."))


def publish(policy, words, effective_date):
    page = PolicyPage.objects.get(pk=policy.pk)
    page.body, page.effective_date = text(words), effective_date
    page.full_clean()
    page.save_revision().publish()


def shown(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_what_held_before_can_be_read_at_its_own_address(client, policy):
    publish(policy, "We keep no letters.", day(-1))
    html = shown(client, policy.url)
    assert "We keep no letters." in html and "We keep letters." not in html
    before = PolicyVersion.objects.get(effective_date=day(-100))
    address = f"{policy.url}version/{before.pk}/"
    assert address in html
    html = shown(client, address)
    assert "We keep letters." in html and "This is an earlier text." in html and f'"{policy.url}"' in html
    assert 'name="robots" content="noindex"' in html
    assert address in kept_addresses()


def test_a_text_that_is_to_come_waits_for_its_day(client, policy, monkeypatch):
    publish(policy, "We keep no letters.", day(10))
    html = shown(client, policy.url)
    assert "We keep letters." in html and "We keep no letters." not in html
    assert f"From {date_format(day(10))} this changes." in " ".join(html.split())
    coming = PolicyVersion.objects.get(effective_date=day(10))
    html = shown(client, f"{policy.url}version/{coming.pk}/")
    assert "We keep no letters." in html and "This text does not hold yet." in html
    then = day(10)
    monkeypatch.setattr(timezone, "localdate", lambda *_: then)
    assert "We keep no letters." in shown(client, policy.url)


def test_publishing_the_same_again_keeps_nothing_twice(policy):
    for _time in range(2):
        publish(policy, "We keep no letters.", day(0))
    assert PolicyVersion.objects.count() == 2


def test_a_correction_of_the_same_day_leaves_the_uncorrected_text_readable(client, policy):
    publish(policy, "We keep mo letters.", day(0))
    publish(policy, "We keep no letters.", day(0))
    html = shown(client, policy.url)
    assert "We keep no letters." in html
    assert html.count("version/") == 2


def test_a_text_may_not_hold_from_before_the_one_that_readers_know(client, policy):
    publish(policy, "We keep no letters.", day(0))
    client.force_login(UserFactory(superuser=True))
    address = reverse("wagtailadmin_pages:edit", args=[policy.pk])
    form = client.get(address).context["form"]
    data = {
        name: form[name].value() or "" for name in form.fields if name not in ("body", "earlier_versions")
    }
    data |= {"body-count": "0", "earlier_versions-count": "0", "effective_date": day(-5).isoformat()}
    data |= {"share_pictures-TOTAL_FORMS": "0", "share_pictures-INITIAL_FORMS": "0"}
    data |= {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    answer = client.post(address, {**data, "action-publish": "1"})
    assert answer.status_code == 200
    assert f"A text that holds from {date_format(day(0))} is published already." in answer.content.decode()


def test_a_text_to_come_gives_way_to_one_that_holds_sooner(client, policy):
    publish(policy, "We keep no letters.", day(9000))
    for _time in range(2):
        publish(policy, "We keep some letters.", day(10))
    html = " ".join(shown(client, policy.url).split())
    assert f"From {date_format(day(10))} this changes." in html
    assert date_format(day(9000)) not in html
    withdrawn = PolicyVersion.objects.get(effective_date=day(9000))
    assert client.get(f"{policy.url}version/{withdrawn.pk}/").status_code == 404
    assert PolicyVersion.objects.count() == 3


def test_a_draft_and_an_unpublished_policy_keep_nothing(policy):
    page = PolicyPage.objects.get(pk=policy.pk)
    page.body = text("Only thought of.")
    page.save_revision()
    assert not PolicyVersion.objects.exists()
    page.unpublish()
    PolicyVersion.keep_published(policy.pk)
    assert not PolicyVersion.objects.exists()


def test_an_unknown_version_and_that_of_another_policy_are_not_found(client, policy):
    other = PolicyPageFactory(parent=policy.get_parent().specific, title="Other")
    publish(policy, "We keep no letters.", day(0))
    key = PolicyVersion.objects.first().pk
    assert client.get(f"{other.url}version/{key}/").status_code == 404
    assert client.get(f"{policy.url}version/999999/").status_code == 404


@pytest.mark.parametrize("number", [2, 30])
def test_a_policy_with_many_versions_asks_no_more(client, policy, count_queries, number):
    for times in range(number):
        publish(policy, f"Text {times}.", day(0))
    assert count_queries(lambda: client.get(policy.url)) <= 6
