"""How pages are written and checked."""

SLUG = "how-we-write"
TITLE = "How we write and check pages"
SUMMARY = "Who writes what you read here, who checks it, and what we never claim."
SECTIONS = [
    (
        "How a page comes about",
        """
        <ol><li>Somebody writes it in plain words and names the sources.</li>
        <li>A clinician who did not write it checks it.</li>
        <li>The page shows the day of that check and of the next one.</li>
        <li>When a rule or a finding changes, we check sooner.</li></ol>
        <p>On this demonstration site no clinician has checked anything. Each page about medicine says
        so.</p>
        """,
    ),
    (
        "What a source must be",
        """
        <p>We cite studies, labels and public offices. We say what we read: the whole paper, or only the
        abstract. Where we found no source, we say that it is how clinics usually work, not a finding.</p>
        <p>Every line about approval comes from one list with dates. When a line gets old, somebody has to
        check it before a page that uses it can be published again.</p>
        """,
    ),
    (
        "What we don't do",
        """
        <ul><li>We promise no result.</li>
        <li>We name no benefit without the risks.</li>
        <li>We don't print stories of patients or stars from reviews.</li>
        <li>We don't say that we are better than others.</li>
        <li>We write no amounts of medicine on pages for patients.</li></ul>
        """,
    ),
    (
        "Our interest",
        """
        <p>We earn money with these treatments. That can color what we write. So we say it at the top of
        each page about a treatment, and we ask you to hear another clinician too.</p>
        """,
    ),
    (
        "Corrections",
        """
        <p>Found a mistake? Write to hello@example.org. We correct it, and the page says what changed and
        when.</p>
        """,
    ),
]
