"""What PostgreSQL lets each of the two processes do: the one table of it.

``manage.py database_roles`` makes GRANT statements of it. A table that stands nowhere here gives the process
that takes requests in nothing, so a new table is closed to it until somebody means otherwise. Columns are
named where a part of a table is enough; ``WHOLE`` is all of them, also those to come.
"""

WHOLE = None

# What visitors see, and how far the migrations are. Django asks for whole rows, also of those that are not
# published.
SHOWN = [
    "django_content_type",
    # For `manage.py check --database default`.
    "django_migrations",
    "wagtailcore_collection",
    "wagtailcore_collectionviewrestriction",
    "wagtailcore_locale",
    "wagtailcore_page",
    "wagtailcore_pageviewrestriction",
    "wagtailcore_site",
    "wagtaildocs_document",
    "wagtailredirects_redirect",
    "wagtailsearch_indexentry",
    "core_clinicimage",
    "core_clinicrendition",
    "core_faq",
    "core_faqpage",
    "core_generation",
    "core_homepage",
    "core_mainmenu",
    "core_menuentry",
    "core_policyindexpage",
    "core_policypage",
    "core_policyversion",
    "core_reference",
    "core_regulatorystatement",
    "core_sharepicture",
    "core_standardpage",
    "treatments_comparisonpage",
    "treatments_fee",
    "treatments_feespage",
    "treatments_treatmentindexpage",
    "treatments_treatmentpage",
    "team_personpage",
    "team_teamindexpage",
    "locations_locationclosure",
    "locations_locationhours",
    "locations_locationindexpage",
    "locations_locationpage",
    "blog_blogindexpage",
    "blog_blogpage",
    "blog_blogpage_topics",
    "blog_blogtopic",
    "search_pinnedanswer",
]

INTAKE = {
    **{table: {"SELECT": WHOLE} for table in SHOWN},
    # A request is added and never seen again; all that is changed of it is the wish for a copy, which comes
    # from the page after the form. Of others it sees what finds a double, and what is counted: how many came
    # lately from one contact or network, how many copies were sent, and what a corrected one is linked with.
    # Besides, what the database makes up for a new row and tells in return: each column with a
    # ``db_default``.
    "consults_consultrequest": {
        "INSERT": WHOLE,
        "SELECT": [
            "id",
            "reference",
            "idempotency_key",
            "wants_copy",
            "status",
            "created_at",
            "phone_end_index",
            "email_index",
            "network",
            "unanswered",
            "way",
            "same_as_id",
        ],
        "UPDATE": ["wants_copy"],
    },
    # Of these it sees nothing but the latter.
    "consults_timelineevent": {"INSERT": WHOLE, "SELECT": ["id"]},
    "consults_consentreceipt": {"INSERT": WHOLE, "SELECT": ["id"]},
    "consults_outboxmessage": {
        "INSERT": WHOLE,
        "SELECT": ["id", "address_hash", "created_at", "tried_since", "next_attempt_at"],
    },
    # That a proxy hides the visitors. No sign of life can be changed, and no banner worded.
    "consults_heartbeat": {"INSERT": ["name", "at"]},
}

# The process for staff and the worker: rows of every table, also of those to come, but never the tables
# themselves, so that no trigger can be switched off.
STAFF = ["SELECT", "INSERT", "UPDATE", "DELETE"]
NOT_FOR_STAFF = {
    "consults_auditevent": ["UPDATE", "DELETE"],
    "consults_consentreceipt": ["UPDATE", "DELETE"],
    "django_migrations": ["INSERT", "UPDATE", "DELETE"],
}
