"""Placeholders: a fixed list, replaced as plain text and nothing else."""

import pytest

from consults.enums import ReplyChannel
from consults.replies import IN_SUBJECT, fill, gaps_in, placeholders_for, problems_with

pytestmark = pytest.mark.once


@pytest.mark.parametrize("channel", [c for c in ReplyChannel if c != ReplyChannel.CALL])
def test_no_name_of_a_person_leaves_the_phone(channel):
    assert "{name}" not in placeholders_for(channel)
    assert "{name}" in placeholders_for(ReplyChannel.CALL)
    assert "{name}" not in IN_SUBJECT


def test_a_voicemail_tells_no_more_than_was_agreed_to():
    assert set(placeholders_for("voicemail")) == {"{caller}", "{phone}"}
    assert set(placeholders_for("voicemail_named")) == {"{caller}", "{phone}", "{clinic}"}


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("Hello, this is {caller}: {phone}.", []),
        ("Hello {name}", ["{name}"]),
        ("Hello {Caller} { caller }", ["{Caller}", "{ caller }"]),
        ("{caller.password} {0} {} {caller!r}", ["{caller.password}", "{0}", "{}", "{caller!r}"]),
        ("{caller", ["{"]),
        ("caller} }", ["}"]),
        ("{{caller}}", ["{", "}"]),
    ],
)
def test_what_is_no_placeholder_is_told(text, problems):
    assert problems_with(text, placeholders_for("voicemail")) == problems


def test_filling_replaces_and_reads_nothing_again():
    values = {"{name}": "{phone} {0.__class__} %s", "{phone}": "555"}
    assert fill("{name}, {phone}; {other} {", values) == "{phone} {0.__class__} %s, 555; {other} {"


def test_what_the_site_does_not_know_leaves_a_gap():
    filled = fill("This is {caller}, {phone}.", {"{caller}": "", "{phone}": "555"})
    assert filled == "This is [your first name], 555."
    assert gaps_in(filled) == ["[your first name]"]
    assert gaps_in("This is Sam.") == []
