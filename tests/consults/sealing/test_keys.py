"""Keys are read strictly, drawn apart, and never repeated in a message."""

import pytest

from consults.sealing.keys import (
    KeyProblem,
    is_pair,
    is_signing_pair,
    new_secrets,
    new_signing_pair,
    parse_sealing_key,
    parse_sealing_keys,
    parse_secret,
)


def test_new_secrets_fit_together_and_differ():
    values = new_secrets()
    public = parse_sealing_key(values["CONSULTS_SEALING_PUBLIC_KEY"])
    assert is_pair(public, parse_sealing_keys(values["CONSULTS_SEALING_PRIVATE_KEYS"]))
    signing = parse_sealing_key(values["CONSULTS_SIGNING_PRIVATE_KEY"])
    assert is_signing_pair(signing, parse_sealing_keys(values["CONSULTS_SIGNING_PUBLIC_KEYS"]))
    assert len(set(values.values())) == len(values) == 12
    assert not set(values.values()) & set(new_secrets().values())


def test_each_process_may_sign_with_a_key_of_its_own():
    pairs = [new_signing_pair(number) for number in (1, 2)]
    public = parse_sealing_keys(",".join(pair["CONSULTS_SIGNING_PUBLIC_KEYS"] for pair in pairs))
    for pair in pairs:
        assert is_signing_pair(parse_sealing_key(pair["CONSULTS_SIGNING_PRIVATE_KEY"]), public)
    foreign = parse_sealing_key(new_signing_pair(2)["CONSULTS_SIGNING_PRIVATE_KEY"])
    assert not is_signing_pair(foreign, public)


def test_keys_of_different_pairs_are_none():
    public = parse_sealing_key(new_secrets()["CONSULTS_SEALING_PUBLIC_KEY"])
    others = parse_sealing_keys(new_secrets()["CONSULTS_SEALING_PRIVATE_KEYS"])
    assert not is_pair(public, others)
    assert not is_pair(public, {})


def test_several_private_keys_are_told_apart_by_number():
    first, second = (new_secrets()["CONSULTS_SEALING_PRIVATE_KEYS"] for _ in range(2))
    keys = parse_sealing_keys(f"{first}, {second.replace('1:', '2:', 1)}")
    assert list(keys) == [1, 2]


@pytest.mark.parametrize(
    "text", ["", "MARKER", ":MARKER", "x:MARKER", "99999:MARKER", "²:MARKER", "1:MARKER", "1:é"]
)
def test_a_broken_key_is_refused_without_repeating_it(text):
    with pytest.raises(KeyProblem) as problem:
        parse_sealing_key(text)
    assert "MARKER" not in str(problem.value)


@pytest.mark.parametrize("text", ["", "c2hvcnQ", "****"])
def test_a_secret_has_32_bytes(text):
    with pytest.raises(KeyProblem):
        parse_secret(text)
