"""The mail with which somebody gets their account. The link is made as it goes out, and kept nowhere."""

from django.conf import settings
from django.urls import reverse

from clinic.core.facts import read_facts
from consults import workflow
from consults.models import Invitation
from consults.models.people import INVITATION_LASTS


def invitation_context(reference):
    """Return what the templates may say. Raises NoLongerWanted where the invitation is over."""
    invitation = _invitation(reference)
    return {
        "short_name": read_facts().short_name,
        "username": invitation.user.get_username() if invitation.user else "",
        "until": invitation.invited_at + INVITATION_LASTS,
        "link": f"{settings.STAFF_URL}{reverse('invitation')}?token={workflow.invitation_token(invitation)}",
    }


def address_of_invited(reference):
    """Return whom an invitation is for. Raises NoLongerWanted where it is over."""
    return _invitation(reference).email


def _invitation(reference):
    found = Invitation.objects.open().filter(pk=int(reference.removeprefix("I"))).first()
    if found is None or found.is_late:
        raise workflow.NoLongerWanted
    return found
