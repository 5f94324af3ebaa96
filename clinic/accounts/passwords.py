"""What a new password has to be: long, and none that others would guess. Any characters will do.

The rules are those of NIST SP 800-63B-4. They hold on every page, for invitations, and for the commands of
the server alike.
"""

import re
import unicodedata

from django.core.exceptions import ValidationError

from clinic.core.facts import read_facts

from .breached import is_breached

SHORTEST, LONGEST = 15, 128
# A password from before there was that limit may be longer; more than this nobody types (characters).
LONGEST_OF_BEFORE = 256
# Of its own, once the words that anybody knows are taken away.
LEAST_OF_ITS_OWN = 8
# The library gets slow with more, and the rest could only make it better.
JUDGED = 40
# How many guesses an attacker who knows how people think needs, as its power of ten.
LEAST_GUESSES = 10
SHORTEST_WORD = 3
# What anybody would try at a clinic like this.
WORDS = (
    "clinic ketamine infusion treatment therapy wellness health medical mental patient staff welcome "
    "frontdesk front desk reception manager admin administrator editor auditor login signin password "
    "passphrase secret letmein changeme"
).split()


def normal_password(password: str) -> str:
    """Return a password as it is kept: the same text is the same, whatever keyboard wrote it."""
    return unicodedata.normalize("NFKC", password)


class LengthValidator:
    """Between 15 and 128 characters."""

    def validate(self, password, user=None):
        """Raise ValidationError where it is shorter or longer."""
        length = len(normal_password(password))
        if length < SHORTEST:
            raise ValidationError(
                f"This has {length} character{'' if length == 1 else 's'}. Use {SHORTEST} or more: "
                "a few words that don’t belong together are easy to keep in mind.",
                code="password_too_short",
            )
        if length > LONGEST:
            raise ValidationError(f"Use {LONGEST} characters or fewer.", code="password_too_long")

    def get_help_text(self):
        """Return what to say before."""
        return f"{SHORTEST} characters or more, of any kind, also blanks. You may paste it."


class OwnWordsValidator:
    """Enough that is neither the person's name nor a word of the clinic."""

    def validate(self, password, user=None):
        """Raise ValidationError where little is left without them."""
        left = _folded(password)
        for word in sorted(known_words(user), key=len, reverse=True):
            left = left.replace(word, " ")
        if len("".join(re.findall(r"\w+", left))) < LEAST_OF_ITS_OWN:
            raise ValidationError(
                "This is little more than your name or words of the clinic. Use words that nobody expects.",
                code="password_known_words",
            )

    def get_help_text(self):
        """Return what to say before."""
        return "Not your name, nor words of the clinic."


class GuessableValidator:
    """No pattern that programs for guessing know: rows of keys, years, repetitions, common words."""

    def validate(self, password, user=None):
        """Raise ValidationError where too few guesses would find it."""
        # It brings its lists along, which only whoever sets a password needs in memory.
        from zxcvbn import zxcvbn

        judged = normal_password(password)[:JUDGED]
        if not judged:
            return
        found = zxcvbn(judged, user_inputs=sorted(known_words(user)))
        if float(found["guesses_log10"]) < LEAST_GUESSES:
            raise ValidationError(
                "Programs for guessing would find this soon. Use words that don’t belong together, or let a "
                "password manager make one.",
                code="password_guessable",
            )

    def get_help_text(self):
        """Return what to say before."""
        return ""


class BreachedValidator:
    """None that stands in a list of passwords that got out."""

    def validate(self, password, user=None):
        """Raise ValidationError where it is in the list."""
        normal = normal_password(password)
        if is_breached(normal) or is_breached(normal.lower()):
            raise ValidationError(
                "This password stands in lists of stolen passwords, which are tried first. Use another.",
                code="password_breached",
            )

    def get_help_text(self):
        """Return what to say before."""
        return ""


def known_words(user):
    """Return the words that anybody would try: those of the clinic, and of the person."""
    facts = read_facts()
    texts = [facts.name, facts.short_name, facts.location_name, *(one.name for one in facts.locations)]
    if user is not None:
        texts += [getattr(user, name, "") or "" for name in ("username", "first_name", "last_name", "email")]
    found = {word for text in texts for word in re.findall(r"[^\W\d_]+", _folded(text))}
    return {word for word in {*found, *WORDS} if len(word) >= SHORTEST_WORD}


def _folded(text):
    """Return a text without capitals and accents."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(char for char in plain if not unicodedata.combining(char)).casefold()
