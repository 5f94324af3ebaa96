"""The tables of sentences: what is refused and which word is named, and what is not refused."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consults.replies import sensitive_terms
from consults.replies.sensitive_terms import LANGUAGES, entries

pytestmark = pytest.mark.once
FOLDER = Path(__file__).parent


def lines(name):
    """Return the sentences of a table."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


REFUSED = [tuple(part.strip() for part in line.split("|")) for line in lines("refused.txt")]
ALLOWED = lines("allowed.txt")


@pytest.mark.parametrize(("sentence", "word"), REFUSED)
def test_a_telling_sentence_is_refused_and_the_word_named_as_it_is_written(sentence, word):
    assert word in sensitive_terms(sentence)


@pytest.mark.parametrize(("sentence", "word"), REFUSED)
def test_neither_case_nor_what_stands_around_hides_it(sentence, word):
    assert sensitive_terms(f"Hello,\n\n({sentence.upper()})\nThank you.")
    assert sensitive_terms(f"«{word}»")
    assert sensitive_terms(f"_{word}_")


@pytest.mark.parametrize("sentence", ALLOWED)
def test_a_plain_sentence_is_not_refused(sentence):
    assert sensitive_terms(sentence) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_entry_finds_itself_and_none_stands_twice(language):
    listed = entries(language)
    assert len(listed) > 50
    assert len(listed) == len(set(listed))
    for entry in listed:
        assert sensitive_terms(f"It is {entry.replace('*', '')}."), entry


def test_each_word_is_named_once_and_in_order():
    assert sensitive_terms("Anxiety, ketamine, Anxiety and pain.") == ["Anxiety", "ketamine", "pain"]
    assert sensitive_terms("") == []


@given(st.text(max_size=300))
def test_any_text_is_read_and_what_is_named_stands_in_it(text):
    for found in sensitive_terms(text):
        assert found in " ".join(text.split())
