"""The one place where reading a report is noted."""


def note_reading(request, what):
    """Note that the user read ``what``: "reports" for the page, or the name of a table taken as a file."""
