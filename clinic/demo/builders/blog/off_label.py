"""Post, overdue for its next review: what off-label means."""

from blog.models import BlogPage
from clinic.demo.builders.days import days_ago

KEY_POINTS = [
    "A medicine is approved for certain uses. Any other use is off-label.",
    "Off-label is legal, and common. It doesn't mean tested, and it doesn't mean forbidden.",
    "Ask what is known for your case, and who pays.",
]
OPENING = """
<p>You read it on our pages and on those of other clinics: “off-label”. It sounds like a secret. It is a
plain thing with a dull name. Once you know it, you can ask better questions.</p>
"""
LABEL = """
<p>Every approved medicine has a label. That isn't the sticker on the box. It is a long text that says what
the medicine is for, who may have it, how it is given, and what can go wrong. The maker writes it, and the
Food and Drug Administration (FDA) reviews it together with the studies behind it.</p>
<p>If a clinician uses the medicine for something that isn't in that text, the use is off-label. The
medicine is the same. What is missing is the review for that purpose.</p>
"""
MEANS = """
<p>Off-label use means that a clinician has looked at you, at what is known and at what else there is, and
thinks that it may help. That is legal in the United States. It happens every day, in children's wards for
example, since many medicines were never tested in children.</p>
<p>It doesn't mean that somebody has checked whether it helps against what you have. It doesn't mean that
the right way to give it is known. And it doesn't mean that it was refused. Often nobody ever asked for an
approval.</p>
"""
KETAMINE = """
<p>What exactly is approved for ketamine, and what isn't, stands at the top of this post, with its source
and the day on which somebody checked it. We keep that line in one place, so that it can't be old on one
page and new on another.</p>
<p>Studies of ketamine for depression exist. Experts who looked at them found that some people felt better
quickly. They also found that the studies were small, and that little is known about risks over the years
[1]. It is unclear, too, where ketamine belongs among the other treatments [2].</p>
"""
CLAIMS = """
<p>Not everybody says this plainly. In 2023, researchers looked at the websites of clinics in one state and
found false or misleading claims about ketamine [3]. So read with care, here as well. Three signs that
should make you stop:</p>
<ul><li>a page that names benefits and no risks</li>
<li>the word “approved”, without saying for what</li>
<li>a promise of how you will feel</li></ul>
"""
ASK = """
<ol><li>What is this medicine approved for, and what do you use it for?</li>
<li>Which studies do you go by? How many people were in them, and for how long?</li>
<li>What approved treatments are there for me, and why not those?</li>
<li>What do we do if it doesn't help?</li>
<li>Will my insurance pay? If not, what will it cost in all?</li></ol>
"""
CONSENT = """
<p>Before an off-label treatment you should get this in writing: that it is off-label, what is known, what
can go wrong, what else there is, and that you can change your mind. Take the paper home. Show it to
somebody you trust. Whoever hurries you has not understood what consent is.</p>
"""
COMPOUNDED = """
<p>Some pharmacies mix ketamine themselves, as lozenges or sprays. That is called compounding, and it is
something else again. Nobody reviews what comes out of it the way an approved medicine is reviewed. We don't
offer it.</p>
"""


def build(demo, index):
    """Add the post unless it is there."""
    demo.page(
        index,
        BlogPage,
        "what-off-label-means",
        title="What “off-label” means, in plain words",
        summary="Legal, common, and not the same as tested: what the word says about a treatment, and"
        " what not.",
        published_on=days_ago(390),
        author=demo.pages["medical-director"],
        topics=[demo.topics["choosing"], demo.topics["safety"]],
        picture=demo.pictures["blog-6"],
        statement=demo.statements["standing-line"],
        references=demo.cite("sanacora-2017", "mcintyre-2021", "crane-2023"),
        # Shows editors what an overdue page looks like.
        next_review_on=days_ago(25),
        body=[
            ("key_points", {"heading": "In short", "points": KEY_POINTS}),
            ("text", demo.text(OPENING)),
            *demo.sections(("What a label is", LABEL), ("What the word means, and what not", MEANS)),
            *demo.sections(("And ketamine?", KETAMINE), ("What others write", CLAIMS), ("What to ask", ASK)),
            *demo.sections(("What you should have in writing", CONSENT)),
            ("details", {"summary": "What “compounded” means", "text": demo.text(COMPOUNDED)}),
            ("statement", demo.statements["esketamine"]),
        ],
    )
