"""The form takes what people type, says what to do where it can't, and asks for one way to reach them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consults.enums import SourceSection
from consults.intake.page_form import PatientForm
from consults.intake.submission import submission_from
from consults.intake.token import FormToken
from tests.factories.consults import form_data, valid_form

pytestmark = pytest.mark.once

PLAIN_SIGNS_WANTED = "Before the @ there are signs that no e-mail address has, such as accents. Check it."


def errors(**changes):
    """Return ``{field: [messages]}`` of a form with these changes."""
    return {name: list(found) for name, found in PatientForm(form_data(**changes)).errors.items()}


def test_a_well_filled_form_is_taken():
    assert errors() == {}


@pytest.mark.parametrize("empty", ["times", "topic", "note", "section", "needs", "heard_from", "voicemail"])
def test_what_can_stay_open_can_stay_open(empty):
    assert errors(**{empty: None}) == {}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"name": ""}, {"name": ["Tell us what to call you."]}),
        ({"name": "   "}, {"name": ["Tell us what to call you."]}),
        ({"name": "x" * 101}, {"name": ["Use 100 characters or fewer for your name."]}),
        ({"way": None}, {"way": ["Choose how we may reach you."]}),
        ({"way": "pigeon"}, {"way": ["Choose how we may reach you."]}),
        ({"contact": None}, {"contact": ["Tick the box so that we may contact you."]}),
        ({"times": ["3"]}, {"times": ["Choose times from the list."]}),
        ({"time_zone": "Mars/Base"}, {"time_zone": ["Choose your time zone."]}),
        ({"for_whom": None}, {"for_whom": ["Choose who it is for."]}),
        ({"needs": "x" * 201}, {"needs": ["Use 200 characters or fewer for what you need."]}),
        ({"note": "x" * 5001}, {"note": ["The note is too long. Use 500 characters or fewer."]}),
        (
            {"email": "name"},
            {"second_email": ["The e-mail address has no @ sign. Enter it like name@example.com."]},
        ),
        (
            {"email": "a@example.org, b@example.org"},
            {"second_email": ["There is more than one @ sign. Enter one e-mail address only."]},
        ),
        (
            {"email": "ana.p\u00e9rez@example.org"},
            {
                "second_email": [
                    "Before the @ there are signs that no e-mail address has, such as accents. Check it."
                ]
            },
        ),
        (
            {"email": "name@example,org"},
            {"second_email": ["What comes after the @ is not complete. Enter it like name@example.com."]},
        ),
    ],
)
def test_each_error_says_what_to_do(changes, expected):
    assert errors(**changes) == expected


@pytest.mark.parametrize(
    "phone",
    [
        "5555550100",
        "(555) 555-0100",
        "555.555.0100",
        "+1 555 555 0100",
        "+44 20 7946 0958",
        "555-555-0100 ext 12",
    ],
)
def test_a_phone_number_is_taken_as_people_write_it(phone):
    form = PatientForm(form_data(phone=phone))
    assert form.is_valid()
    assert form.cleaned_data["phone"] == phone


@pytest.mark.parametrize(
    ("phone", "said"),
    [
        ("12", "The phone number has too few digits. Enter it like (555) 555-0100."),
        ("call me", "There are no digits in the phone number. Enter it like (555) 555-0100."),
        ("1" * 16, "The phone number has more than 15 digits. Put “or” between two numbers."),
        ("555-0100", "The phone number has seven digits. Put its area code before them."),
        ("1" * 81, "Use 80 characters or fewer for the phone number."),
    ],
)
def test_a_number_nobody_can_dial_is_told_what_is_wrong_with_it(phone, said):
    assert errors(phone=phone) == {"phone": [said]}


def test_of_two_numbers_both_are_kept_and_the_first_is_found_again():
    typed = "(303) 555-0123 ext. 45 or (720) 555-0199 (my sister’s)"
    submission = submission_from(valid_form(phone=typed), token=FormToken(), locale="en")
    assert submission.contents["phone"] == typed
    assert submission.contents["phone_e164"] == "+13035550123"


@pytest.mark.parametrize("email", ["mailto:name@example.org", "Name <name@example.org>", "name@example.org."])
def test_an_address_is_cleaned_before_it_is_judged(email):
    form = PatientForm(form_data(email=email))
    assert form.is_valid()
    assert form.cleaned_data["email"] == "name@example.org"


@pytest.mark.parametrize(
    "name", ["\u200b", "\u2060 \ufeff", "\ufe0f", "\u3164", "\u2800", "\u0301", "\u202e"]
)
def test_a_name_of_which_nothing_is_seen_is_none(name):
    assert errors(name=name) == {"name": ["Tell us what to call you."]}


def test_a_number_of_which_nothing_is_seen_is_none():
    assert errors(phone="\u202a\u202c", way="email") == {}


@pytest.mark.parametrize("name", ["Zoë", "李雷", "محمد", "\U0001f3d4\ufe0f", "نگین\u200cخانم"])
def test_a_name_of_any_script_is_kept_as_it_is(name):
    form = PatientForm(form_data(name=name))
    assert form.is_valid()
    assert form.cleaned_data["name"] == name


def test_one_way_to_reach_somebody_is_enough():
    assert errors(phone="") == {"phone": ["Enter a phone number, or choose to be reached by e-mail."]}
    assert errors(phone="", way="email") == {}
    assert errors(email="") == {}
    assert errors(email="", way="email") == {"email": ["Enter an e-mail address, or choose to be called."]}


def test_no_way_at_all_is_one_message():
    assert errors(phone="", email="") == {
        "phone": ["Enter a phone number, or choose to be reached by e-mail."]
    }
    assert errors(phone="", email="", way=None) == {"way": ["Choose how we may reach you."]}


def test_a_broken_address_is_not_said_to_be_missing():
    assert list(errors(phone="", email="broken", way="email")) == ["email"]
    assert list(errors(phone="12", email="x@example.org", way="email")) == ["second_phone"]


@pytest.mark.parametrize("section", ["", "nonsense", "<script>"])
def test_an_unknown_section_is_elsewhere(section):
    form = PatientForm(form_data(section=section))
    assert form.is_valid()
    assert form.cleaned_data["section"] == SourceSection.OTHER


@given(st.dictionaries(st.sampled_from(list(form_data())), st.text(st.characters(), max_size=60)))
def test_whatever_is_typed_the_form_answers(changes):
    form = PatientForm(form_data(**changes))
    assert form.is_valid() or form.errors
