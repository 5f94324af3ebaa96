"""The doors of the front desk's pages."""

from consults import workflow
from consults.audited_views import AuditedMixin
from consults.permissions import can_change_requests, can_read_requests

LONGEST_KEY = 12


class FrontDeskMixin(AuditedMixin):
    """For those who may read requests."""

    is_allowed = staticmethod(workflow.may_open)
    # The keys of suspected spam that the page puts before somebody for the first time.
    suspected = ()

    def was_shown(self):
        """Note that what looks like spam was put before somebody: only then it is ever removed."""
        if self.suspected and can_change_requests(self.request.user):
            workflow.note_shown(self.suspected, actor=self.request.user)


def is_key(text) -> bool:
    """Whether a text can be the key of a row; too many digits, or those of other scripts, can't."""
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY


class ChangeMixin(AuditedMixin):
    """For those who may also change them."""

    is_allowed = staticmethod(lambda user: can_read_requests(user) and can_change_requests(user))
