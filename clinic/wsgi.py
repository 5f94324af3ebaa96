"""The WSGI entry point that the production server loads."""

import os
import sys

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections

from clinic.core.database_deadline import keep_deadline
from clinic.settings.environment import EnvironmentProblem

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.settings.production")

# Here and not in the settings: a migration may take its time.
keep_deadline()


def start():
    """Load the site. A broken environment ends it with one line a problem."""
    try:
        application = get_wsgi_application()
    except EnvironmentProblem as problem:
        # The server would print a traceback that hides the one line an operator needs.
        sys.exit(str(problem))
    # Only now are there models.
    from clinic.core.kept_pages.serving import KeptPages
    from clinic.core.kept_pages.watch import WATCH
    from clinic.core.site_address import try_to_follow_site_url

    # The process that only takes requests in may not write it; the worker does.
    if settings.CONSULTS_ROLE != "intake":
        try_to_follow_site_url()
    WATCH.start()
    connections.close_all()
    return KeptPages(application)


application = start()
