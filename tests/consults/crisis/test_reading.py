"""The tables of sentences, and what holds for any text at all."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consults.crisis.reading import matches, priority_of
from consults.crisis.words import LISTS
from consults.enums import Priority

pytestmark = pytest.mark.once
LEVELS = {"none": Priority.NONE, "first": Priority.FIRST, "now": Priority.NOW}


def table(name):
    """Return the lines of a table as pairs of level and sentence."""
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    rows = (line.partition("|") for line in lines if line and not line.startswith("#"))
    return [(LEVELS[level.strip()], sentence.strip()) for level, _bar, sentence in rows]


ENGLISH, SPANISH = table("english.txt"), table("spanish.txt")
# Words of the lists in any order, with everything people put between them.
LISTED = sorted(word for lists in LISTS.values() for word in lists.known)
BETWEEN = [" ", " ", " ", "\n", ", ", ". ", "... ", "’", "\u0301", "\u200b", "😀", "ﬁ", "ß", "\ud800", "İ"]
mixtures = st.lists(st.sampled_from(LISTED + BETWEEN), max_size=60).map("".join)


@pytest.mark.parametrize(("level", "sentence"), ENGLISH + SPANISH, ids=lambda value: str(value)[:60])
def test_a_sentence_has_its_level(level, sentence):
    assert priority_of(sentence) == level, [sentence[a:b] for a, b, _level in matches(sentence)]


def test_the_tables_are_large_enough_to_mean_something():
    assert len(ENGLISH) >= 60
    assert len(SPANISH) >= 30
    for rows in (ENGLISH, SPANISH):
        assert {level for level, _sentence in rows} == set(Priority)


@pytest.mark.parametrize(("level", "sentence"), [row for row in ENGLISH + SPANISH if row[0]])
def test_what_stands_around_a_sentence_never_takes_its_flag_away(level, sentence):
    assert priority_of(f"Please call me after five. {sentence} \n\nThank you very much!") == level
    assert priority_of(sentence.upper()) == level
    assert priority_of(sentence.replace(" ", "\n")) >= Priority.FIRST


@given(st.one_of(st.text(), mixtures))
def test_any_text_is_read_and_what_is_found_lies_in_it(text):
    found = matches(text)
    assert priority_of(text) in Priority
    places = [place for start, end, _level in found for place in (start, end)]
    assert places == sorted(places)
    for start, end, level in found:
        assert 0 <= start < end <= len(text)
        assert level in (Priority.FIRST, Priority.NOW)
        assert text[start:end].strip() == text[start:end]


@pytest.mark.parametrize(
    "piece",
    [
        "kill myself ",
        "not suicide ",
        "a",
        "suicidal, ",
        "I want to die. ",
        "!",
        "…",
        "\u0301",
        "ﷺ",
        "he she I ",
    ],
)
def test_the_longest_note_of_anything_is_read(piece):
    text = (piece * 5000)[:5000]
    assert all(end <= len(text) for _start, end, _level in matches(text))


def test_a_long_note_of_listed_words_is_read():
    chance = random.Random(3)  # noqa: S311
    text = " ".join(chance.choice(LISTED) for _ in range(2000))[:5000]
    assert matches(text)


def test_what_is_found_is_cut_at_the_words():
    text = "Hello. I’m so suicidál, and I self-harm."
    assert [text[a:b] for a, b, _level in matches(text)] == ["I’m so suicidál", "self-harm"]
    assert [level for *_places, level in matches(text)] == [Priority.NOW, Priority.FIRST]
