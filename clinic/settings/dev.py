"""Settings for a developer's machine: `manage.py` uses them unless told otherwise."""

import os
from pathlib import Path

from .local_secrets import provide_local_secrets

provide_local_secrets(os.environ.get("VAR_DIR", Path(__file__).resolve().parents[2] / "var"))

from .base import *

DEBUG = True
DEMO_MODE = True
SERVE_MEDIA = True
ALLOWED_HOSTS = ["*"]

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
CONSULTS_NOTICE_RECIPIENTS = CONSULTS_NOTICE_RECIPIENTS or ["frontdesk@example.org"]

STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
}

env.refuse_if_broken()
