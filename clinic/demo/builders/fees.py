"""What the demo's clinic charges; every amount is a placeholder."""

from datetime import date

from django.utils import timezone

from clinic.treatments.models import Fee, FeesPage

INTRODUCTION = """
<p>You should know what a visit costs before you book it. All amounts here are placeholders. A real clinic
would show its own, with the day until which they hold.</p>
"""
REST = "The medicine, watching over you, and the time to rest"
# Name, amount, unit, included, not included.
FEES = [
    ("First phone call", 0, "per call, about 15 minutes", "Your questions about visits, fees and dates", ""),
    (
        "First evaluation",
        250,
        "per visit of 60 minutes",
        "A visit with a clinician, your history, a written plan",
        "Lab tests, if you need any",
    ),
    ("Ketamine infusion (IV)", 475, "per visit", REST, "Talks with a therapist, the ride home"),
    ("Ketamine injection (intramuscular)", 350, "per visit", REST, "Talks with a therapist, the ride home"),
    ("Talk with a therapist", 160, "per 50 minutes", "Preparation or follow-up, here or by video", ""),
    ("Missed visit", 50, "when you tell us less than one day ahead", "The time we kept for you", ""),
]
ESTIMATE = """
<p>If you have no insurance, or you don't want to use it, you can have a written estimate of what your care
will cost. It is called a Good Faith Estimate, and it is a federal right. We give it to you without being
asked.</p>
<ol><li>You book at least 3 business days ahead: you get it within 1 business day.</li>
<li>You book at least 10 business days ahead: you get it within 3 business days.</li>
<li>You ask for it without booking: you get it within 3 business days.</li></ol>
<p>Keep it. If a bill is at least $400 above the estimate, you can dispute the bill.</p>
"""
SUPERBILL = """
<p>Most plans don't pay for ketamine treatment. Ask your plan before you come. Three questions help:</p>
<ul><li>Do you pay for this treatment, and for which diagnosis?</li>
<li>Do you pay for the evaluation or the talks, even if not for the medicine?</li>
<li>What do you need from the clinic?</li></ul>
<p>On request we give you a superbill. That is a list of what was done, in the form that plans read. You
send it in yourself. Whether they pay is up to them.</p>
"""
PAYING = """
<p>You pay after each visit, by card or check. We don't sell packages of visits, so you never pay ahead for
a treatment you may not want to go on with.</p>
"""
TOO_MUCH = """
<p>Tell us on the first call. We can't change the price. But we can tell you honestly whether a visit makes
sense for you, and name places that charge less for other kinds of care.</p>
"""
QUOTE = {
    "text": "If you receive a bill that is at least $400 more than your Good Faith Estimate, you can"
    " dispute the bill.",
    "who": "Centers for Medicare & Medicaid Services",
    "source_title": "Standard notice on the right to a Good Faith Estimate (read in a stored copy)",
    "source_url": "https://www.cms.gov/nosurprises",
}


def build_fees(demo):
    """Add the list of fees unless it is there."""
    demo.page(
        demo.pages["home"],
        FeesPage,
        "fees",
        title="Fees",
        summary="What each visit costs, what is included, and your right to an estimate in writing.",
        introduction=demo.text(INTRODUCTION),
        fees=[fee(*row) for row in FEES],
        show_in_menus=True,
    )


def fill_fees(demo):
    """Tell how paying works, with the questions that people ask about it."""
    demo.fill(
        "fees",
        body=[
            *demo.sections(("Good Faith Estimate", ESTIMATE)),
            ("quote", QUOTE),
            *demo.sections(("Insurance and superbills", SUPERBILL), ("How you pay", PAYING)),
            ("details", {"summary": "What if it is too much for me?", "text": demo.text(TOO_MUCH)}),
            demo.faqs("Questions about cost", "insurance", "how-many-visits", "call-free"),
        ],
    )


def fee(name, amount, unit, included, not_included):
    """Return a fee that holds from this January for two years."""
    year = timezone.localdate().year
    return Fee(
        name=name,
        amount=amount,
        unit=unit,
        included=included,
        not_included=not_included,
        effective_from=date(year, 1, 1),
        expires_on=date(year + 2, 1, 1),
    )
