"""How gunicorn serves the site, in the demo as in production."""

import os

# Two processes: one that is killed or restarts never takes the site down. Threads in each, since
# a request mostly waits for the database; and few, since every thread may hold a connection.
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
worker_class = "gthread"

# Each process loads the application itself, so that a reload (HUP) brings new code into new
# processes while the old ones finish what they do: an upgrade drops no request.
preload_app = False

# Longer than the database's own time limits, shorter than a visitor's patience.
timeout = 30
graceful_timeout = 15
keepalive = 5

# A process is replaced now and then, not all at the same moment.
max_requests = 5000
max_requests_jitter = 500

# The heartbeat is a file; on a busy disk it would block the process it watches.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108, PTH112

# Only a front server on this machine is believed about TLS and addresses;
# the variable FORWARDED_ALLOW_IPS names another.

# Nothing here may tell who asked or what for: no address, query string, referrer or user agent.
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(B)s %(M)sms"
# It masks the references that stand in addresses.
logger_class = "clinic.core.server_log.PlainLogger"


def post_worker_init(worker):
    """Say what is wrong with proxies or the role in the database: of itself gunicorn asks no checks."""
    import django.db
    from django.core import checks

    try:
        problems = checks.run_checks(tags=["proxies", "database_role"], databases=["default"])
    except django.db.Error as error:
        # The site starts also while the database is away.
        worker.log.warning("The role in the database was not looked at: %s", type(error).__name__)
        problems = checks.run_checks(tags=["proxies"])
    django.db.connections.close_all()
    for problem in problems:
        worker.log.warning("%s %s", problem.msg, problem.hint)


# No door into the running server that nobody uses.
control_socket_disable = True
