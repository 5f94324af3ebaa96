"""What every environment shares. Each variable is read here and described in docs/operators.md."""

import os
from pathlib import Path

# Nothing imported here may read a setting while it loads: Django would start with half of them.
from clinic.core.time_zones import TIME_ZONE_CHOICES
from consults.sealing.blind_index import MAX_BITS, MIN_BITS
from consults.sealing.keys import is_pair, is_signing_pair, parse_sealing_key, parse_sealing_keys

from .databases import with_safe_options
from .environment import Environment
from .intake import KEYS_OF_STAFF, for_intake

BASE_DIR = Path(__file__).resolve().parents[2]

env = Environment()

# Everything the running site writes lies below this folder, outside the source.
VAR_DIR = Path(env.read("str", "VAR_DIR", default=str(BASE_DIR / "var"))).resolve()

# --- who and where -----------------------------------------------------------------------

SECRET_KEY = env.read("str", "SECRET_KEY", why="A long random text that signs staff sessions.")
ALLOWED_HOSTS = env.read("list", "ALLOWED_HOSTS", default=[])
SITE_URL = (env.read("site_url", "SITE_URL", default="http://localhost:8000") or "").rstrip("/")
# Where staff reach the admin, if that has an address of its own; links in mails to them lead there.
STAFF_URL = (env.read("site_url", "STAFF_URL", default=SITE_URL) or "").rstrip("/")
DEBUG = False
DEMO_MODE = False

# What a process is for. The one that only takes requests in has no admin, and can open none of them.
CONSULTS_ROLE = env.read("role", "CONSULTS_ROLE", default="all")
_keys = "`manage.py consults_keys` prints a new set."
# What only processes for staff need.
_no_staff = {"default": ""} if CONSULTS_ROLE == "intake" else {"why": _keys}

# --- applications -------------------------------------------------------------------------

INSTALLED_APPS = [
    "clinic.core",
    "clinic.accounts",
    "clinic.treatments",
    "clinic.team",
    "clinic.review",
    "clinic.locations",
    "clinic.search",
    "clinic.removal",
    "clinic.content_checks",
    "clinic.handbook",
    "clinic.editing",
    "clinic.due",
    "clinic.pasting",
    "clinic.demo",
    "blog",
    "consults",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.sites",
    "clinic.accounts.wagtail_users.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    # For the search index on PostgreSQL; Django 6 checks for it.
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    # Sees each answer as it is sent.
    "clinic.core.kept_pages.middleware.KeptPagesMiddleware",
    # Nothing below reads a query before its length is known.
    "clinic.core.middleware.BoundedQueryMiddleware",
    "clinic.core.middleware.PlainEncodingMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "clinic.core.middleware.DemoNoindexMiddleware",
    "clinic.core.plain_answers.PlainAnswersMiddleware",
    "clinic.core.generation_memory.GenerationMemoryMiddleware",
    "clinic.accounts.middleware.StaffSessionMiddleware",
    # Before what adds a slash, which makes two answers of one address.
    "clinic.removal.not_found.middleware.NotFoundMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "clinic.accounts.middleware.UseMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "clinic.accounts.known_devices.KnownDeviceMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "clinic.accounts.sign_in_again.SignInAgainMiddleware",
    "clinic.accounts.second_factor.SecondFactorMiddleware",
    "clinic.core.refusals.RefusalMiddleware",
    # Looks at the database for a 404 only, so the fixed routes never depend on it.
    "clinic.core.middleware.CampaignRedirectMiddleware",
]

ROOT_URLCONF = "clinic.urls"
WSGI_APPLICATION = "clinic.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "clinic.core.context_processors.clinic_facts",
                # Lazy: they touch session and user only when an admin template asks.
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- data ---------------------------------------------------------------------------------

DATABASES = {
    "default": with_safe_options(
        env.read("db", "DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")
        or {"ENGINE": "django.db.backends.dummy"}
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    # Each process has its own, so it follows the others' changes by forgetting soon (seconds).
    "default": {"BACKEND": "clinic.core.brief_cache.BriefCache", "TIMEOUT": 5},
    # Found renditions are remembered in memory: a shared cache would write on every view.
    "renditions": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "renditions",
        "TIMEOUT": 3600,
    },
}

# The group of the folder may read what is uploaded, whatever else its owner keeps to itself.
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o2750

# --- language and time -----------------------------------------------------------------------

LANGUAGE_CODE = "en-us"
TIME_ZONE = env.read("zone", "TIME_ZONE", default="America/Denver")
USE_I18N = True
FORMAT_MODULE_PATH = ["clinic.formats"]
# The admin speaks English; so do the previews of its pages, whatever a browser asks for.
WAGTAILADMIN_PERMITTED_LANGUAGES = [("en", "English")]
LOCALE_PATHS = [BASE_DIR / "clinic" / "locale"]
USE_TZ = True

# --- static files and media --------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "clinic.core.stylesheet.JoinedStylesheetFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.read("str", "MEDIA_ROOT", default=str(VAR_DIR / "media")))
# Whether the application hands out media itself; a front server does it better.
SERVE_MEDIA = env.read("bool", "SERVE_MEDIA", default=False)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "clinic.core.static_files.StandingStaticFilesStorage"},
}

# --- staff sign-in ------------------------------------------------------------------------------

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "clinic.accounts.passwords.LengthValidator"},
    {"NAME": "clinic.accounts.passwords.BreachedValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "clinic.accounts.passwords.OwnWordsValidator"},
    {"NAME": "clinic.accounts.passwords.GuessableValidator"},
]
# Looked into beside the list that comes along; `manage.py compile_breached_passwords` makes one.
BREACHED_PASSWORDS_FILE = env.read("str", "BREACHED_PASSWORDS_FILE", default="") or None
if BREACHED_PASSWORDS_FILE:
    BREACHED_PASSWORDS_FILE = Path(BREACHED_PASSWORDS_FILE)
    if not os.access(BREACHED_PASSWORDS_FILE, os.R_OK):
        env.problem("BREACHED_PASSWORDS_FILE can't be read.")
# The one place that looks at passwords, for every door; it counts before it looks.
AUTHENTICATION_BACKENDS = ["clinic.accounts.backends.GuardedBackend"]
LOGIN_URL = "account_login"
ACCOUNT_ADAPTER = "clinic.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "clinic.accounts.forms.SignInForm",
    "reauthenticate": "clinic.accounts.forms.PasswordAgainForm",
}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_EMAIL_VERIFICATION = "none"
# A session ends with the browser, or earlier.
ACCOUNT_SESSION_REMEMBER = False
# Ours count in the database, where all processes see the same.
ACCOUNT_RATE_LIMITS = False
MFA_RATE_LIMITS = False
# Whether nobody enters the admin without a second factor. Where not, it is offered.
SECOND_FACTOR_REQUIRED = False
# Seals the secrets of second factors; only processes for staff need it.
STAFF_FACTOR_KEY = env.read("secret_key", "STAFF_FACTOR_KEY", **_no_staff)
MFA_ADAPTER = "clinic.accounts.adapters.FactorAdapter"
MFA_FORMS = {
    "authenticate": "clinic.accounts.forms.CodeForm",
    "reauthenticate": "clinic.accounts.forms.CodeAgainForm",
    "activate_totp": "clinic.accounts.forms.ActivateAppForm",
    "add_webauthn": "clinic.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "clinic.accounts.forms.RenamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RECOVERY_CODES_SHOW_ONCE = True
# Phones are off by some seconds: the code before and the one after count too.
MFA_TOTP_TOLERANCE = 1
CSRF_FAILURE_VIEW = "clinic.accounts.views.csrf_failure"
# Nobody chooses another's password: a new account gets an invitation.
WAGTAILUSERS_PASSWORD_ENABLED = False
SESSION_COOKIE_HTTPONLY = True
# Its table holds hashes of the keys alone, and the end of each session.
SESSION_ENGINE = "clinic.accounts.session_store"
# After how many minutes without a sign of them somebody has to sign in again, and after how many hours at the
# latest; the minutes are more than those of the warning before. Whoever may read requests has fewer.
ACCOUNTS_IDLE_MINUTES = env.read("int", "ACCOUNTS_IDLE_MINUTES", default=30, at_least=3)
CONSULTS_IDLE_MINUTES = env.read("int", "CONSULTS_IDLE_MINUTES", default=15, at_least=3)
ACCOUNTS_SESSION_HOURS = env.read("int", "ACCOUNTS_SESSION_HOURS", default=12, at_least=1)
SESSION_COOKIE_AGE = (ACCOUNTS_SESSION_HOURS or 0) * 60 * 60
CSRF_COOKIE_HTTPONLY = True
# Wagtail lifts it for its own previews.
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"

# Public pages load nothing from elsewhere and run no inline code. Wagtail's admin has inline
# scripts of its own and gets its policy with the security work.
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ("/admin/",),
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        # 'self' so that the editor's preview can show the page.
        "frame-ancestors": ["'self'"],
    },
}

# --- mail ------------------------------------------------------------------------------------------

EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.read("str", "DEFAULT_FROM_EMAIL", default="website@example.org")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- logs -------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "clinic.core.log_format.PlainFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Django would mail errors, with the values of local variables in them.
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # A line for each event of the audit, its number and its seal: by them a cut end is found.
        "consults.audit.heads": {"level": "INFO"},
    },
}

# --- pages ----------------------------------------------------------------------------------------------

WAGTAIL_FINISH_WORKFLOW_ACTION = "clinic.review.approved.publish_approved"
# After how many months a reviewed page is read again, as a suggestion to the reviewer.
REVIEW_MONTHS = env.read("int", "REVIEW_MONTHS", default=12, at_least=1)

# --- consultation requests ---------------------------------------------------------------------------

# Who is told that a request waits. The notice holds no word of the request.
CONSULTS_NOTICE_RECIPIENTS = env.read("list", "CONSULTS_NOTICE_RECIPIENTS", default=[])
# Who is told that a request waits too long, by the minutes that the clinic was open; empty: the same.
CONSULTS_OWNER_RECIPIENTS = env.read("list", "CONSULTS_OWNER_RECIPIENTS", default=[])
CONSULTS_REMIND_AFTER_MINUTES = env.read("int", "CONSULTS_REMIND_AFTER_MINUTES", default=10, at_least=0)
CONSULTS_ESCALATE_AFTER_MINUTES = env.read("int", "CONSULTS_ESCALATE_AFTER_MINUTES", default=30, at_least=0)
# Within how many minutes of opening the clinic means to try to reach somebody; the reports measure it.
CONSULTS_ATTEMPT_MINUTES = env.read("int", "CONSULTS_ATTEMPT_MINUTES", default=15, at_least=1)
# Of how many whole opening days the last one ends the wait that the page after the form names. The promise
# that editors write in words is to say the same.
CONSULTS_FIRST_CALL_DAYS = env.read("int", "CONSULTS_FIRST_CALL_DAYS", default=1, at_least=1)
# Who gets the notice of a test request (empty: the sender), and within how many hours one has to pass.
CONSULTS_CANARY_RECIPIENT = env.read("str", "CONSULTS_CANARY_RECIPIENT", default="")
CONSULTS_CANARY_HOURS = env.read("int", "CONSULTS_CANARY_HOURS", default=0, at_least=0)
# The clinician who answers for the words of danger in requests (empty: nothing is looked for), and who is
# told at once of a request that sounds like danger now.
CONSULTS_CRISIS_CLINICIAN = (env.read("str", "CONSULTS_CRISIS_CLINICIAN", default="") or "").strip()
CONSULTS_CRISIS_HOURS = env.read("str", "CONSULTS_CRISIS_HOURS", default="")
CONSULTS_CRISIS_RECIPIENTS = env.read("list", "CONSULTS_CRISIS_RECIPIENTS", default=[])
if CONSULTS_CRISIS_RECIPIENTS and not CONSULTS_CRISIS_CLINICIAN:
    env.problem("CONSULTS_CRISIS_RECIPIENTS are told of nothing unless CONSULTS_CRISIS_CLINICIAN is named.")
CONSULTS_SEALING_PUBLIC_KEY = env.read(
    "sealing_key", "CONSULTS_SEALING_PUBLIC_KEY", why=f"Requests are sealed with it. {_keys}"
)
# Hours to wait after each attempt that reached nobody. After the last one the request is closed.
CONSULTS_CADENCE_HOURS = env.read("hours", "CONSULTS_CADENCE_HOURS", default="4,24,48", at_least=1)
# Days after which the contents of what ended are removed; the last one counts from arrival. None of them
# may be 0: that would take what ended this morning, before anybody noticed a mistaken tap.
CONSULTS_KEEP_SPAM_DAYS = env.read("int", "CONSULTS_KEEP_SPAM_DAYS", default=30, at_least=1)
CONSULTS_KEEP_CONVERTED_DAYS = env.read("int", "CONSULTS_KEEP_CONVERTED_DAYS", default=30, at_least=1)
CONSULTS_KEEP_CLOSED_DAYS = env.read("int", "CONSULTS_KEEP_CLOSED_DAYS", default=90, at_least=1)
CONSULTS_KEEP_HAND_OVERS_DAYS = env.read("int", "CONSULTS_KEEP_HAND_OVERS_DAYS", default=14, at_least=1)
CONSULTS_KEEP_MOST_DAYS = env.read("int", "CONSULTS_KEEP_MOST_DAYS", default=365, at_least=1)
CONSULTS_SEALING_PRIVATE_KEYS = env.read("sealing_keys", "CONSULTS_SEALING_PRIVATE_KEYS", default="")
if CONSULTS_SEALING_PUBLIC_KEY and CONSULTS_SEALING_PRIVATE_KEYS:
    if not is_pair(
        parse_sealing_key(CONSULTS_SEALING_PUBLIC_KEY), parse_sealing_keys(CONSULTS_SEALING_PRIVATE_KEYS)
    ):
        env.problem("CONSULTS_SEALING_PRIVATE_KEYS can't open what CONSULTS_SEALING_PUBLIC_KEY seals.")
# What accepts requests signs them, the staff's own form too; each process for itself, under its own number.
CONSULTS_SIGNING_PRIVATE_KEY = env.read(
    "sealing_key", "CONSULTS_SIGNING_PRIVATE_KEY", why=f"What is accepted is signed with it. {_keys}"
)
CONSULTS_REFERENCE_KEY = env.read("secret_key", "CONSULTS_REFERENCE_KEY", why=_keys)
CONSULTS_IDEMPOTENCY_KEY = env.read("secret_key", "CONSULTS_IDEMPOTENCY_KEY", why=_keys)
CONSULTS_TOKEN_KEY = env.read("secret_key", "CONSULTS_TOKEN_KEY", why=_keys)
CONSULTS_INDEX_KEY = env.read("secret_key", "CONSULTS_INDEX_KEY", why=_keys)
CONSULTS_NETWORK_KEY = env.read("secret_key", "CONSULTS_NETWORK_KEY", why=_keys)
# Links the events of the audit; only processes for staff need it.
CONSULTS_AUDIT_KEY = env.read("secret_key", "CONSULTS_AUDIT_KEY", **_no_staff)
# The other halves of all signing keys, older ones included: what none of them signed was never accepted.
CONSULTS_SIGNING_PUBLIC_KEYS = env.read("sealing_keys", "CONSULTS_SIGNING_PUBLIC_KEYS", **_no_staff)
if CONSULTS_SIGNING_PRIVATE_KEY and CONSULTS_SIGNING_PUBLIC_KEYS:
    if not is_signing_pair(
        parse_sealing_key(CONSULTS_SIGNING_PRIVATE_KEY), parse_sealing_keys(CONSULTS_SIGNING_PUBLIC_KEYS)
    ):
        env.problem("CONSULTS_SIGNING_PUBLIC_KEYS lacks the other half of CONSULTS_SIGNING_PRIVATE_KEY.")
# Hashes the contacts of people who asked not to be contacted.
CONSULTS_STOP_KEY = env.read("secret_key", "CONSULTS_STOP_KEY", **_no_staff)
if CONSULTS_ROLE == "intake":
    for _name in KEYS_OF_STAFF:
        if vars()[_name]:
            env.problem(f"{_name} must not be set where CONSULTS_ROLE is intake.")
# How far the audit goes, written down every now and then outside the database; copy it elsewhere.
CONSULTS_AUDIT_HEADS_FILE = Path(
    env.read("str", "CONSULTS_AUDIT_HEADS_FILE", default=str(VAR_DIR / "audit-heads.jsonl"))
)
# How many bits of an index are kept: few enough that several people share each value, in a small clinic too.
CONSULTS_INDEX_BITS = env.read("int", "CONSULTS_INDEX_BITS", default=8)
if CONSULTS_INDEX_BITS is not None and not MIN_BITS <= CONSULTS_INDEX_BITS <= MAX_BITS:
    env.problem(f"CONSULTS_INDEX_BITS must be between {MIN_BITS} and {MAX_BITS}.")
# Where sealed requests wait while the database is away. A local disk, never a network one.
CONSULTS_SPOOL_DIR = Path(env.read("str", "CONSULTS_SPOOL_DIR", default=str(VAR_DIR / "spool")))
CONSULTS_SPOOL_MAX_BYTES = env.read("int", "CONSULTS_SPOOL_MAX_BYTES", default=64 * 1024 * 1024, at_least=1)
# Proxies in front of the site, as addresses or networks; only what they say of a visitor counts.
TRUSTED_PROXIES = env.read("networks", "TRUSTED_PROXIES", default="")

# --- the clinic, as long as nobody has written it into the site settings --------------------------------

# The fixed routes and the error pages show these when neither database nor snapshot can be read.
CLINIC_FACTS_FILE = VAR_DIR / "facts.json"
CONSULTS_WORDINGS_FILE = VAR_DIR / "consent_wordings.json"
# The public pages as files; worker and application write them, the front server reads them too.
KEPT_PAGES_DIR = VAR_DIR / "kept"
KEPT_PAGES_MAX_BYTES = env.read("int", "KEPT_PAGES_MAX_BYTES", default=256 * 1024 * 1024, at_least=0)
# The index of the search, and what waits to be counted of what nobody found.
SEARCH_DIR = VAR_DIR / "search"
CLINIC_DEFAULTS = {
    "name": env.read("str", "CLINIC_NAME", default="Our clinic"),
    "phone": env.read("str", "CLINIC_PHONE", default=""),
    "calls_show": env.read("str", "CLINIC_CALLS_SHOW", default=""),
    "crisis_number": env.read("str", "CRISIS_NUMBER", default="988"),
    "emergency_number": env.read("str", "EMERGENCY_NUMBER", default="911"),
}
# Phone numbers without a country's code are taken as numbers of this country (ISO 3166).
CLINIC_COUNTRY = env.read("str", "CLINIC_COUNTRY", default="US")

# --- Wagtail ----------------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = CLINIC_DEFAULTS["name"]
WAGTAILADMIN_BASE_URL = STAFF_URL
# Wagtail's three calls to other hosts: a hash of each staff e-mail, its version, its news.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
# Password and address have pages of their own, which ask first: clinic/accounts/account_views.py.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False

# A page or a collection may be kept for staff or a group. Passwords that several people share are not
# offered: nobody knows who has them. Who may not see something meets pages of ours.
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAIL_PASSWORD_REQUIRED_TEMPLATE = "core/staff_only.html"  # noqa: S105
WAGTAILDOCS_PASSWORD_REQUIRED_TEMPLATE = "core/staff_only.html"  # noqa: S105
WAGTAIL_FRONTEND_LOGIN_URL = "/staff-only/"

WAGTAIL_I18N_ENABLED = False
# The zones a member of staff can choose. The machine's whole list has names no browser knows.
WAGTAIL_USER_TIME_ZONES = [zone for zone, _label in TIME_ZONE_CHOICES]
WAGTAILREDIRECTS_AUTO_CREATE = True
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILEMBEDS_FINDERS = []
WAGTAILIMAGES_IMAGE_MODEL = "core.ClinicImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "clinic.core.picture_forms.PictureForm"
# What the dialog of the browser offers; the file itself is judged by what is in it.
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "avif", "heic", "heif"]
# A photo of 48 megapixels; how many pixels there may be says clinic/core/photographs.py.
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 25 * 1024 * 1024
WAGTAILIMAGES_AVIF_QUALITY = 60
WAGTAILIMAGES_WEBP_QUALITY = 72
WAGTAILIMAGES_JPEG_QUALITY = 74
WAGTAILDOCS_EXTENSIONS = ["pdf"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_BLOCK_EMBEDDED_CONTENT = True

if CONSULTS_ROLE == "intake":
    for_intake(vars())
