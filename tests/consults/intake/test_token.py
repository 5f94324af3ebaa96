"""The token tells when a form was handed out and with which words, and never stands in anybody's way."""

from datetime import timedelta

import time_machine
from django.utils import timezone

from consults.intake.token import FormToken, issue_token, read_token


def test_it_tells_the_moment_and_the_words_of_the_form():
    with time_machine.travel("2026-11-24 18:00:00Z", tick=False):
        token, now = issue_token("en-3"), timezone.now()
    with time_machine.travel("2026-11-26 18:00:00Z"):
        read = read_token(token)
    assert read == FormToken(now, "en-3")
    assert read.day == "2026-11-24"


def test_the_day_turns_at_midnight_of_the_clinic(settings):
    settings.TIME_ZONE = "America/Denver"
    with time_machine.travel("2026-11-25 06:59:00Z"):
        before = issue_token("en-0")
    with time_machine.travel("2026-11-25 07:01:00Z"):
        after = issue_token("en-0")
    assert (read_token(before).day, read_token(after).day) == ("2026-11-24", "2026-11-25")


def test_a_forged_token_tells_nothing():
    with time_machine.travel("2026-11-26 18:00:00Z"):
        forged = issue_token("en-0")[:-1] + "!"
        for token in ("", "nonsense", "1:2:3", forged, "\x00", "9" * 400):
            assert read_token(token) == FormToken()
            assert read_token(token).day == "2026-11-26"


def test_it_holds_nothing_of_the_visitor():
    with time_machine.travel("2026-11-26 18:00:00Z", tick=False):
        assert issue_token("en-0") == issue_token("en-0")
        assert issue_token("en-0").startswith("1795716000:en-0:")
        assert timezone.now() - read_token(issue_token("en-0")).issued_at < timedelta(seconds=1)
