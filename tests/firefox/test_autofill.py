"""Firefox fills the form in from what it knows of its user, also where nobody sees it."""

import pytest

from tests.journeys.patient import (
    CALL,
    CONSENT,
    EMAIL,
    EMAIL_ADDRESS,
    FORM,
    ME,
    NAME,
    PHONE,
    SEND,
    expect_received,
)

pytestmark = pytest.mark.once
KNOWN = {
    "name": "Autofill Person",
    "tel": "+15555550183",
    "email": "autofill.person@example.com",
    "street-address": "1 Long Street",
    "address-level1": "CO",
    "country": "US",
}
TRAP = "form [hidden] input[type=text]"


@pytest.fixture
def filled(hand):
    """A function that opens the form, takes a way, and lets the browser fill in what it can."""

    def fill(way):
        patient = hand()
        patient.know(KNOWN)
        patient.go(FORM)
        patient.press(ME)
        patient.press(way)
        patient.take_what_is_offered(NAME)
        assert patient.value(NAME) == KNOWN["name"]
        return patient

    yield fill
    hand().forget()


def test_a_call(filled):
    patient = filled(CALL)
    assert patient.value(PHONE) == KNOWN["tel"]
    assert patient.value(TRAP) == ""
    patient.press(CONSENT)
    patient.follow(SEND)
    expect_received(patient)


def test_a_letter(filled):
    patient = filled(EMAIL)
    assert patient.value(EMAIL_ADDRESS) == KNOWN["email"]
    assert patient.value(TRAP) == ""
    patient.press(CONSENT)
    patient.follow(SEND)
    expect_received(patient)
