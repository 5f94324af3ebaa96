"""Words that tell of somebody's health: no voicemail, text or e-mail names one, since others may see it.

They stand in plain lists beside this file, one entry a line; ``*`` stands for any letters, ``#`` begins a
comment. Whole words count, whatever their case and accents, in both languages at once.
"""

import re
import unicodedata
from pathlib import Path

FOLDER = Path(__file__).parent / "lists"
LANGUAGES = ("en", "es")
# Accents, and what no eye sees.
SILENT = {"Mn", "Cf"}
LETTER = r"[^\W_]"


def sensitive_terms(text: str) -> list[str]:
    """Return what the text names of a medicine, an illness or a treatment, as it is written, each once."""
    bare, places = _bare(text)
    found = (text[places[m.start()] : places[m.end() - 1] + 1] for m in SENSITIVE.finditer(bare))
    return list(dict.fromkeys(" ".join(words.split()) for words in found))


def entries(language: str) -> list[str]:
    """Return the entries of a list, as they are written there."""
    lines = (FOLDER / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    return [entry for line in lines if (entry := line.partition("#")[0].strip())]


def _bare(text):
    """Return a text without accents and invisible signs, and where each of its letters came from."""
    letters = [
        (letter, place)
        for place, char in enumerate(text)
        for letter in unicodedata.normalize("NFKD", char)
        if unicodedata.category(letter) not in SILENT
    ]
    return "".join(letter for letter, _place in letters), [place for _letter, place in letters]


def _pattern(entry):
    words = (re.escape(word).replace(r"\*", f"{LETTER}*") for word in _bare(entry)[0].split())
    return r"[\W_]+".join(words)


_ALL = "|".join(_pattern(entry) for language in LANGUAGES for entry in entries(language))
SENSITIVE = re.compile(rf"(?<!{LETTER})(?:{_ALL})(?!{LETTER})", re.IGNORECASE)
