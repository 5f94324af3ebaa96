"""Likely slips in an address. They are a suggestion: some people do live at gmial.com."""

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
