"""What a thief confirms of a person he guesses, with the keys of the process that takes requests in: the
figures of docs/crypto.md, measured with the index as it is set."""

import re
from collections import Counter
from itertools import product

import pytest
from django.conf import settings as django_settings

from clinic.database_rights import INTAKE
from consults import workflow
from consults.enums import ContactWay, ForWhom, Topic
from consults.intake.submission import submission_from
from consults.intake.token import FormToken
from consults.models import ConsultRequest
from consults.sealing.blind_index import indexes_of
from tests.factories.consults import valid_form

pytestmark = pytest.mark.once

KEY = bytes(range(32))
ENDINGS = 10_000
AREA_CODE = 10_000_000
# So many numbers of one area code are looked at, evenly.
SAMPLE = 50_000
LINE = re.compile(r"^\| (.+?) \| ([\d,.]+) \|$", re.MULTILINE)
STATED = "numbers of one area code (10,000,000) that fit like the right one, "


@pytest.fixture(scope="module")
def stated():
    """The figures of the page, by what they are of."""
    page = (django_settings.BASE_DIR / "docs" / "crypto.md").read_text()
    return {what: float(number.replace(",", "")) for what, number in LINE.findall(page)}


@pytest.fixture(scope="module")
def indexes():
    """The indexes of many numbers of one area code."""
    step = AREA_CODE // SAMPLE
    # A prime beside the step, so that the endings differ as well.
    phones = [f"1303{(number * (step + 7)) % AREA_CODE:07}" for number in range(SAMPLE)]
    bits = django_settings.CONSULTS_INDEX_BITS
    return [indexes_of(KEY, phone=phone, email="", bits=bits) for phone in phones]


def that_fit(values, number):
    """Return how many of so many share, on the average, the value that somebody has."""
    counted = Counter(values)
    pairs = sum(count * (count - 1) for count in counted.values())
    return pairs / (len(values) * (len(values) - 1)) * number


def is_about(measured, said):
    return said == pytest.approx(measured, rel=0.2, abs=0.6)


def test_the_last_four_digits(stated):
    bits = django_settings.CONSULTS_INDEX_BITS
    ends = [f"1303555{ending:04}" for ending in range(ENDINGS)]
    values = [indexes_of(KEY, phone=e, email="", bits=bits)["phone_end_index"] for e in ends]
    fit = that_fit(values, ENDINGS)
    assert is_about(
        fit, stated["last four digits (10,000) that fit like the right ones, from the whole table"]
    )


def test_a_number_from_the_whole_table(stated, indexes):
    values = [found["phone_end_index"] for found in indexes]
    assert is_about(that_fit(values, AREA_CODE), stated[f"{STATED}from the whole table"])


def test_a_number_from_what_the_role_of_intake_reads(stated, indexes):
    columns = sorted(set(INTAKE["consults_consultrequest"]["SELECT"]) & set(indexes[0]))
    values = [tuple(found[column] for column in columns if column.startswith("phone")) for found in indexes]
    assert is_about(that_fit(values, AREA_CODE), stated[f"{STATED}from what the role of intake reads"])


@pytest.mark.django_db
def test_whoever_knows_a_person_and_the_table_finds_out_what_was_asked(stated):
    """The key of a double is exact: a form that is guessed whole is confirmed."""
    accepted = workflow.accept(submission(topic="cost", for_whom="else", way="email"))
    known = ConsultRequest.objects.get(reference=accepted.reference).idempotency_key
    guesses = list(product(["unsure", "cost"], [word.value for word in ForWhom], ContactWay.values))
    assert len(guesses) == len(Topic) * len(ForWhom) * len(ContactWay)
    assert (
        len(guesses) == stated["forms to try for somebody whose other answers are known, without treatments"]
    )
    hits = [g for g in guesses if submission(topic=g[0], for_whom=g[1], way=g[2]).idempotency_key == known]
    assert hits == [("cost", "else", "email")]


def submission(**answers):
    return submission_from(valid_form(note=None, texting="yes", **answers), token=FormToken(), locale="en")
