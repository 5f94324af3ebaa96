"""The lists as files that people edit: mistakes are named, and the lists in use hold none."""

import pytest

from consults.crisis.words import LISTS, PHRASES, is_one_slip, parse, versions

pytestmark = pytest.mark.once
VERSION = "version: 1\n"


def test_both_lists_have_a_version_and_every_section():
    assert set(versions()) == {"en", "es"}
    for lists in LISTS.values():
        assert lists.version
        for section in PHRASES:
            assert list(lists[section]), section
        assert lists.spellings and lists.one_slip and lists.left_out


def test_alternatives_are_written_out():
    lists = parse(VERSION + "[now]\nkill/hurt myself, can't go on # a remark\n[spellings]\ncant = can not")
    assert set(lists["now"]) == {("kil", "myself"), ("hurt", "myself"), ("can", "not", "go", "on")}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[now]\nwords", "version"),
        (VERSION + "[nwo]\nwords", "line 2"),
        (VERSION + "words", "line 2"),
        (VERSION + "[spellings]\nwanna", "wanna"),
        (VERSION + "[spellings]\ntwo words = one", "two words"),
        (VERSION + "[left out]\njust\n[now]\njust", "just"),
    ],
)
def test_a_mistake_is_named(text, problem):
    with pytest.raises(ValueError, match=problem):
        parse(text)


@pytest.mark.parametrize("lists", LISTS.values(), ids=LISTS)
def test_no_exception_swallows_every_negation(lists):
    """A single word there, perhaps because the others are left out, would undo it everywhere."""
    assert [phrase for phrase in lists["no negations"] if len(phrase) < 2] == []


@pytest.mark.parametrize("lists", LISTS.values(), ids=LISTS)
def test_no_idiom_is_as_short_as_a_word(lists):
    assert [phrase for phrase in lists["idioms"] if len(phrase) < 2] == []


@pytest.mark.parametrize("lists", LISTS.values(), ids=LISTS)
def test_no_idiom_hides_a_whole_phrase_of_the_present(lists):
    """An idiom may go on after such a phrase (“want to die laughing”), never be one."""
    assert set(lists["idioms"]) & (set(lists["now"]) | set(lists["mentions"])) == set()


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("suicide", "suicide", False),
        ("sucide", "suicide", True),
        ("suicidee", "suicide", True),
        ("suiside", "suicide", True),
        ("siucide", "suicide", True),
        ("suicied", "suicide", True),
        ("suicid", "suicide", True),
        ("sucid", "suicide", False),
        ("changing", "suicide", False),
        ("suiedic", "suicide", False),
    ],
)
def test_one_slip_is_one(one, other, expected):
    assert is_one_slip(one, other) == is_one_slip(other, one) == expected
