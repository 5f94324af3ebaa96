"""What the process that only takes requests in has instead: it knows no session, no user, no sign-in."""

# It refuses to start with one of these.
KEYS_OF_STAFF = (
    "CONSULTS_SEALING_PRIVATE_KEYS",
    "CONSULTS_AUDIT_KEY",
    "CONSULTS_STOP_KEY",
    "STAFF_FACTOR_KEY",
    "CONSULTS_SIGNING_PUBLIC_KEYS",
)
# Named one by one, so that what is added for staff is not here unless somebody means it.
MIDDLEWARE = [
    "clinic.core.kept_pages.middleware.KeptPagesMiddleware",
    "clinic.core.middleware.BoundedQueryMiddleware",
    "clinic.core.middleware.PlainEncodingMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "clinic.core.middleware.DemoNoindexMiddleware",
    "clinic.core.plain_answers.PlainAnswersMiddleware",
    "clinic.core.generation_memory.GenerationMemoryMiddleware",
    "clinic.core.middleware.NobodyMiddleware",
    # Before what adds a slash, which makes two answers of one address.
    "clinic.removal.not_found.middleware.NotFoundMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "clinic.core.middleware.CampaignRedirectMiddleware",
]
CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "clinic.core.context_processors.clinic_facts",
]
AUTHENTICATION_BACKENDS = []
# Models point to the tables of allauth, so they are known; nothing else of it is.
TABLES_ALONE = {"allauth.account": "clinic.core.tables_alone.AccountTables"}
SILENCED_SYSTEM_CHECKS = [
    # No form of this process acts for somebody, so none can be forged.
    "security.W003",
]


def for_intake(settings):
    """Put this in place of what the settings say, or take it away."""
    settings["MIDDLEWARE"] = MIDDLEWARE
    settings["TEMPLATES"][0]["OPTIONS"]["context_processors"] = CONTEXT_PROCESSORS
    settings["AUTHENTICATION_BACKENDS"] = AUTHENTICATION_BACKENDS
    settings["SILENCED_SYSTEM_CHECKS"] = SILENCED_SYSTEM_CHECKS
    settings["INSTALLED_APPS"] = [TABLES_ALONE.get(app, app) for app in settings["INSTALLED_APPS"]]
