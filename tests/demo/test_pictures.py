"""Pictures come out of our own code, the same each time."""

import pytest
from PIL import Image, ImageChops, ImageStat

from clinic.demo.pictures import raster
from clinic.demo.pictures.palettes import colour, mix
from clinic.demo.pictures.ridgelines import HEIGHT, WIDTH
from clinic.demo.pictures.scenes import FILES, SCENES, Scene, file_of

pytestmark = pytest.mark.once


def copy(name):
    """A scene that has drawn nothing yet."""
    return Scene(**{field: getattr(SCENES[name], field) for field in Scene.__dataclass_fields__})


def test_the_same_scene_gives_the_same_bytes():
    assert raster.render(copy("blog-5")).tobytes() == raster.render(copy("blog-5")).tobytes()


def test_a_picture_has_the_full_size():
    assert raster.render(SCENES["page"]).size == (WIDTH, HEIGHT)


def test_each_scene_was_drawn_and_nothing_else():
    assert {file.stem for file in FILES.iterdir()} == set(SCENES)
    assert {Image.open(file_of(name)).size for name in SCENES} == {(WIDTH, HEIGHT)}


def test_the_files_are_what_is_drawn_today():
    # A JPEG is never quite what was painted.
    with Image.open(file_of("blog-5")) as drawn:
        differences = ImageStat.Stat(ImageChops.difference(drawn, raster.render(SCENES["blog-5"]))).mean
    assert max(differences) < 2


def test_no_two_pictures_share_a_title_or_a_shape():
    assert len({s.title for s in SCENES.values()}) == len({s.seed for s in SCENES.values()}) == len(SCENES)


def test_nearer_ridges_stand_lower():
    middles = [sum(y for _x, y in r.crest) / len(r.crest) for r in SCENES["home"].ridges]
    assert middles == sorted(middles)


def test_colours_mix():
    assert mix(colour("#000000"), colour("#ffffff"), 0.5) == colour("#808080")
