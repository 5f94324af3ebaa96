"""One stylesheet goes over the wire, and its colours can be read by everybody."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import find, get_finders

from clinic.core.stylesheet import dark_css, joined_css, paper_css

pytestmark = pytest.mark.once

TEXT_PAIRS = [
    ("text", "paper"),
    ("text", "soft"),
    ("muted", "paper"),
    ("muted", "soft"),
    ("link", "paper"),
    ("link", "soft"),
    ("on-primary", "primary"),
    ("on-action", "action"),
    ("action-text", "paper"),
    ("action-text", "soft"),
    ("error", "paper"),
    ("on-crisis", "crisis"),
]
EDGE_PAIRS = [
    ("border", "paper"),
    ("border", "soft"),
    ("crisis-edge", "paper"),
    ("focus-outer", "paper"),
    ("focus-inner", "primary"),
    ("focus-inner", "action"),
]


TOKEN = re.compile(r"--([\w-]+): (?:light-dark\()?(#\w{6})(?:, (#\w{6})\))?;")


def source(name):
    return Path(find(f"css/site/{name}.css")).read_text()


def tokens(scheme):
    """The colours of one scheme: the only one, or the first or second of light-dark()."""
    found = TOKEN.findall(source("02-tokens"))
    return {name: dark if dark and scheme == "dark" else light for name, light, dark in found}


def luminance(colour):
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("colour", "ground"), TEXT_PAIRS)
def test_text_reaches_seven_to_one(scheme, colour, ground):
    values = tokens(scheme)
    assert contrast(values[colour], values[ground]) >= 7


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("colour", "ground"), EDGE_PAIRS)
def test_edges_and_focus_reach_three_to_one(scheme, colour, ground):
    values = tokens(scheme)
    assert contrast(values[colour], values[ground]) >= 3


def test_the_joined_stylesheet_is_found_and_current():
    assert Path(find("css/site.css")).read_text(encoding="utf-8") == joined_css()


def test_a_preview_in_dark_has_the_dark_colours_whatever_the_screen():
    assert "color-scheme: dark;" in dark_css() and "color-scheme: light dark;" not in dark_css()
    assert "prefers-color-scheme" not in dark_css()


def test_a_preview_on_paper_has_what_is_printed_and_nothing_of_screens():
    media = re.findall(r"@media [^{]*", paper_css())
    assert "@media all " in media and not any("print" in one or "screen" in one for one in media)
    assert paper_css().count("@media speech") == joined_css().count("@media screen")


def test_sources_are_not_collected_beside_it():
    collected = [path for finder in get_finders() for path, _storage in finder.list([])]
    ours = [path for path in collected if path.startswith("css/site")]
    assert ours == ["css/site.css"]


def test_the_stylesheet_stays_small():
    assert len(gzip.compress(joined_css().encode())) <= 20 * 1024


def test_nothing_comes_from_another_host():
    assert re.findall(r"https?://|@import", joined_css()) == []
