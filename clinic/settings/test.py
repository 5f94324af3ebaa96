"""Settings of the test suite. DATABASE_URL chooses the database, as everywhere."""

import os
import shutil
import tempfile

# A folder of its own for each process: tests never touch the developer's data.
_folder = tempfile.TemporaryDirectory(prefix="clinic-test-")
os.environ["VAR_DIR"] = _folder.name
# Always the same: an index of few bits is shared by strangers, now and then by two people of one test.
os.environ["CONSULTS_INDEX_KEY"] = "dGhlIHNhbWUgaW5kZXggaW4gZWFjaCBydW4gb2YgdGU"

from .local_secrets import provide_local_secrets

provide_local_secrets(os.environ["VAR_DIR"])

from .base import *

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]

# A real file, not memory: locks and pragmas behave as in use. The whole suite migrates one of each kind and
# lets every process begin with a copy.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / "test.sqlite3"}
    if migrated := os.environ.get("MIGRATED_SQLITE"):
        shutil.copy(migrated, VAR_DIR / "test.sqlite3")
elif migrated := os.environ.get("MIGRATED_POSTGRESQL"):
    DATABASES["default"]["TEST"] = {"TEMPLATE": migrated}

# Argon2 is slow on purpose; tests log in often.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Mail is read back by the tests.
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CONSULTS_NOTICE_RECIPIENTS = ["frontdesk@example.org"]
# No test counts other queries when it happens to take longer.
CACHES["default"]["TIMEOUT"] = 3600
# No collected files in a test run.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True

env.refuse_if_broken()
