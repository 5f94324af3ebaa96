"""What browsers send; nothing here needs Django."""

# Beside the answers; a form without them looks a little like spam.
BROWSER = {
    "User-Agent": "Mozilla/5.0 (Linux; Android 9) AppleWebKit/537.36",
    "Accept": "text/html",
    "Accept-Language": "en-US",
    # Its companion, Origin, bears the address of the site, which is another in each test.
    "Sec-Fetch-Site": "same-origin",
}


def answers(**changes):
    """Return well-chosen answers as staff enter them, and as the form of release 0.3.0 sent them.

    A value of None leaves the field out.
    """
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


def form_data(**changes):
    """Return what a browser sends for the same answers on the page of today.

    Only the form of release 0.3.0 had a box for the copy: with one, it is what that form sent.
    """
    if "copy" in changes:
        return answers(**changes)
    data = {"layout": "2", **answers(**changes)}
    if data.get("age") == "adult":
        del data["age"]
    second = {"call": "email", "text": "email", "email": "phone"}.get(str(data.get("way")))
    if second in data:
        data[f"second_{second}"] = data.pop(second)
    return data
