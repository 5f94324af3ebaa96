"""Who may do what: the rights of each group, by the app whose migration grants them, and each role in words.

Every clinic begins with these rights and may take some away afterwards. So a new right takes a word here, and
a migration that grants this word alone to the sites that there are, by ``grant`` of
``clinic.core.group_permissions``.

Over requests the group alone decides nothing: whoever is at the desk stands in a table of its own, which the
managers keep (``consults.permissions``).
"""

from typing import NamedTuple

ROLES = {
    "core": {
        "Editors": {
            "core.faq": "add change delete publish",
            "core.reference": "add change delete publish",
            "core.regulatorystatement": "add change delete publish",
            "core.clinicsettings": "change",
            "core.mainmenu": "change",
            "core.sitenotice": "add change delete",
        },
    },
    "search": {
        "Editors": {"search.pinnedanswer": "add change delete", "search.missedword": "view"},
    },
    "due": {
        "Editors": {"due.duemail": "view"},
    },
    "review": {
        "Editors": {"review.watchedpage": "view"},
        "Managers": {"review.ownpagereason": "view add change delete", "review.watchedpage": "view"},
        "Medical reviewers": {
            "review.medicalreviewtask": "decide",
            "core.faq": "change publish",
            "core.regulatorystatement": "change publish",
        },
    },
    "removal": {
        "Editors": {
            "removal.removal": "view",
            "removal.notfoundaddress": "view",
            "wagtailredirects.redirect": "add change delete",
        },
    },
    "blog": {
        "Editors": {"blog.blogtopic": "add change delete"},
    },
    "consults": {
        "Front desk": {
            "wagtailadmin.admin": "access",
            "consults.consultrequest": "view change",
        },
        "Clinician": {
            "wagtailadmin.admin": "access",
            "consults.consultrequest": "view change",
        },
        "Managers": {
            "wagtailadmin.admin": "access",
            "consults.consultrequest": "view change export export_opened erase report",
            "consults.consentwording": "view add",
            "consults.guardedfacts": "add",
            "consults.replytemplate": "view add change delete",
        },
        "Auditors": {
            "wagtailadmin.admin": "access",
            "consults.auditevent": "view",
        },
        "Medical reviewers": {
            "wagtailadmin.admin": "access",
        },
    },
}
# The groups that follow the table of the desk. No form of Wagtail changes who belongs to them.
AT_THE_DESK = ("Front desk", "Clinician", "Managers", "Auditors")
MANAGERS_GIVE = "a manager, on People at the desk"
TWO_PEOPLE_GIVE = "a manager, on People at the desk, and a second one agrees"
ADMINISTRATORS_GIVE = "a site administrator, under Settings → Users"
ADMINISTRATOR = "Site administrator"


class InWords(NamedTuple):
    """A role as the people who have it read of it."""

    name: str
    may: str
    may_not: str
    given_by: str


IN_WORDS = (
    InWords(
        "Editors",
        "Write, publish and remove pages, posts, shared content, pictures and documents; change the clinic’s "
        "settings.",
        "Open requests.",
        ADMINISTRATORS_GIVE,
    ),
    InWords(
        "Medical reviewers",
        "Read the pages that wait, ask back, approve; what was approved goes online.",
        "Change pages; open requests; approve their own.",
        ADMINISTRATORS_GIVE,
    ),
    InWords(
        "Front desk",
        "Open requests, call, note, write e-mails, close.",
        "Take lists away, remove contents, read the audit.",
        MANAGERS_GIVE,
    ),
    InWords(
        "Clinician",
        "The same as the front desk. Answers for requests to be read first, and so ends them without a "
        "colleague.",
        "Take lists away, remove contents, read the audit.",
        MANAGERS_GIVE,
    ),
    InWords(
        "Managers",
        "The same as the front desk. Say who is at the desk; take lists away; read the reports; write reply "
        "templates and consent wording; with a second manager remove contents, end a hold, "
        "lift a do-not-contact, give back a lost second factor. Write down why the only clinician may check "
        "her own page.",
        "Read the audit.",
        TWO_PEOPLE_GIVE,
    ),
    InWords(
        "Auditors",
        "Read who did what with requests; take back what managers decide while it waits.",
        "Open requests.",
        TWO_PEOPLE_GIVE,
    ),
    InWords(
        ADMINISTRATOR,
        "Manage users of the site’s pages, groups, sites and all settings.",
        "Open requests, other than by the emergency access, of which the owner is told; say who is at the "
        "desk.",
        "a site administrator, by ticking Administrator; the first one on the server",
    ),
)
