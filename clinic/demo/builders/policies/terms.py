"""The terms of the website."""

SLUG = "terms"
TITLE = "Terms"
SUMMARY = "What this website is for, and what it isn't."
SECTIONS = [
    (
        "General information",
        """
        <p>This site gives general information. It is not medical advice, and reading it doesn't make you
        our patient. Talk with a clinician about your own case.</p>
        <p>Sending a request doesn't make you our patient either. That starts with your first
        evaluation.</p>
        """,
    ),
    (
        "Not for emergencies",
        """
        <p>Nobody watches this site around the clock. If you are in danger, call 911. In a crisis, call or
        text 988.</p>
        """,
    ),
    (
        "Changes and mistakes",
        """
        <p>Medicine changes, and we make mistakes. If you find one, write to hello@example.org. We correct
        it and say so on the page, with the day.</p>
        """,
    ),
    (
        "Links to other sites",
        """
        <p>We link to studies and to public offices. We don't answer for what they write, and they don't pay
        us for the link.</p>
        """,
    ),
]
