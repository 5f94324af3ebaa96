"""A forgotten password: a link in a mail, and no word on whether there is such an account.

It brings a new password and nothing else: it signs nobody in, and the second factor is asked for as before.
"""

from datetime import timedelta

from django.db import transaction

from clinic.core.networks import visitor_network

from . import mailing
from .backends import users_called
from .guessing import RESETS, RESETS_OF_NETWORK
from .mailing import Kind
from .new_password import give_password

LASTS = timedelta(hours=1)


def ask_for_reset(request, name):
    """Let a link go to whoever is called so, unless too many were asked for; the same to see in any case."""
    if not RESETS_OF_NETWORK.has_room(visitor_network(request)) or not RESETS.has_room(name.casefold()):
        return
    for user in users_called(name):
        mail_reset_link(user, lasts=LASTS)


def mail_reset_link(user, *, lasts):
    """Let a link go to the mailbox of somebody who signs in by password and may."""
    if user.is_active and user.email and user.has_usable_password():
        mailing.ask(Kind.RESET, user, user.email, lasts=lasts)


@transaction.atomic
def reset_password(mail, password):
    """Give the account of a mailed link its new password; the link opens nothing more. Raises LinkGone."""
    mailing.use(mail)
    give_password(mail.user, password, actor=None, how="by the link in a mail")
    return mail.user
