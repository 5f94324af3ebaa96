"""What browsers send; nothing here needs Django."""

# Beside the answers; a form without them looks a little like spam.
BROWSER = {
    "User-Agent": "Mozilla/5.0 (Linux; Android 9) AppleWebKit/537.36",
    "Accept": "text/html",
    "Accept-Language": "en-US",
    # Its companion, Origin, bears the address of the site, which is another in each test.
    "Sec-Fetch-Site": "same-origin",
}


def form_data(**changes):
    """Return what a browser sends for a well-filled form; a value of None leaves the field out."""
    data = {
        "name": "Sample Person",
        "phone": "(555) 555-0123",
        "email": "sample.person@example.org",
        "way": "call",
        "times": ["1", "8"],
        "time_zone": "America/Denver",
        "topic": "unsure",
        "for_whom": "me",
        "age": "adult",
        "needs": "",
        "heard_from": "person",
        "note": "Please ring twice.",
        "contact": "yes",
        "voicemail": "yes",
        "section": "blog",
        **changes,
    }
    return {name: value for name, value in data.items() if value is not None}
