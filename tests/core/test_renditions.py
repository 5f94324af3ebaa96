"""No page waits for an encoder, and a failing picture costs its own place only."""

import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
import time_machine
from django.conf import settings as django_settings
from django.core.files.base import ContentFile
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from wagtail.images.models import Filter

from clinic.core.models import ClinicImage
from clinic.core.picture_places import ALL_SPECS, PLACES
from clinic.core.renditions import PAUSE_AFTER_FAILURE, make_missing_renditions
from tests.core.picture_files import KINDS, encoded, upload
from tests.factories.pages import (
    BlogIndexPageFactory,
    BlogPageFactory,
    HomePageFactory,
    PersonPageFactory,
    TeamIndexPageFactory,
    TreatmentIndexPageFactory,
    TreatmentPageFactory,
)

pytestmark = pytest.mark.once

TEMPLATES = sorted((Path(django_settings.BASE_DIR) / "templates").rglob("*.html"))


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def stored(content=None, title="IMG_4711"):
    """A picture as the admin stores it."""
    content = content or encoded(Image.new("RGB", (1600, 900), "teal"), "JPEG")
    return ClinicImage.objects.create(title=title, file=ContentFile(content, name="a.jpg"))


def spoiled(image):
    """The same picture after something happened to its file."""
    Path(image.file.path).write_bytes(b"spoiled")
    return image


@pytest.fixture
def no_encoder(monkeypatch):
    """An encoder that must not be asked."""

    def run(*args, **kwargs):
        pytest.fail("a page asked for an encoder")

    monkeypatch.setattr(Filter, "run", run)


def pages_with(picture):
    """Pages of every kind that shows pictures, with this one in each place."""
    figure = {"image": picture.pk, "alt_text": "A lake", "decorative": False}
    home = HomePageFactory.make_site()
    blog = BlogIndexPageFactory(parent=home)
    treatments = TreatmentIndexPageFactory(parent=home)
    team = TeamIndexPageFactory(parent=home)
    body = [{"type": "figure", "value": {"image": figure, "caption": "Words below", "source": ""}}]
    post = BlogPageFactory(parent=blog, picture=picture, body=body)
    treatment = TreatmentPageFactory(parent=treatments, picture=picture)
    person = PersonPageFactory(parent=team, portrait=picture)
    return [home, blog, treatments, team, post, treatment, person]


@pytest.mark.parametrize("spoil", [False, True])
def test_no_public_page_encodes_or_fails(client, db, no_encoder, spoil):
    picture = stored()
    if spoil:
        spoiled(picture)
    for page in pages_with(picture):
        answer = client.get(page.url)
        assert answer.status_code == 200
        assert "<img" not in answer.content.decode() and "Words below" not in answer.content.decode()


def test_every_place_shows_the_picture_once_the_worker_was_there(client, db):
    picture = stored()
    assert make_missing_renditions(most=1000) == len(ALL_SPECS)
    for page in pages_with(picture)[1:]:
        words = client.get(page.url).content.decode()
        for form in ("image/avif", "image/webp"):
            assert form in words
        assert "IMG_4711" not in words


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_of_file_can_be_made_in_every_size_and_format(db, name):
    stored(KINDS[name])
    assert make_missing_renditions(most=1000) == len(ALL_SPECS)


def test_what_was_made_is_not_made_again(db):
    stored()
    make_missing_renditions(most=1000)
    assert make_missing_renditions(most=1000) == 0


def test_a_pass_does_as_much_as_it_is_told(db):
    stored()
    assert make_missing_renditions(most=4) == 4
    assert make_missing_renditions(most=1000) == len(ALL_SPECS) - 4


def test_a_spoiled_picture_holds_up_no_other_and_is_tried_again_later(db):
    whole, broken = stored(), spoiled(stored())
    with time_machine.travel(timezone.now(), tick=False) as clock:
        assert make_missing_renditions(most=1000) == len(ALL_SPECS)
        Path(broken.file.path).write_bytes(Path(whole.file.path).read_bytes())
        assert make_missing_renditions(most=1000) == 0
        clock.shift(PAUSE_AFTER_FAILURE + timedelta(seconds=1))
        assert make_missing_renditions(most=1000) == len(ALL_SPECS)


def test_tries_in_vain_count_too_so_that_other_duties_wait_no_longer_for_a_spoiled_picture(db, caplog):
    spoiled(stored())
    assert make_missing_renditions(most=4) == 0
    assert len([line for line in caplog.messages if "can't be made" in line]) == 4


def test_while_a_size_is_missing_another_is_shown(db, no_encoder_after):
    image = stored()
    image.make_rendition("format-jpeg|width-400")
    no_encoder_after()
    words = render_to_string("components/person_card.html", {"portrait": image, "title": "x"})
    assert "width-400" in words
    assert image.get_rendition("width-800").filter_spec == "format-jpeg|width-400"


@pytest.fixture
def no_encoder_after(monkeypatch):
    """A function after which no encoder may be asked."""

    def forbid():
        monkeypatch.setattr(Filter, "run", lambda *args, **kwargs: pytest.fail("a page asked for an encoder"))

    return forbid


def test_another_focal_point_brings_other_cuts(client, django_user_model, db):
    client.force_login(django_user_model.objects.create_superuser("editor", "editor@example.org", "x"))
    image = stored()
    make_missing_renditions(most=1000)
    data = {"title": "Lake", "description": "A lake", "collection": image.collection_id}
    focus = {f"focal_point_{part}": 50 for part in ("x", "y", "width", "height")}
    assert client.post(reverse("wagtailimages:edit", args=[image.pk]), {**data, **focus}).status_code == 302
    cut = [spec for spec in ALL_SPECS if "fill-" in spec]
    assert make_missing_renditions(most=1000) == len(cut)


@pytest.mark.parametrize(
    "address",
    [
        "wagtailimages:index",
        "wagtailimages_chooser:choose",
        "wagtailimages:edit",
        "wagtailimages:delete",
        "wagtailimages_chooser:chosen",
        "wagtailimages_chooser:select_format",
    ],
)
def test_a_spoiled_picture_takes_no_page_of_the_admin_down(client, django_user_model, db, address):
    client.force_login(django_user_model.objects.create_superuser("editor", "editor@example.org", "x"))
    image = spoiled(stored())
    of_one = address not in ("wagtailimages:index", "wagtailimages_chooser:choose")
    answer = client.get(reverse(address, args=[image.pk] if of_one else []))
    assert answer.status_code == 200


def test_the_page_of_a_spoiled_pictures_post_can_be_edited(client, django_user_model, db):
    client.force_login(django_user_model.objects.create_superuser("editor", "editor@example.org", "x"))
    post = pages_with(spoiled(stored()))[4]
    assert client.get(reverse("wagtailadmin_pages:edit", args=[post.pk])).status_code == 200
    assert client.get(post.url).status_code == 200


def test_templates_ask_for_pictures_by_place_only():
    """Wagtail's own tags would encode, or show a broken picture."""
    for path in TEMPLATES:
        words = path.read_text(encoding="utf-8")
        assert "wagtailimages_tags" not in words, path
        for place in re.findall(r'picture_for "([^"]+)"', words):
            assert place in PLACES, path


def test_a_renditions_bytes_tell_nothing_of_the_camera(db):
    exif = Image.Exif()
    exif[0x010E] = "MARKER"
    stored(encoded(Image.new("RGB", (60, 40), "teal"), "JPEG", exif=exif))
    make_missing_renditions(most=1000)
    for rendition in ClinicImage.objects.get().renditions.all():
        content = rendition.file.read()
        assert b"MARKER" not in content
        with Image.open(BytesIO(content)) as picture:
            assert not picture.getexif()


def test_the_editor_hears_of_a_spoiled_picture_and_can_replace_its_file(client, django_user_model, db):
    client.force_login(django_user_model.objects.create_superuser("editor", "editor@example.org", "x"))
    image = spoiled(stored())
    address = reverse("wagtailimages:edit", args=[image.pk])
    make_missing_renditions(most=1000)
    assert "No page can show this picture" in client.get(address).content.decode()
    data = {"title": "Lake", "description": "A lake", "collection": image.collection_id}
    client.post(address, {**data, "file": upload(KINDS["phone.heic"], "IMG_1.HEIC")})
    assert "No page can show this picture" not in client.get(address).content.decode()
    assert make_missing_renditions(most=1000) == len(ALL_SPECS)


@pytest.mark.parametrize("spoil", [False, True])
def test_pictures_of_a_list_cost_no_query_each(client, count_queries, spoil):
    blog = BlogIndexPageFactory(parent=HomePageFactory.make_site())

    def queries_with(number):
        for _ in range(number):
            image = spoiled(stored()) if spoil else stored()
            BlogPageFactory(parent=blog, picture=image)
        make_missing_renditions(most=1000)
        return count_queries(lambda: client.get(blog.url))

    assert queries_with(1) == queries_with(3)
