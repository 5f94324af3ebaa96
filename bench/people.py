"""Honest people: each has a name, a phone, an address and a network of their own."""

from urllib.parse import urlencode

from tests.factories.forms import form_data

BROWSER = {
    "User-Agent": "Mozilla/5.0 (bench)",
    "Accept": "text/html,application/xhtml+xml",
    "Accept-Language": "en-US,en",
}
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
# What lies behind a front server sees only that server; this prefix is for documentation.
NETWORK = "2001:db8:{:x}::1"
NETWORKS = 2**16


def headers_of(number, url):
    """Return what the browser of one person and the front server send along with a form."""
    return {**BROWSER, **FORM, "Origin": url, "X-Forwarded-For": NETWORK.format(number % NETWORKS)}


def body_of(number, token):
    """Return the form that one person filled in."""
    digits = f"{number:07}"
    data = form_data(
        name=f"Person {number}",
        phone=f"(555) {digits[:3]}-{digits[3:]}",
        email=f"person.{number}@example.org",
        note=f"Note of person {number} ✓",
        token=token,
    )
    return urlencode(data, doseq=True).encode()
