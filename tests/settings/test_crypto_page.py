"""docs/crypto.md names every key that the settings read, and no other; and what of them intake may have."""

import ast
import re

import pytest
from django.conf import settings

from clinic.settings.intake import KEYS_OF_STAFF
from consults.sealing.keys import new_secrets

pytestmark = pytest.mark.once
ROW = re.compile(r"^\| `(\w+)` \| [^|]+ \| ([^|]+) \|", re.MULTILINE)
KINDS = {"secret_key", "sealing_key", "sealing_keys"}


@pytest.fixture(scope="module")
def page():
    return dict(ROW.findall((settings.BASE_DIR / "docs" / "crypto.md").read_text()))


def keys_read():
    source = (settings.BASE_DIR / "clinic" / "settings" / "base.py").read_text()
    calls = [c for c in ast.walk(ast.parse(source)) if isinstance(c, ast.Call)]
    reads = [c for c in calls if ast.unparse(c.func) == "env.read"]
    return {c.args[1].value for c in reads if c.args[0].value in KINDS} | {"SECRET_KEY"}


def test_every_key_is_named_and_no_other(page):
    assert set(page) == keys_read() == {*new_secrets(), "SECRET_KEY"}


def test_what_intake_never_has_is_what_it_refuses(page):
    assert {name for name, has in page.items() if "never" in has} == set(KEYS_OF_STAFF)
