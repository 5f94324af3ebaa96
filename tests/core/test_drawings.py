"""Drawings of our own: all there, in the site's colours, and no page fails for want of one."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template

from clinic.core.drawings import DRAWINGS, NAMES

pytestmark = pytest.mark.once
FILES = Path(settings.BASE_DIR, "templates", "drawings")
STYLES = Path(settings.BASE_DIR, "static", "css", "site", "15-drawings.css").read_text()


def drawn(name, described=False):
    template = Template("{% load pictures %}{% drawing name described=described %}")
    return template.render(Context({"name": name, "described": described}))


def test_each_drawing_has_a_name_and_a_description():
    assert set(DRAWINGS) == set(NAMES) == {path.stem for path in FILES.iterdir()}


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_is_for_decoration_unless_it_is_described(name):
    assert 'aria-hidden="true"' in drawn(name)
    assert f'role="img" aria-label="{DRAWINGS[name]}"' in drawn(name, described=True)


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_takes_every_colour_from_the_tokens(name):
    source = (FILES / f"{name}.html").read_text()
    classes = set(re.findall(r'class="(draw-[\w-]+)"', source))
    assert {kind for kind in classes if f".{kind} {{" not in STYLES} == set()
    # An id would stand twice where a page shows a drawing twice.
    assert not re.search(r'(fill|style|id|stroke)="', source)


def test_one_that_is_no_more_is_left_out():
    assert drawn("lighthouse") == drawn("") == ""
