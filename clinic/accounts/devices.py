"""What somebody signed in with, in words that they recognise; no more of what a browser says is kept."""

UNKNOWN = "An unknown browser"

# The first that is found. Most browsers also name those they want to be taken for, so these come last.
BROWSERS = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
]
SYSTEMS = [
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "a Mac"),
    ("Linux", "Linux"),
]


def device_of(agent) -> str:
    """Return words such as “Firefox on Windows”."""
    browser = _first(BROWSERS, agent) or UNKNOWN
    system = _first(SYSTEMS, agent)
    return f"{browser} on {system}" if system else browser


def _first(names, agent):
    return next((name for mark, name in names if mark in agent), None)
