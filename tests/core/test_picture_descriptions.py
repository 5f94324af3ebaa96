"""Who uploads a picture describes it or says that it is decorative, and pages begin with that."""

import json

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image
from wagtail.models import Collection

from clinic.core.blocks.media import FigureBlock
from clinic.core.models import ClinicImage
from clinic.core.picture_forms import UNDESCRIBED
from tests.core.picture_files import encoded, upload

pytestmark = pytest.mark.once

FILE = encoded(Image.new("RGB", (60, 40), "teal"), "JPEG")
DESCRIBED = {"description": "A lake at dawn"}
DECORATIVE = {"description": "", "is_decorative": "on"}
NEITHER = {"description": "  "}


@pytest.fixture
def editor(client, django_user_model, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(django_user_model.objects.create_superuser("editor", "editor@example.org", "x"))
    return client


def stored(**fields):
    """A picture that is there."""
    return ClinicImage.objects.create(title="Lake", file=ContentFile(FILE, name="a.jpg"), **fields)


def form(said, prefix="", file=True):
    """What a form with these answers sends."""
    data = {"title": "Lake", "collection": Collection.get_first_root_node().pk, **said}
    if file:
        data["file"] = upload(FILE, "a.jpg")
    return {f"{prefix}{name}": value for name, value in data.items()}


def by_itself(editor, said):
    return editor.post(reverse("wagtailimages:add"), form(said)).content.decode()


def by_chooser(editor, said):
    answer = editor.post(reverse("wagtailimages_chooser:create"), form(said, "image-chooser-upload-"))
    return json.loads(answer.content).get("htmlFragment", "")


DOORS = [by_itself, by_chooser]


@pytest.mark.parametrize("door", DOORS)
def test_without_either_it_says_what_to_do_and_stores_nothing(editor, door):
    assert UNDESCRIBED in door(editor, NEITHER)
    assert not ClinicImage.objects.exists()


@pytest.mark.parametrize("said", [DESCRIBED, DECORATIVE])
@pytest.mark.parametrize("door", DOORS)
def test_with_either_it_comes_in(editor, door, said):
    door(editor, said)
    image = ClinicImage.objects.get()
    assert (image.description, image.is_decorative) == (said["description"], "is_decorative" in said)


def test_one_of_many_is_asked_for_after_its_file(editor):
    data = {"title": "IMG_1", "files[]": upload(FILE, "IMG_1.jpg")}
    asked = json.loads(editor.post(reverse("wagtailimages:add_multiple"), data).content)
    assert "is_decorative" in asked["form"] and UNDESCRIBED not in asked["form"]
    number = asked["image_id"]
    address, prefix = reverse("wagtailimages:edit_multiple", args=[number]), f"image-{number}-"
    answer = json.loads(editor.post(address, form(NEITHER, prefix, file=False)).content)
    assert not answer["success"] and UNDESCRIBED in answer["form"]
    assert json.loads(editor.post(address, form(DECORATIVE, prefix, file=False)).content)["success"]
    assert ClinicImage.objects.get().is_decorative


def test_the_page_of_a_picture_asks_too(editor):
    image = stored(description="A lake")
    address = reverse("wagtailimages:edit", args=[image.pk])
    assert UNDESCRIBED in editor.post(address, form(NEITHER, file=False)).content.decode()
    assert editor.post(address, form({**DESCRIBED, "credit": "Ana Ruiz"}, file=False)).status_code == 302
    image.refresh_from_db()
    assert (image.description, image.credit) == ("A lake at dawn", "Ana Ruiz")


@pytest.mark.parametrize(
    ("fields", "typed", "expected"),
    [
        ({"is_decorative": True}, {}, (True, "")),
        ({"is_decorative": True}, {"alt_text": "A lake"}, (False, "A lake")),
        ({"description": "A lake"}, {"decorative": "on"}, (True, "")),
        ({"description": "A lake"}, {}, (False, "A lake")),
        ({"description": "A lake"}, {"alt_text": "Dawn"}, (False, "Dawn")),
        ({}, {}, (False, "")),
    ],
)
def test_a_figure_begins_with_what_the_picture_says(editor, fields, typed, expected):
    image = stored(**fields)
    data = {"image": str(image.pk), "alt_text": "", **typed}
    data = {f"x-{name}": value for name, value in data.items()}
    value = FigureBlock().child_blocks["image"].value_from_datadict(data, {}, "x")
    assert (bool(value.decorative), value.contextual_alt_text) == expected


@pytest.mark.django_db
def test_a_decorative_picture_suggests_no_words():
    assert ClinicImage(description="A lake", is_decorative=True).default_alt_text == ""


@pytest.mark.parametrize(
    ("caption", "credit"), [("Dawn", "Ana & Ruiz"), ("", "Ana & Ruiz"), ("Dawn", ""), ("", "")]
)
def test_below_a_figure_stands_who_made_it(editor, caption, credit):
    image = stored(credit=credit, description="A lake")
    image.make_rendition("format-jpeg|width-400")
    block = FigureBlock()
    figure = {"image": image.pk, "alt_text": "A lake", "decorative": False}
    html = block.render(block.to_python({"image": figure, "caption": caption, "source": ""}))
    assert ("Picture: Ana &amp; Ruiz" in html) == bool(credit)
    assert ("<figcaption>" in html) == bool(credit or caption)
    if caption and credit:
        assert html.index(caption) < html.index("Picture:")
