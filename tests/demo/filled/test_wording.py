"""What the demo's words must never say. The rules are those of the page “How we write and check pages”."""

import html
import re

import pytest
from django.utils.html import strip_tags
from wagtail.models import Page

from .texts import texts, texts_of

# With the second mark pytest-django makes a database, which the `site` fixture fills.
pytestmark = [pytest.mark.once, pytest.mark.django_db, pytest.mark.long]

# Phrases that not even a denial needs.
NEVER_SAID = re.compile(
    r"not addictive|non-addictive|non-habit-forming|no side effects|miracle|breakthrough|risk-free|\bcures?\b"
    r"|guarantee|\bproven\b|\binstant|\bsafe\b|\bsafest\b|100 ?%|success rate|prevents? suicide"
    r"|committed suicide|epidemic|journey|\breset\b|unlock|affordable|works better|lasts longer"
    r"|like spravato|generic spravato|qualify now|click here|read more|learn more|hipaa|testimonial",
    re.IGNORECASE,
)
# The one sentence that has to name what was not shown.
ALLOWED = "It has not been shown to prevent suicide."
AMOUNT = re.compile(r"\b\d+(?:\.\d+)? ?(?:mg|milligrams?|mcg|ml)\b", re.IGNORECASE)
PERCENT = re.compile(r"\d ?%|\bpercent\b", re.IGNORECASE)
ESKETAMINE_TRADE_NAME = re.compile(r"(?<!esketamine \()\bSpravato\b(?! \(esketamine\))", re.IGNORECASE)
LONGEST_PARAGRAPH, LONGEST_SENTENCE = 90, 30  # in words


@pytest.fixture
def written(site):
    """Place and words of everything in the demo."""
    return [(place, strip_tags(text).replace(ALLOWED, "")) for place, text in texts()]


def places(pattern, written):
    return {(place, found[0]) for place, text in written for found in pattern.finditer(text)}


@pytest.mark.parametrize(
    "pattern",
    [NEVER_SAID, AMOUNT, PERCENT, ESKETAMINE_TRADE_NAME],
    ids=["claims", "amounts of medicine", "percentages", "trade name alone"],
)
def test_it_is_never_said(written, pattern):
    assert places(pattern, written) == set()


def test_approval_is_told_by_the_dated_statements_alone(written):
    telling = {
        place.split()[0] for place, text in written if re.search("approved (as|for)|FDA-approved", text)
    }
    assert telling <= {"regulatorystatement", "faq", "blogpage"}
    assert "regulatorystatement" in telling


def test_whoever_speaks_of_suicide_says_whom_to_call(written):
    for page in Page.objects.specific():
        words = " ".join(text for _place, text in texts_of(page))
        if "suicide" in words:
            assert "tel:988" in words, page.slug


def test_paragraphs_and_sentences_stay_short(written):
    paragraphs = [
        (page.slug, " ".join(html.unescape(strip_tags(part)).split()))
        for page in Page.objects.specific()
        for _place, text in texts_of(page)
        if "<p>" in text
        for part in re.split(r"</(?:p|li|h3)>|', '", text)
    ]
    sentences = [(slug, s) for slug, text in paragraphs for s in re.split(r"(?<=[.!?:”])\s+", text)]
    assert [p for p in paragraphs if len(p[1].split()) > LONGEST_PARAGRAPH] == []
    assert [s for s in sentences if len(s[1].split()) > LONGEST_SENTENCE] == []
