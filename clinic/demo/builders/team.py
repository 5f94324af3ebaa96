"""The people of the demo: invented roles, never a person."""

from clinic.team.models import PersonPage, TeamIndexPage

INTRODUCTION = """
<p>These are sample roles, not people. On a real clinic's site you would find names here, with licenses that
you can check at the state board.</p>
<p>Whoever you meet: you may ask what they are trained in, and you may ask for somebody else.</p>
"""
# Slug: title, role, credentials, summary, biography, whether they check what this site says.
PEOPLE = {
    "medical-director": (
        "Medical director (sample)",
        "Answers for the medical side of the clinic",
        "Sample credentials: MD, anesthesiology",
        "Decides together with you whether treatment makes sense, and says no when the risks are too high.",
        """
        <p>The medical director answers for every treatment given here. They read your history before your
        first visit and talk through the risks with you. If the risks are too high for you, they say no and
        tell you why.</p>
        <h3>What you can ask</h3>
        <ul><li>What do you see in my history that worries you?</li>
        <li>What happens if something goes wrong during a visit?</li>
        <li>When would you tell me to stop?</li></ul>
        <p>On a real site, the medical director also checks what these pages say about medicine. The pages
        here are samples, and nobody has checked them.</p>
        """,
        True,
    ),
    "psychiatrist": (
        "Psychiatrist (sample)",
        "Looks at the whole picture of your mood",
        "Sample credentials: MD, psychiatry",
        "Talks with you about your diagnosis, your medicines and what you have tried before.",
        """
        <p>The psychiatrist asks what you have tried so far and what it did. They look at your other
        medicines. If you wish, they talk with your own doctor or therapist.</p>
        <p>They also tell you about care that has nothing to do with ketamine. Sometimes that is the better
        next step.</p>
        <h3>What you can ask</h3>
        <ul><li>Which other treatments are there for me?</li>
        <li>How will we know whether this one helps?</li>
        <li>Whom do I call when I feel worse?</li></ul>
        """,
        True,
    ),
    "nurse-anesthetist": (
        "Nurse anesthetist (sample)",
        "Stays with you during treatment",
        "Sample credentials: CRNA",
        "Gives the medicine, watches your breathing, heart and blood pressure, and stays in the room.",
        """
        <p>The nurse anesthetist is with you from the first minute to the last. They watch your breathing,
        your heart and your blood pressure. A drip they can slow or stop at any time.</p>
        <p>If you feel sick or afraid, say so. They have seen it before, and they know what to do. If you
        would rather not talk, that is fine too.</p>
        <h3>What you can ask</h3>
        <ul><li>What do all these wires measure?</li>
        <li>Can you make the room darker, or quieter?</li>
        <li>When can I go home?</li></ul>
        """,
        False,
    ),
    "therapist": (
        "Therapist (sample)",
        "Talks with you before and after",
        "Sample credentials: LPC",
        "Helps you prepare for a visit, and helps you put into words what you felt.",
        """
        <p>The therapist meets you before your first treatment. They want to hear what you hope for and what
        worries you. Afterwards they help you sort what you felt and choose small next steps.</p>
        <p>You decide what you talk about. If you have a therapist of your own, you can stay with them. We
        are glad to work together, if you allow it.</p>
        <h3>What you can ask</h3>
        <ul><li>What do these talks cover, and what don't they?</li>
        <li>Who hears about what I say?</li>
        <li>Can my partner come along?</li></ul>
        """,
        False,
    ),
    "front-desk": (
        "Front desk (sample)",
        "Calls you back",
        "",
        "Reads your request, calls you back and finds a time that suits you.",
        """
        <p>The front desk is the first voice you hear. They call you back in the way you chose. They answer
        what they can, and they pass on what a clinician must answer.</p>
        <p>They don't ask for medical details on the phone. They tell you what a visit costs before you book
        it.</p>
        <h3>What you can ask</h3>
        <ul><li>When is the next free time?</li>
        <li>What will it cost in my case?</li>
        <li>How do I get to you without a car?</li></ul>
        """,
        False,
    ),
}


def build_team(demo):
    """Add the team's pages that are missing."""
    index = demo.page(
        demo.pages["home"],
        TeamIndexPage,
        "team",
        title="Team",
        summary="Who calls you back, who watches over you and who talks with you.",
        introduction=demo.text(INTRODUCTION),
        show_in_menus=True,
    )
    for slug, (title, role, credentials, summary, biography, reviews_content) in PEOPLE.items():
        demo.page(
            index,
            PersonPage,
            slug,
            title=title,
            role=role,
            credentials=credentials,
            languages="English, Spanish (sample)",
            summary=summary,
            biography=demo.text(biography),
            reviews_content=reviews_content,
        )
