"""A page whose time is over can be saved, and so can what was typed before an upgrade."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from clinic.core.models import ClinicImage, SharePicture, StandardPage
from clinic.core.moments import WRONG_YEAR
from tests.core.picture_files import encoded
from tests.factories.pages import HomePageFactory, StandardPageFactory
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def expired(client):
    client.force_login(UserFactory(superuser=True))
    page = StandardPageFactory(parent=HomePageFactory.make_site(), slug="about", title="About")
    page.expire_at = (timezone.now() - timedelta(days=3)).replace(second=0, microsecond=0)
    page.save_revision().publish()
    call_command("publish_scheduled")
    page.refresh_from_db()
    assert page.expired
    return page


def local(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")


def post(client, page, action, **changes):
    fields = {"title": "About us", "slug": "about", "body": streamfield([]), action: "yes"}
    fields["share_pictures"] = inline_formset([])
    return client.post(edit_address(page), nested_form_data({**fields, **changes}))


def edit_address(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_it_is_saved_as_a_draft_and_keeps_its_date(client, expired):
    answer = post(client, expired, "action-save", expire_at=local(expired.expire_at))
    assert answer.status_code == 302
    page = StandardPage.objects.get()
    assert (page.live, page.get_latest_revision_as_object().title) == (False, "About us")
    assert page.get_latest_revision_as_object().expire_at == expired.expire_at


@pytest.mark.parametrize("action", ["action-publish", "action-submit"])
def test_what_keeps_it_from_being_published_is_said_above_the_page(client, expired, action):
    answer = post(client, expired, action, expire_at=local(expired.expire_at))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count("Expiry date/time must be in the future") == 0
    assert " the time of this page is over. To publish it, " in page
    assert "clear “Expiry date/time”" in page
    assert list(answer.context["form"].errors) == ["expire_at", "__all__"]
    assert StandardPage.objects.get().title == "About"


def test_without_the_date_it_is_published_again(client, expired):
    assert post(client, expired, "action-publish", expire_at="").status_code == 302
    page = StandardPage.objects.get()
    assert (page.live, page.expired, page.expire_at) == (True, False, None)
    call_command("publish_scheduled")
    assert client.get("/about/").status_code == 200


def test_a_new_date_that_is_over_is_still_refused(client, expired):
    earlier = local(expired.expire_at - timedelta(days=1))
    answer = post(client, expired, "action-save", expire_at=earlier)
    assert answer.context["form"].errors["expire_at"] == ["Expiry date/time must be in the future."]


def test_a_form_that_was_open_before_rows_came_with_an_upgrade_is_taken(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(UserFactory(superuser=True))
    page = StandardPageFactory(parent=HomePageFactory.make_site(), slug="about", title="About")
    file = ContentFile(encoded(Image.new("RGB", (600, 400), "teal"), "JPEG"), name="lake.jpg")
    picture = ClinicImage.objects.create(title="A lake", description="A quiet lake", file=file)
    SharePicture.objects.create(page=page, picture=picture)
    fields = {"title": "About us", "slug": "about", "body": streamfield([]), "action-publish": "yes"}
    assert client.post(edit_address(page), nested_form_data(fields)).status_code == 302
    assert StandardPage.objects.get().title == "About us"
    assert list(SharePicture.objects.values_list("picture", flat=True)) == [picture.pk]


@pytest.mark.parametrize("title", ["About us", ""])
def test_one_that_was_open_before_blocks_came_with_an_upgrade_keeps_them(client, title):
    client.force_login(UserFactory(superuser=True))
    body = [("heading", {"text": "Kept as it is"})]
    page = StandardPageFactory(parent=HomePageFactory.make_site(), slug="about", title="About", body=body)
    fields = {"title": title, "slug": "about", "action-publish": "yes", "share_pictures": inline_formset([])}
    answer = client.post(edit_address(page), nested_form_data(fields))
    # Refused or taken, nothing is lost.
    assert answer.status_code == (302 if title else 200)
    page = StandardPage.objects.get()
    assert page.title == (title or "About")
    assert [block.value["text"] for block in page.body] == ["Kept as it is"]
    assert title or "Kept as it is" in answer.content.decode()


@pytest.mark.parametrize("name", ["go_live_at", "expire_at"])
@pytest.mark.parametrize("action", ["action-save", "action-publish"])
def test_a_year_beyond_all_clocks_is_refused_above_the_page(client, expired, name, action):
    answer = post(client, expired, action, **{"expire_at": "", name: "9999-12-31 23:59"})
    assert answer.status_code == 200
    assert answer.context["form"].errors[name] == [WRONG_YEAR]
    assert WRONG_YEAR in answer.context["form"].non_field_errors()[0]
