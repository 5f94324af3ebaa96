"""The page about infusions."""

from clinic.treatments.models import TreatmentPage

from .safety import not_for_text, risks_text
from .shared import AFTERCARE, BEFORE, COST, care_cards

WHAT_IT_IS = """
<p>Ketamine is a medicine from operating rooms. There it puts people to sleep. In smaller amounts you stay
awake, and it changes how you feel and perceive things for about an hour.</p>
<p>We give it to adults with depression when other treatment has not done enough. It doesn't replace your
other care. It helps some people, not everyone.</p>
<p>Ketamine is not the same as esketamine (Spravato). That is a related medicine with an approval and rules
of its own.</p>
"""
HOW = """
<p>A nurse places one small tube in a vein of your arm. Through it, the medicine drips in slowly, over about
40 to 60 minutes. You lie back in a chair that reclines.</p>
<p>The drip can be slowed, raised or stopped at any moment. If you want it to stop, say so or lift your
hand.</p>
"""
DURING = """
<p>A trained member of staff stays in the room. They watch your breathing, heart and blood pressure all the
time.</p>
<p>Many people feel light, far away or apart from their body. Sounds and colors can seem strange. This can
be pleasant, and it can be frightening. It passes when the drip ends. You can talk, or be quiet, or listen
to music.</p>
"""
AFTER = """
<p>You rest with us for about an hour. You can go when three things are true: your blood pressure is close
to where it was, you walk steadily, and your ride is here.</p>
<p>Plan two and a half hours for the whole visit.</p>
"""
EVIDENCE = """
<p>Several studies found that ketamine can ease depression within hours or days in some people whom other
medicines had not helped enough. The studies were small, most of them looked at a short time only, and
little is known about risks over the years [1].</p>
<p>In 2021 a group of experts from many countries named two open questions: how ketamine compares with other
treatments, and when it should be tried [2].</p>
<h3>What nobody knows yet</h3>
<ul><li>For whom it works, and for whom it doesn't</li>
<li>How often one can repeat it, and for how long</li>
<li>What happens after years of visits</li></ul>
"""


def build_infusion(demo):
    """Add the page unless it is there."""
    demo.page(
        demo.pages["treatments"],
        TreatmentPage,
        "iv-ketamine-infusion",
        title="Ketamine infusion (IV)",
        summary="A slow drip through a vein, with somebody beside you the whole time. It can be stopped"
        " at any moment.",
        drawing="drip",
        title_es="Infusión de ketamina (intravenosa)",
        statement=demo.statements["standing-line"],
        references=demo.cite("sanacora-2017", "mcintyre-2021"),
        what_it_is=demo.text(WHAT_IT_IS),
        how_it_is_given=demo.text(HOW),
        before_visit=demo.text(BEFORE),
        during_visit=demo.text(DURING),
        after_visit=demo.text(AFTER),
        evidence=demo.text(EVIDENCE),
        risks=risks_text(),
        not_for=not_for_text(),
        aftercare=demo.text(AFTERCARE),
        cost=demo.text(COST),
    )


def fill_infusion(demo):
    """Add the questions and the way to the other treatment."""
    others = '<p>Not sure? <a page="compare-iv-and-im">Compare infusion and injection</a>, row by row.</p>'
    demo.fill(
        "iv-ketamine-infusion",
        body=[
            *care_cards(demo),
            demo.faqs(
                "Questions about infusions", "alone", "how-long-visit", "drive-home", "other-medicines"
            ),
            ("inset", {"text": demo.text(others)}),
        ],
    )
