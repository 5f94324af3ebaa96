"""Every door by which a picture comes in takes the same, and refuses the same with the reason."""

import json

import pytest
from django.urls import reverse
from wagtail.models import Collection, UploadedFile

from clinic.core.models import ClinicImage
from tests.core.picture_files import KINDS, claimed_png, upload

pytestmark = pytest.mark.once

GOOD = ["grey-16.png", "print.jpg", "phone.heic", "renamed-heic.jpg", "moving.webp"]
BAD = {
    "cut.jpg": (KINDS["print.jpg"][:700], "cut off"),
    "large.png": (claimed_png(20_000, 20_000), "larger than 50 megapixels"),
    "letter.jpg": (b"%PDF-1.7 nothing else", "no picture"),
}


@pytest.fixture
def editor(client, django_user_model, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(django_user_model.objects.create_superuser("editor", "editor@example.org", "x"))
    return client


@pytest.fixture
def folder():
    return Collection.get_first_root_node().pk


def send_one(editor, folder, file):
    data = {"title": "Lake", "description": "A lake", "file": file, "collection": folder}
    return editor.post(reverse("wagtailimages:add"), data)


def send_by_chooser(editor, folder, file):
    data = {"title": "Lake", "description": "A lake", "file": file, "collection": folder}
    data = {f"image-chooser-upload-{name}": value for name, value in data.items()}
    return editor.post(reverse("wagtailimages_chooser:create"), data)


def send_with_many(editor, folder, file):
    data = {"title": file.name.rpartition(".")[0], "files[]": file, "collection": folder}
    return editor.post(reverse("wagtailimages:add_multiple"), data, HTTP_X_REQUESTED_WITH="XMLHttpRequest")


DOORS = [send_one, send_by_chooser, send_with_many]


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize("send", DOORS)
def test_a_difficult_picture_comes_in(editor, folder, send, name):
    assert send(editor, folder, upload(KINDS[name], name)).status_code in (200, 302)
    image = ClinicImage.objects.get()
    assert image.file.name.endswith((".jpg", ".png"))
    assert image.file_size == image.file.size
    assert (image.width, image.height) == (60, 40)


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("send", DOORS)
def test_a_bad_file_is_refused_with_the_reason(editor, folder, send, name):
    content, reason = BAD[name]
    answer = send(editor, folder, upload(content, name))
    assert answer.status_code == 200
    assert reason in answer.content.decode()
    assert not ClinicImage.objects.exists()


def test_a_file_that_is_too_heavy_is_told_both_numbers(editor, folder, settings):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 1024
    answer = send_one(editor, folder, upload(bytes(5000), "a.jpg")).content.decode()
    assert "larger than 1.0" in answer and "4.9" in answer


def test_the_exchange_of_a_file_takes_and_refuses_the_same(editor, folder):
    send_one(editor, folder, upload(KINDS["grey.jpg"], "a.jpg"))
    image = ClinicImage.objects.get()
    first, address = image.file.name, reverse("wagtailimages:edit", args=[image.pk])
    data = {"title": "Lake", "description": "A lake", "collection": folder}
    answer = editor.post(address, {**data, "file": upload(BAD["cut.jpg"][0], "cut.jpg")})
    assert "cut off" in answer.content.decode()
    assert ClinicImage.objects.get().file.name == first
    assert editor.post(address, {**data, "file": upload(KINDS["grey-16.png"], "b.png")}).status_code == 302
    image = ClinicImage.objects.get()
    assert image.file.name.endswith(".png") and image.file_size == image.file.size


def test_a_file_that_waited_for_its_particulars_is_normalised_as_well(editor, folder):
    """Wagtail puts a file aside when another field is wrong, and stores it past the form later."""
    Collection.get_first_root_node().add_child(name="Rooms")
    file = upload(KINDS["phone.heic"], "Jane at home.heic")
    answer = editor.post(
        reverse("wagtailimages:add_multiple"), {"title": "x", "files[]": file, "collection": 99}
    )
    put_aside = UploadedFile.objects.get()
    number = json.loads(answer.content)["uploaded_file_id"]
    address = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[number])
    prefix = f"uploaded-image-{put_aside.pk}"
    data = {f"{prefix}-title": "Lake", f"{prefix}-description": "A lake", f"{prefix}-collection": folder}
    assert json.loads(editor.post(address, data).content)["success"]
    image = ClinicImage.objects.get()
    assert image.file.name.endswith(".jpg") and "Jane" not in image.file.name
    assert image.file_size == image.file.size


def test_no_title_comes_from_the_name_of_the_file(editor, folder):
    send_with_many(editor, folder, upload(KINDS["grey.jpg"], "Jane at home.jpg"))
    assert "Jane" not in ClinicImage.objects.get().title


@pytest.mark.parametrize("address", ["wagtailimages:add", "wagtailimages_chooser:choose"])
def test_no_form_copies_the_name_of_the_file_into_the_title(editor, address):
    page = editor.get(reverse(address)).content.decode()
    assert "w-sync-target" not in page


def test_what_describes_a_picture_is_what_somebody_wrote(db):
    assert ClinicImage(title="IMG_4711").default_alt_text == ""
    assert ClinicImage(title="IMG_4711", description="A lake at dawn").default_alt_text == "A lake at dawn"
