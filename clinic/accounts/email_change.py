"""Another e-mail address: whoever has an open browser, or one of the two mailboxes, changes nothing alone."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from . import events, mailing
from .mailing import Kind
from .models import EmailChange
from .sessions import end_sessions

LASTS = timedelta(hours=24)
TAKEN = "Somebody else signs in by this. Choose another one."
Tell = events.Tell


class AddressTaken(Exception):
    """Somebody else's account has this address."""


@transaction.atomic
def ask_for_change(user, address):
    """Ask both mailboxes whether they agree; what was asked before counts no more. Raises AddressTaken."""
    if is_taken(address, but_by=user):
        raise AddressTaken
    drop_wish(user)
    change = EmailChange.objects.create(
        user=user, old_address=user.email, new_address=address, asked_at=timezone.now()
    )
    mailing.ask(Kind.EMAIL_NEW, user, address, lasts=LASTS, change=change)
    if user.email:
        mailing.ask(Kind.EMAIL_OLD, user, user.email, lasts=LASTS, change=change)
    events.note(events.Action.EMAIL, actor=user, about=user, detail="asked for another address")
    return change


def waiting_change(user):
    """Return the change that still waits for a mailbox, or None."""
    since = timezone.now() - LASTS
    return EmailChange.objects.filter(user=user, ended_at=None, asked_at__gt=since).last()


@transaction.atomic
def agree(mail):
    """Note that the mailbox of this mail agrees; return whether the address is changed now.

    Raises AddressTaken, LinkGone.
    """
    change = EmailChange.objects.select_for_update().get(pk=mail.change_id)
    mailing.use(mail)
    if change.ended_at:
        return False
    which = "old_agreed_at" if mail.kind == Kind.EMAIL_OLD else "new_agreed_at"
    setattr(change, which, timezone.now())
    change.save(update_fields=[which])
    if not change.is_agreed:
        return False
    # Changed by others meanwhile: then both mailboxes agreed to something else.
    if mail.user.email != change.old_address:
        _end(change)
        return False
    _end(change)
    set_address(mail.user, change.new_address, actor=mail.user, how="both mailboxes agreed")
    return True


@transaction.atomic
def stop(mail):
    """Stop the change, and end every session: one of them asked for what its holder does not want."""
    mailing.use(mail)
    drop_wish(mail.user)
    end_sessions(mail.user, why="A change of the address was stopped.", actor=None)
    events.note(
        events.Action.EMAIL,
        actor=None,
        about=mail.user,
        detail="a change of the address was stopped from the old mailbox, all sessions were ended",
        tell=[Tell.HOLDER, Tell.OWNER],
    )


@transaction.atomic
def set_address(user, address, *, actor, how):
    """Change the address, and tell both mailboxes. Raises AddressTaken.

    Whoever calls it made sure that it may be: both mailboxes, two managers, or a command on the server.
    """
    if is_taken(address, but_by=user):
        raise AddressTaken
    drop_wish(user)
    if user.email:
        mailing.ask(Kind.EMAIL_WAS, user, user.email, lasts=LASTS)
    # Links that lie in the old mailbox open nothing any more.
    mailing.void(user, Kind.RESET)
    user.email = address
    user.save(update_fields=["email"])
    EmailAddress.objects.filter(user=user).delete()
    events.note(events.Action.EMAIL, actor=actor, about=user, detail=how, tell=[Tell.HOLDER, Tell.OWNER])


def is_taken(address, *, but_by=None):
    """Whether another account has this address, or is called so; it would sign in by it too."""
    others = get_user_model().objects.exclude(pk=but_by and but_by.pk)
    return others.filter(Q(email__iexact=address) | Q(username__iexact=address)).exists()


def drop_wish(user):
    """End the change that waits, and let its links open nothing."""
    EmailChange.objects.filter(user=user, ended_at=None).update(ended_at=timezone.now())
    mailing.void(user, Kind.EMAIL_OLD, Kind.EMAIL_NEW)


def _end(change):
    change.ended_at = timezone.now()
    change.save(update_fields=["ended_at"])
