"""What makes a claim of a sentence, kind by kind, and what makes none of it."""

import pytest

from clinic.content_checks.wording import claims_in

pytestmark = pytest.mark.once

CLAIMS = [
    ("reward", "Refer a friend and you both get $25 off."),
    ("reward", "Every new patient receives a gift bag."),
    ("reward", "Por cada amigo que traiga le damos 20 dólares."),
    ("not-for", "Teens are welcome at our clinic."),
    ("not-for", "Ketamine is fine during pregnancy."),
    ("not-for", "El embarazo no es impedimento."),
    ("claim-free", "If you book today, your first visit is on the house."),
    ("claim-free", "Your evaluation costs you nothing."),
    ("claim-free", "La primera visita es sin cargo."),
    ("claim-best", "No other clinic gets results like ours."),
    ("claim-no-risk", "Side effects are nothing to worry about."),
    ("claim-safe", "There is no safer option for anxiety."),
    ("claim-cure", "Your depression will never return."),
    ("patient-story", "Tom couldn’t leave the house for years; today he is back at work."),
    ("patient-story", "José no dormía desde hacía años; hoy duerme toda la noche."),
]
NO_CLAIMS = [
    "Bring a friend who can drive you home.",
    "You receive a sheet with what we talked about.",
    "We don’t pay for referrals.",
    "We do not treat people under 18.",
    "Is it safe in pregnancy?",
    "People who are pregnant should not have ketamine.",
    "Ketamine is used in children for anesthesia.",
    "This visit is not free.",
    "A visit that you cancel two days before costs nothing.",
    "The first call costs nothing.",
    "If your insurer pays nothing, you pay the whole fee.",
    "Your insurer may ask for a letter.",
    "No other clinic has your record.",
    "Nobody else sees what you write.",
    "A safe way home is part of the visit.",
    "Alguien debe llevarle a casa de forma segura.",
    "It is safer to wait a week than to come with a fever.",
    "Effects wear off, and people feel like themselves again the next day.",
    "Don’t wait for suicidal thoughts to fade: call 988.",
    "Dr. Ruiz worked in a hospital for twenty years until she joined us.",
    "Some websites call it a cure; we don’t think that claim is true.",
]
NAMED = [
    "In a trial with 73 people (Murrough et al., 2013), 64% felt better after a day.",
    "In a 2013 trial by Murrough and colleagues, 64% felt better after a day.",
    "En un ensayo de Murrough y colaboradores (2013), el 64% mejoró después de un día.",
]
NOT_NAMED = [
    "In a 2013 study, 64% felt better after a day.",
    "Murrough and colleagues found that 64% felt better after a day.",
    "In 2024 our doctors and colleagues saw 64% get better.",
]


def kinds_in(sentence):
    return {kind.key for kind, _words in claims_in(sentence)}


@pytest.mark.parametrize(("kind", "sentence"), CLAIMS)
def test_it_is_a_claim_of_this_kind(kind, sentence):
    assert kind in kinds_in(sentence)


@pytest.mark.parametrize("sentence", NO_CLAIMS)
def test_it_is_no_claim(sentence):
    assert kinds_in(sentence) == set()


@pytest.mark.parametrize("sentence", NAMED)
def test_authors_and_year_in_the_sentence_are_a_source(sentence):
    assert kinds_in(sentence) == set()


@pytest.mark.parametrize("sentence", NOT_NAMED)
def test_a_year_or_a_name_alone_is_no_source(sentence):
    assert "number-without-citation" in kinds_in(sentence)
