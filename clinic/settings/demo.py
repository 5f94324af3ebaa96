"""Settings of `make demo`: the production server and its static files, with a demonstration's data."""

import os
from pathlib import Path

from .local_secrets import provide_local_secrets

# What stands in for the clinic's own settings until the demo has been filled.
os.environ.setdefault("CLINIC_NAME", "Summit Ketamine Innovations")
# One of two processes has its own environment; the file would hold the keys of both.
if os.environ.get("CONSULTS_ROLE", "all") == "all":
    provide_local_secrets(os.environ.get("VAR_DIR", Path(__file__).resolve().parents[2] / "var"))

from .base import *

DEMO_MODE = True
SERVE_MEDIA = True
ALLOWED_HOSTS = ALLOWED_HOSTS or ["127.0.0.1", "localhost", "[::1]"]

# Each mail is a file in this folder; the start-up banner and the admin name it.
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
CONSULTS_NOTICE_RECIPIENTS = CONSULTS_NOTICE_RECIPIENTS or ["frontdesk@example.org"]

env.refuse_if_broken()
