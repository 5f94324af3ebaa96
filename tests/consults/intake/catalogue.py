"""The Spanish catalogue as it stands in the repository."""

import re
from ast import literal_eval
from pathlib import Path

from django.conf import settings

FOLDER = Path(settings.LOCALE_PATHS[0]) / "es" / "LC_MESSAGES"
ENTRY = re.compile(r'^(msg\w+)(?:\[\d\])? ((?:".*"\n?)+)', re.MULTILINE)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|<[^>]+>")


def entries():
    """Return the entries of the .po file as ``{keyword: [texts]}``, without its header."""
    blocks = (FOLDER / "django.po").read_text(encoding="utf-8").strip().split("\n\n")[1:]
    return [_entry(block) for block in blocks]


def _entry(block):
    found = {}
    for keyword, quoted in ENTRY.findall(block + "\n"):
        found.setdefault(keyword, []).append("".join(map(literal_eval, quoted.split("\n")[:-1])))
    return found
