"""Risks of ketamine, written once for all pages; a clinician signs the final lists."""

COMMON = [
    "feeling detached from your body or the room",
    "sleepiness and dizziness",
    "nausea or vomiting",
    "blurred vision",
    "anxiety",
    "headache",
    "a rise in blood pressure and heart rate for a short time",
]
RARER = [
    "severe distress",
    "psychosis or mania",
    "slowed breathing or airway spasm",
    "an allergic reaction",
    "raised liver enzymes with repeated use",
]
LONG_TERM = [
    "harm to the bladder",
    "problems with memory and thinking",
    "dependence: ketamine can be misused, so we ask about this and watch for it",
    "effects that nobody knows yet",
]
NOT_FOR = [
    "high blood pressure that is not under control",
    "unstable heart disease",
    "an aneurysm, or a past bleed in the brain",
    "psychosis or mania",
    "pregnancy or breastfeeding",
    "active substance use, alcohol included",
    "serious liver disease",
    "raised pressure in the eye or the brain",
    "past bladder trouble from ketamine",
    "age under 18",
]


def safety(demo):
    """Return the value of a safety block."""
    return {
        "statement": demo.statements["standing-line"],
        "common": COMMON,
        "rarer": RARER,
        "long_term": LONG_TERM,
        "not_for": NOT_FOR,
    }


def risks_text():
    """Return the risks as rich text."""
    return (
        "<p>You get the good and the bad together, so here is the whole list. Tell us about anything that"
        " worries you.</p>"
        f"<h3>Common, mostly gone within hours</h3>{_list(COMMON)}"
        f"<h3>Rarer and serious</h3>{_list(RARER)}"
        f"<h3>With frequent or long use</h3>{_list(LONG_TERM)}"
        "<p>People can also fall, or have an accident when they drive too early.</p>"
    )


def not_for_text():
    """Return who should not have it, as rich text."""
    return (
        "<p>For some people ketamine is too risky, and for some it needs extra care. Tell the clinician"
        " if one of"
        f" these is true for you:</p>{_list(NOT_FOR)}"
        "<p>The list is not complete. If we say no, we tell you why and what else you can do.</p>"
    )


def _list(items):
    return "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
