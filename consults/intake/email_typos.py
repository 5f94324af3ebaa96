"""Likely slips in an address. They are a suggestion: some people do live at gmial.com."""

from clinic.core.typed_text import clean_email

# No address is longer, whatever was copied along with it.
LONGEST = 500

COMMON_SLIPS = {
    "gmial.com": "gmail.com",
    "gmal.com": "gmail.com",
    "gmail.co": "gmail.com",
    "gmail.con": "gmail.com",
    "gamil.com": "gmail.com",
    "gnail.com": "gmail.com",
    "gmaill.com": "gmail.com",
    "hotmial.com": "hotmail.com",
    "hotmai.com": "hotmail.com",
    "hotmail.con": "hotmail.com",
    "hotmal.com": "hotmail.com",
    "yaho.com": "yahoo.com",
    "yahooo.com": "yahoo.com",
    "yahoo.con": "yahoo.com",
    "yhaoo.com": "yahoo.com",
    "outlok.com": "outlook.com",
    "outloo.com": "outlook.com",
    "outlook.con": "outlook.com",
    "iclod.com": "icloud.com",
    "icloud.con": "icloud.com",
    "icoud.com": "icloud.com",
    "aol.con": "aol.com",
    "comcast.con": "comcast.net",
    "verison.net": "verizon.net",
}


def likely_email(email: str) -> str:
    """Return the address somebody probably meant, or nothing where theirs looks right."""
    name, at, domain = email.rpartition("@")
    meant = COMMON_SLIPS.get(domain.casefold())
    return f"{name}{at}{meant}" if meant else ""


def meant_by(typed: str) -> str:
    """Return the same for what was typed, before anything looked at it."""
    return likely_email(clean_email(typed[:LONGEST]))


def with_meant(data, names):
    """Return a posted form with the addresses that were probably meant."""
    changed = data.copy()
    for name in names:
        if meant := meant_by(data.get(name, "")):
            changed[name] = meant
    return changed
