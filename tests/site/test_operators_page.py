"""docs/operators.md names every variable that the settings read, with its true default."""

import ast
import re

import pytest
from django.conf import settings

ROW = re.compile(r"^\| `(\w+)` \| (.+?) \|", re.MULTILINE)


def variables_read():
    """Return ``{variable: default as the page should say it}``; production has the last word."""
    found = {}
    for module in ("base", "production"):
        source = (settings.BASE_DIR / "clinic" / "settings" / f"{module}.py").read_text()
        for call in ast.walk(ast.parse(source)):
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "env.read":
                defaults = [keyword.value for keyword in call.keywords if keyword.arg == "default"]
                found[call.args[1].value] = said(defaults[0]) if defaults else "required"
    return found


def said(default):
    """Return how the page puts a default; a computed one is described in words of its own."""
    try:
        value = ast.literal_eval(default)
    except ValueError:
        return None
    # By what is written: 0 would count as False.
    words = {"True": "on", "False": "off", "''": "empty", "[]": "empty"}
    return words.get(repr(value), f"`{value}`")


@pytest.fixture(scope="module")
def page():
    return dict(ROW.findall((settings.BASE_DIR / "docs" / "operators.md").read_text()))


def test_every_variable_is_described_and_no_other(page):
    assert set(page) == set(variables_read())


def test_defaults_are_those_of_the_settings(page):
    computed = {name for name, default in variables_read().items() if default is None}
    assert {name: page[name] for name in page if name not in computed} == {
        name: default for name, default in variables_read().items() if name not in computed
    }
