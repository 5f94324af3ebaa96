"""Media without a front server: renditions yes, originals no."""

import pytest
from django.http import Http404

from clinic.core.views.media import serve_media

pytestmark = pytest.mark.once


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for folder in ("images", "original_images", "documents"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.webp").write_bytes(b"picture")
    for folder in ("images/sub", "uploads"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.webp").write_bytes(b"picture")
    (tmp_path / "a.webp").write_bytes(b"picture")
    (tmp_path / "images" / "a.pdf").write_bytes(b"no picture")


def test_renditions_are_served_for_long(rf, media):
    response = serve_media(rf.get("/"), "images/a.webp")
    assert b"".join(response) == b"picture"
    assert "immutable" in response["Cache-Control"]


@pytest.mark.parametrize(
    "path",
    [
        "original_images/a.webp",
        "documents/a.webp",
        "/documents/a.webp",
        "//documents/a.webp",
        "./documents/a.webp",
        "images/../documents/a.webp",
        "images/..//original_images/a.webp",
        "images//../documents/a.webp",
        "images/",
        "images/sub/a.webp",
        "images/a.webp/",
        "images/a.pdf",
        "Images/a.webp",
        "IMAGES/a.webp",
        "uploads/a.webp",
        "a.webp",
        "images/b.webp",
        "images/a.webp\x00.webp",
        "images\\..\\documents\\a.webp",
    ],
)
def test_everything_else_is_unknown(rf, media, path):
    with pytest.raises(Http404):
        serve_media(rf.get("/"), path)


@pytest.mark.parametrize(
    "address",
    [
        "/media//documents/a.webp",
        "/media/%2Fdocuments/a.webp",
        "/media/%2e/documents/a.webp",
        "/media/images/%2e%2e/documents/a.webp",
        "/media/images%2F..%2Fdocuments/a.webp",
        "//media/documents/a.webp",
    ],
)
def test_no_way_of_writing_the_address_opens_a_closed_folder(client, db, media, settings, address):
    settings.ROOT_URLCONF = "tests.core.urls_with_media"
    assert client.get("/media/images/a.webp").status_code == 200
    assert client.get(address).status_code == 404
