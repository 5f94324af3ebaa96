"""The overview of treatments."""

from clinic.treatments.models import TreatmentIndexPage

INTRODUCTION = """
<p>We give ketamine in two ways, and we offer talks around it. Each page says what is known, what isn't, and
what can go wrong. None of this replaces a talk with a clinician.</p>
"""
FIRST_CARDS = [
    (
        "Your first visit",
        "From the front door to the way home.",
        "first-visit",
    ),
    ("What it costs", "Every amount, what it covers, and your right to an estimate.", "fees"),
    ("What people ask", "Short answers on risks, visits, cost and privacy.", "questions"),
    ("Who you meet", "The people who watch over you, by their roles.", "team"),
]


def build_index(demo):
    """Add the overview unless it is there."""
    demo.page(
        demo.pages["home"],
        TreatmentIndexPage,
        "treatments",
        title="Treatments",
        summary="Ketamine as an infusion or an injection, and talks around it: what is known and what isn't.",
        introduction=demo.text(INTRODUCTION),
        show_in_menus=True,
    )


def fill_index(demo):
    """Lead on to what people look for next."""
    cards = [{"title": title, "text": text, "page": demo.pages[slug]} for title, text, slug in FIRST_CARDS]
    demo.fill(
        "treatments",
        body=[
            ("statement", demo.statements["compounded"]),
            ("cards", {"heading": "Before you decide", "cards": cards}),
        ],
    )
