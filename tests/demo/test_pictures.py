"""Pictures come out of our own code, the same each time."""

from xml.etree import ElementTree

import pytest

from clinic.demo.pictures import raster, svg
from clinic.demo.pictures.palettes import colour, mix, web_colour
from clinic.demo.pictures.ridgelines import HEIGHT, WIDTH
from clinic.demo.pictures.scenes import SCENES, Scene

pytestmark = pytest.mark.once


def copy(name):
    """A scene that has drawn nothing yet."""
    return Scene(**{field: getattr(SCENES[name], field) for field in Scene.__dataclass_fields__})


def test_the_same_scene_gives_the_same_bytes():
    assert raster.render(copy("iv")).tobytes() == raster.render(copy("iv")).tobytes()
    assert svg.draw(copy("iv")) == svg.draw(copy("iv"))


def test_a_picture_has_the_full_size():
    assert raster.render(SCENES["page"]).size == (WIDTH, HEIGHT)


@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)
def test_each_svg_is_well_formed_and_small(scene):
    text = svg.draw(scene)
    assert ElementTree.fromstring(text).get("viewBox") == f"0 0 {WIDTH} {HEIGHT}"  # noqa: S314
    assert len(text) < 50_000


def test_no_two_pictures_share_a_title_or_a_shape():
    assert len({s.title for s in SCENES.values()}) == len({s.seed for s in SCENES.values()}) == len(SCENES)


def test_nearer_ridges_stand_lower():
    middles = [sum(y for _x, y in r.crest) / len(r.crest) for r in SCENES["home"].ridges]
    assert middles == sorted(middles)


def test_colours_mix():
    assert web_colour(mix(colour("#000000"), colour("#ffffff"), 0.5)) == "#808080"
