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


def test_renditions_are_served_for_long(rf, media):
    response = serve_media(rf.get("/"), "images/a.webp")
    assert b"".join(response) == b"picture"
    assert "immutable" in response["Cache-Control"]


@pytest.mark.parametrize(
    "path",
    ["original_images/a.webp", "documents/a.webp", "images/../original_images/a.webp", "images/b.webp"],
)
def test_everything_else_is_unknown(rf, media, path):
    with pytest.raises(Http404):
        serve_media(rf.get("/"), path)
