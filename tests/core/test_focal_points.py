"""What matters in a picture stays in view wherever a place cuts it, and the file can be another."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image, ImageChops
from wagtail.models import ReferenceIndex

from clinic.core.models import ClinicImage
from clinic.core.picture_places import ALL_SPECS, PLACES, shown_in
from clinic.core.renditions import make_missing_renditions
from tests.core.picture_files import encoded, upload
from tests.factories.pages import BlogIndexPageFactory, BlogPageFactory, HomePageFactory

pytestmark = pytest.mark.once

RED, TEAL = (255, 0, 0), (0, 128, 128)
# A tall picture and a wide one, with a red spot near each end.
TALL, WIDE = (600, 1600), (2400, 500)
SPOTS = [(TALL, 300, 90), (TALL, 300, 1510), (WIDE, 90, 250), (WIDE, 2310, 250)]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def with_spot(size, x, y):
    """A teal picture whose red spot is its focal point."""
    picture = Image.new("RGB", size, TEAL)
    picture.paste(RED, (x - 40, y - 40, x + 40, y + 40))
    file = ContentFile(encoded(picture, "JPEG"), name="a.jpg")
    focus = {"focal_point_x": x, "focal_point_y": y, "focal_point_width": 80, "focal_point_height": 80}
    return ClinicImage.objects.create(title="Spot", file=file, **focus)


def red_parts(rendition):
    """How many pixels of it are red."""
    with Image.open(BytesIO(rendition.file.read())) as picture:
        reds, greens, _blues = picture.convert("RGB").split()
    red = ImageChops.multiply(reds.point(lambda v: 255 * (v > 180)), greens.point(lambda v: 255 * (v < 80)))
    return red.histogram()[255]


@pytest.mark.parametrize("place", ["card", "person card", "person"])
@pytest.mark.parametrize(("size", "x", "y"), SPOTS)
def test_what_matters_is_in_every_cut(db, place, size, x, y):
    image = with_spot(size, x, y)
    spec = next(spec for spec in PLACES[place].specs if spec.startswith("format-jpeg"))
    rendition = image.make_rendition(spec)
    scale = rendition.width / min(size[0], size[1] * rendition.width / rendition.height)
    assert red_parts(rendition) > 0.9 * (80 * scale) ** 2


def test_a_card_has_the_proportions_that_the_stylesheet_gives_it(db):
    image = with_spot(TALL, 300, 90)
    rendition = image.make_rendition("format-jpeg|fill-400x225")
    assert (rendition.width, rendition.height) == (400, 225)


@pytest.mark.parametrize("y", [0, 90, 470, 700, 800, 900, 1130, 1510, 1600])
def test_what_matters_is_in_the_strip_above_a_post(db, y):
    image = with_spot(TALL, 300, y)
    image.make_rendition("format-jpeg|width-400")
    words = shown_in("article", image)
    position = int(words.partition("focus-")[2].partition('"')[0]) / 10
    for seen in (0.2, 0.35, 0.5, 0.8, 1):
        # As object-position places it: that part of what is cut off lies above.
        above = (1 - seen) * position
        assert above - 0.001 <= y / 1600 <= above + seen + 0.001


def test_the_stylesheet_knows_every_position(settings):
    css = (Path(settings.BASE_DIR) / "static/css/site/13-reading.css").read_text(encoding="utf-8")
    for tenths in {*range(11)} - {5}:
        assert f".focus-{tenths} {{\n    object-position: 50% {tenths * 10}%;" in css


def test_a_picture_without_focal_point_shows_its_middle(db):
    image = with_spot(TALL, 300, 90)
    image.set_focal_point(None)
    image.save()
    image.make_rendition("format-jpeg|width-400")
    assert "focus-" not in shown_in("article", image)


def test_another_file_keeps_the_uses_and_leaves_nothing_of_the_old_one(
    client, django_user_model, db, django_capture_on_commit_callbacks
):
    client.force_login(django_user_model.objects.create_superuser("editor", "editor@example.org", "x"))
    image = with_spot(TALL, 300, 1510)
    blog = BlogIndexPageFactory(parent=HomePageFactory.make_site())
    post = BlogPageFactory(parent=blog, picture=image)
    make_missing_renditions(most=1000)
    storage, old = image.file.storage, image.file.name
    copies = [rendition.file.name for rendition in image.renditions.all()]
    data = {"title": "Spot", "description": "A red spot", "collection": image.collection_id}
    parts = [f"focal_point_{part}" for part in ("x", "y", "width", "height")]
    focus = {part: getattr(image, part) for part in parts}
    file = upload(encoded(Image.new("RGB", (300, 200), RED), "JPEG"), "new.jpg")
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("wagtailimages:edit", args=[image.pk]), {**data, **focus, "file": file})
    assert answer.status_code == 302

    image = ClinicImage.objects.get()
    assert (image.width, image.height) == (300, 200)
    # It told of places in the old file.
    assert not image.has_focal_point()
    post.refresh_from_db()
    assert post.picture == image
    assert ReferenceIndex.get_references_to(image).count() == 1
    assert not image.renditions.exists()
    assert not any(storage.exists(name) for name in [old, *copies])
    assert make_missing_renditions(most=1000) == len(ALL_SPECS)
    shown = client.get(post.url).content.decode()
    assert image.renditions.get(filter_spec="format-webp|width-400").url in shown
    assert not any(name in shown for name in copies)
