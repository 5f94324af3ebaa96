"""The statement on accessibility."""

SLUG = "accessibility"
TITLE = "Accessibility"
SUMMARY = "What we do so that everybody can use this site and our rooms, and how to tell us when we fail."
SECTIONS = [
    (
        "What we aim for",
        """
        <p>This site aims to meet the Web Content Accessibility Guidelines (WCAG) 2.2, level AA. It is made
        to work with a keyboard, with a screen reader, without scripts, enlarged four times, and on
        paper.</p>
        """,
    ),
    (
        "What we know is missing",
        """
        <p>Forms you can download are PDF files. They can be hard to use with a screen reader, so the same
        words stand on a page. Nobody from outside has tested this site yet.</p>
        """,
    ),
    (
        "Our rooms",
        """
        <p>Both of our <a page="locations">locations</a> have an entrance without steps. Tell us what you
        need, and we prepare it: a wider chair, a quiet room, an interpreter.</p>
        """,
    ),
    (
        "Tell us",
        """
        <p>If something stands in your way, call (555) 555-0100 or write to hello@example.org. We answer
        within one business day and give you what you need in another form.</p>
        """,
    ),
]
