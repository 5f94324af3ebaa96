"""E-mails open with the record's own key, each part in its own column of its own row."""

import secrets

import pytest

from consults.sealing.envelope import EnvelopeProblem
from consults.sealing.texts import open_reply, seal_reply

KEY = secrets.token_bytes(32)
PARTS = {
    "subject": "Ridge: a time",
    "base": "Hello – Zoë.",
    "text": "Hello!",
    "template_name": "In a crisis",
}


def test_an_email_comes_back_as_it_went_in():
    sealed = seal_reply(PARTS, reply_id="a", record_key=KEY)
    assert not [part for part in sealed.values() if b"Hello" in part or b"Ridge" in part or b"crisis" in part]
    assert open_reply(sealed, reply_id="a", record_key=KEY) == PARTS


def test_an_email_of_another_row_or_record_does_not_open():
    sealed = seal_reply(PARTS, reply_id="a", record_key=KEY)
    for reply_id, key in (("b", KEY), ("a", secrets.token_bytes(32))):
        with pytest.raises(EnvelopeProblem):
            open_reply(sealed, reply_id=reply_id, record_key=key)


def test_parts_cannot_be_swapped():
    sealed = seal_reply(PARTS, reply_id="a", record_key=KEY)
    with pytest.raises(EnvelopeProblem):
        open_reply({**sealed, "text": sealed["base"], "base": sealed["text"]}, reply_id="a", record_key=KEY)


def test_no_length_tells_which_template_it_was():
    short, long = (
        seal_reply({**PARTS, "base": words, "template_name": name}, reply_id="a", record_key=KEY)
        for words, name in (("Hello.", "Fees"), ("Hello. " * 280, "Before an infusion, with what to bring"))
    )
    assert {part: len(sealed) for part, sealed in short.items()} == {p: len(s) for p, s in long.items()}


def test_an_email_of_release_0_1_0_opens_without_its_template():
    sealed = {**seal_reply(PARTS, reply_id="a", record_key=KEY), "template_name": None}
    assert open_reply(sealed, reply_id="a", record_key=KEY) == {**PARTS, "template_name": ""}
