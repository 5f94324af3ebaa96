"""What a new password has to be, on every way by which one is set."""

import hashlib

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from clinic.accounts import breached
from clinic.accounts.backends import has_password
from clinic.accounts.passwords import normal_password
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]
# 1,000 lines like those of public lists, in order.
STOLEN = [f"stolen words no {n}" for n in range(1000)]
HASHES = sorted(hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest().upper() for text in STOLEN)


def problems_with(password, user=None):
    """Return the codes of what is wrong."""
    try:
        validate_password(password, user)
    except ValidationError as problem:
        return {error.code for error in problem.error_list}
    return set()


@pytest.mark.parametrize(
    "password",
    [
        "a long password of the desk",
        "correct horse battery",
        "WEDNESDAY EVENING SOUP",
        "x7Gq2LmZp0RtYvBw",
        "áéíóúñ contraseña larga",
        "зелёный чайник поёт вечером",
        "青い鳥が窓の外で朝からずっと歌っている",
        "🦒 on a red bicycle 🚲",
        "sixteen green hats " * 6,
    ],
)
def test_long_ones_of_any_characters_are_taken(password):
    assert problems_with(password) == set()


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("", "password_too_short"),
        ("fourteen chars", "password_too_short"),
        ("word " * 26, "password_too_long"),
        ("passwordpassword", "password_breached"),
        ("PasswordPassword", "password_breached"),
        ("1qaz2wsx3edc4rfv", "password_breached"),
        ("qwertyuiopasdfgh", "password_guessable"),
        ("aaaaaaaaaaaaaaaa", "password_guessable"),
        ("abcdefghijklmnopq", "password_guessable"),
        ("thisismypassword", "password_guessable"),
        ("iloveyouiloveyou1", "password_guessable"),
        ("Ketamine Clinic 2026!", "password_known_words"),
        ("Welcome to reception 1", "password_known_words"),
    ],
)
def test_short_common_and_guessable_ones_are_refused(password, problem):
    assert problem in problems_with(password)


@pytest.mark.parametrize("password", ["robin martínez 1984", "Robin.Martinez.Robin", "rmartinez-robin-77"])
def test_ones_own_name_is_no_password(password):
    robin = UserFactory(username="rmartinez", first_name="Robin", last_name="Martínez")
    assert problems_with(password, robin)


def test_the_name_of_the_clinic_is_no_password(settings):
    settings.CLINIC_DEFAULTS = {**settings.CLINIC_DEFAULTS, "name": "Bluebird Hollow Infusions"}
    assert "password_known_words" in problems_with("Bluebird Hollow Infusions!")


def test_no_kind_of_character_is_asked_for():
    assert problems_with("marble kettle sunrise") == set()
    assert "password_guessable" in problems_with("Aa1!Aa1!Aa1!Aa1!")


def test_fifteen_are_counted_as_people_see_them():
    """One sign that a keyboard makes of two is one."""
    assert "password_too_short" in problems_with("e\u0301" * 14)


def test_the_same_text_is_the_same_password_whatever_keyboard_wrote_it():
    user = UserFactory()
    user.set_password(normal_password("cafe\u0301 ﬁve blue lamps"))
    assert has_password(user, "caf\u00e9 five blue lamps")
    assert has_password(user, "cafe\u0301 ﬁve blue lamps")
    # From before there was a normal form.
    user.set_password("cafe\u0301 ﬁve blue lamps")
    assert has_password(user, "cafe\u0301 ﬁve blue lamps")
    assert not has_password(user, "another")


def test_the_commands_of_the_server_judge_alike(monkeypatch, capsys):
    user = UserFactory(username="someone")
    monkeypatch.setattr("getpass.getpass", lambda **_prompt: "passwordpassword")
    with pytest.raises(CommandError):
        call_command("changepassword", "someone")
    assert "lists of stolen passwords" in capsys.readouterr().err
    user.refresh_from_db()
    assert not user.check_password("passwordpassword")


# --- the list --------------------------------------------------------------------------------------------


def test_the_list_that_comes_along_is_in_order_and_has_none_too_short():
    kept = breached.SHIPPED.read_bytes()
    prefixes = [kept[at : at + breached.PREFIX] for at in range(0, len(kept), breached.PREFIX)]
    assert len(prefixes) > 9000
    assert prefixes == sorted(set(prefixes))


def test_an_operators_own_list_is_looked_into_as_well(tmp_path, settings):
    plain, file = tmp_path / "plain.txt", tmp_path / "own.bin"
    plain.write_text("short\nseven stolen teapots\r\nтринадцать украденных слов\n", encoding="utf-8")
    call_command("compile_breached_passwords", plain, file, verbosity=0)
    assert file.stat().st_size == 2 * breached.PREFIX
    assert problems_with("seven stolen teapots") == set()
    settings.BREACHED_PASSWORDS_FILE = file
    for password in ("seven stolen teapots", "Seven Stolen Teapots", "тринадцать украденных слов"):
        assert problems_with(password) == {"password_breached"}, password
    assert problems_with("eight stolen teapots") == set()
    assert "password_breached" in problems_with("passwordpassword")


def test_a_public_list_of_hashes_in_order_will_do(tmp_path, settings, capsys):
    hashes, file = tmp_path / "hashes.txt", tmp_path / "own.bin"
    hashes.write_text("".join(f"{text}:{n}\n" for n, text in enumerate(HASHES)))
    call_command("compile_breached_passwords", hashes, file)
    assert "1,000 passwords" in capsys.readouterr().out
    settings.BREACHED_PASSWORDS_FILE = file
    assert all(map(breached.is_breached, STOLEN))
    assert not any(breached.is_breached(f"other words no {n}") for n in range(1000))


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([HASHES[1], HASHES[0]], "Line 2 is out of order"),
        ([HASHES[0], "no hash"], "Line 2 is no SHA-1"),
        (["short", "shorter"], "no password of 15 characters"),
        ([], "no password of 15 characters"),
    ],
)
def test_a_list_that_is_none_leaves_the_old_file(tmp_path, lines, said):
    source, file = tmp_path / "list.txt", tmp_path / "own.bin"
    source.write_text("\n".join(lines))
    file.write_bytes(b"older")
    with pytest.raises(CommandError, match=said):
        call_command("compile_breached_passwords", source, file)
    assert file.read_bytes() == b"older"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["list.txt", "own.bin"]
