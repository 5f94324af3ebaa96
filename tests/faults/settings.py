"""The demo's settings with a mail relay that the trial can break."""

import os

from clinic.settings.demo import *  # noqa: F403

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT = "127.0.0.1", int(os.environ["FAULT_SMTP_PORT"])
EMAIL_TIMEOUT = 2
