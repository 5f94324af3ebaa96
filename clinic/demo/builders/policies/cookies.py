"""The page on cookies."""

SLUG = "cookies"
TITLE = "Cookies"
SUMMARY = "Visitors get none."
SECTIONS = [
    (
        "None for visitors",
        """
        <p>This site sets no cookies when you read it, search it or send a request. So there is nothing to
        accept and nothing to refuse, and no banner asks you.</p>
        <p>If you close a notice at the top of a page, your browser remembers which one you closed. That stays
        in your browser, and nobody else gets to know it.</p>
        """,
    ),
    (
        "For staff",
        """
        <p>Staff who sign in get three cookies: one that keeps them signed in, one that says when they last
        did something, and one that protects forms from being forged. All are needed for the work and tell
        nothing to anybody else.</p>
        """,
    ),
]
