"""Infusion beside injection: the same questions, the same length, no favorite."""

from clinic.treatments.models import ComparisonPage

from .treatments.safety import safety

PRACTICE = "Clinic practice, not trial results"
NOBODY_TESTED = "Some clinicians say longer. We found no trial that tested it."
ONE_TRIAL = "One small trial (27 people, three days) found similar scores in each group [1]."
UNKNOWN = "No large trial compared the two. Long-term effects are unknown."
INTRODUCTION = """
<p>Both ways bring the same medicine into your body. Neither is the better one for everybody. Go through the
rows with a clinician and ask what each of them means in your case.</p>
"""
FOOTNOTE = """
<p>Rows marked “clinic practice” describe how clinics usually work. No large study has compared the two
directly.</p>
"""
# Criterion, IV infusion, IM injection, source.
ROWS = [
    (
        "How it is given",
        "A slow drip through one small tube in a vein.",
        "One or more injections into a muscle.",
        PRACTICE,
    ),
    (
        "Can it be changed during treatment?",
        "It can be slowed, raised or stopped.",
        "It can't be taken back once given.",
        PRACTICE,
    ),
    (
        "Setting up",
        "It takes a vein. Setting up takes longer.",
        "There is no drip. Setting up is shorter.",
        PRACTICE,
    ),
    (
        "How it comes on",
        "It follows the rate of the drip.",
        "It can come on faster than a slow drip, and it can't be paused.",
        "Clinicians' experience, not checked in a trial",
    ),
    (
        "Does it work as well?",
        ONE_TRIAL,
        "The same trial, the same finding [1].",
        "Reference 1; we read the abstract only",
    ),
    ("How long does it last?", NOBODY_TESTED, NOBODY_TESTED, "We found none"),
    ("Risks", "See the list below.", "See the list below. It is the same list.", "List below, with its date"),
    ("Cost", "See the fees.", "See the fees.", "Our fees page"),
    ("What isn't known", UNKNOWN, UNKNOWN, "–"),
]
ASKING = """
<ol><li>What do you know about my veins, my heart and my blood pressure that speaks for one or the
other?</li>
<li>What would you do if I want to stop halfway?</li>
<li>How will we see whether it helps, and when do we end it if it doesn't?</li></ol>
<p>All amounts stand on the page about <a page="fees">fees</a>. More about the studies is in our post
<a page="intramuscular-ketamine-injections">Intramuscular Ketamine Injections</a>.</p>
"""


def build_comparison(demo):
    """Add the comparison unless it is there."""
    options = [("IV infusion", "iv-ketamine-infusion"), ("IM injection", "im-ketamine-injection")]
    demo.page(
        demo.pages["treatments"],
        ComparisonPage,
        "compare-iv-and-im",
        title="Compare IV infusion and IM injection",
        summary="The two ways of giving ketamine, side by side, with a source for each row.",
        statement=demo.statements["standing-line"],
        references=demo.cite("chilukuri-2014"),
        introduction=demo.text(INTRODUCTION),
        options=[("option", {"name": name, "page": demo.pages[slug]}) for name, slug in options],
        rows=[("row", {"criterion": c, "cells": [iv, im], "source": s}) for c, iv, im, s in ROWS],
        footnote=demo.text(FOOTNOTE),
    )


def fill_comparison(demo):
    """Add what links to pages that come later."""
    demo.fill(
        "compare-iv-and-im",
        body=[
            ("safety", safety(demo)),
            *demo.sections(("What to ask about the two", ASKING)),
            demo.faqs("Questions about both", "alone", "drive-home", "how-many-visits"),
        ],
    )
