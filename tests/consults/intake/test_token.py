"""The token tells the day a form was handed out, and never stands in anybody's way."""

import time_machine

from consults.intake.token import issue_day, issue_token


def test_the_day_is_the_one_of_the_form():
    with time_machine.travel("2026-11-24 18:00:00Z"):
        token = issue_token()
    with time_machine.travel("2026-11-26 18:00:00Z"):
        assert issue_day(token) == "2026-11-24"


def test_the_day_turns_at_midnight_of_the_clinic(settings):
    settings.TIME_ZONE = "America/Denver"
    with time_machine.travel("2026-11-25 06:59:00Z"):
        before = issue_token()
    with time_machine.travel("2026-11-25 07:01:00Z"):
        after = issue_token()
    assert (issue_day(before), issue_day(after)) == ("2026-11-24", "2026-11-25")


def test_without_a_token_it_is_today():
    with time_machine.travel("2026-11-26 18:00:00Z"):
        forged = issue_token()[:-1] + "!"
        for token in ("", "nonsense", "1:2:3", forged, "\x00"):
            assert issue_day(token) == "2026-11-26"


def test_a_token_holds_nothing_but_the_moment():
    with time_machine.travel("2026-11-26 18:00:00Z", tick=False):
        assert issue_token() == issue_token()
        assert issue_token().startswith("1795716000:")
