"""Which group may do what on which model: the one table of it, by the app whose migration grants it.

Every clinic begins with this and may change its groups afterwards. So a new right takes a word here, and a
migration that grants this word alone to the sites that there are, by ``clinic.core.group_permissions.grant``.
"""

ROLES = {
    "core": {
        "Editors": {
            "core.faq": "add change",
            "core.reference": "add change",
            "core.regulatorystatement": "add change",
        },
        "Moderators": {
            "core.faq": "add change delete",
            "core.reference": "add change delete",
            "core.regulatorystatement": "add change delete",
            "core.clinicsettings": "change",
        },
    },
    "blog": {
        "Editors": {"blog.blogtopic": "add change"},
        "Moderators": {"blog.blogtopic": "add change delete"},
    },
    "consults": {
        "Front desk": {
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
