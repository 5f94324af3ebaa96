"""Settings of the real site. They refuse to start rather than run half configured."""

from .base import *

ALLOWED_HOSTS = env.read("list", "ALLOWED_HOSTS", why="The host names the site answers to, comma-separated.")
# Its form was looked at above; here nobody may forget it.
env.read("str", "SITE_URL", why="The public address, such as https://clinic.example.org.")

_mail = env.read(
    "email_url", "EMAIL_URL", why="The mail relay, such as smtp+tls://user:password@mail.example.org:587."
)
if _mail:
    vars().update(_mail)
DEFAULT_FROM_EMAIL = env.read("str", "DEFAULT_FROM_EMAIL", why="The sender of the site's mail.")
CONSULTS_NOTICE_RECIPIENTS = env.read(
    "list", "CONSULTS_NOTICE_RECIPIENTS", why="Who is told by mail that a request waits, comma-separated."
)

SECOND_FACTOR_REQUIRED = True
# The site is reached through TLS only; the front server says so in this header.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.read("bool", "SECURE_SSL_REDIRECT", default=True)
# Health checks come from inside, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^-/"]
SECURE_HSTS_SECONDS = 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
SECOND_FACTOR_REQUIRED = True
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
CONTENT_SECURITY_POLICY["DIRECTIVES"]["upgrade-insecure-requests"] = True

env.refuse_if_broken()
