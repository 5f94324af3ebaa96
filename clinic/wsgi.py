"""The WSGI entry point that the production server loads."""

import os
import sys

from django.core.wsgi import get_wsgi_application

from clinic.core.database_deadline import keep_deadline
from clinic.settings.environment import EnvironmentProblem

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.settings.production")

# Here and not in the settings: a migration may take its time.
keep_deadline()

try:
    application = get_wsgi_application()
except EnvironmentProblem as problem:
    # The server would print a traceback that hides the one line an operator needs.
    sys.exit(str(problem))
