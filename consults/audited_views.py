"""The doors of all that staff see of requests. Whoever lacks the right gets a 403, superusers included.

A page and the audit event that tells of it are one transaction: where the audit can't be written,
nothing is shown.
"""

from http import HTTPStatus

from django.db import transaction
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from clinic.accounts.idle import is_by_itself
from consults import audit, workflow
from consults.enums import AuditAction

from .permissions import can_change_requests, can_read_requests

# More than any note or e-mail may hold (characters).
LONGEST_UNSAVED = 10_100
LONGEST_KEY = 12


class AuditedMixin:
    """Lets those in who may come in, notes it, and keeps what they see out of every cache."""

    is_allowed = staticmethod(lambda user: False)
    forbidden_template = "consults/triage/forbidden.html"
    # What the page is called in the audit; None where something else notes what is done.
    noted_as = None

    def dispatch(self, request, *args, **kwargs):
        """Answer 403 here: Wagtail would turn PermissionDenied into a redirect."""
        try:
            with transaction.atomic():
                response = self._answer(request, *args, **kwargs)
        except audit.AuditProblem:
            # A note or an e-mail is not to be written twice.
            unsaved = {"unsaved": request.POST.get("text", "")[:LONGEST_UNSAVED]}
            response = render(request, "consults/triage/no_audit.html", unsaved, status=503)
        patch_cache_control(response, no_store=True, private=True)
        response["Referrer-Policy"] = "same-origin"
        return response

    def is_noted(self):
        """Whether the page is noted by itself when it is shown."""
        return self.noted_as is not None

    def listed(self, response):
        """Return the references that a page shows."""
        return ()

    def was_shown(self):
        """Note what follows from somebody having seen the page; the audit knows of it already."""

    def refuse(self, request, what):
        """Say that this is not for them, and note what it was."""
        audit.append(AuditAction.DENIED, actor=request.user, detail=what)
        return render(request, self.forbidden_template, status=403)

    def _answer(self, request, *args, **kwargs):
        if not self.is_allowed(request.user):
            return self.refuse(request, type(self).__name__)
        response = super().dispatch(request, *args, **kwargs)
        # Now, inside the transaction: a page that fails while it is written was not shown.
        if hasattr(response, "render") and not response.is_rendered:
            response.render()
        is_shown = request.method in ("GET", "HEAD") and response.status_code == HTTPStatus.OK
        if is_shown and self.is_noted():
            audit.append(self.noted_as, actor=request.user, references=self.listed(response))
            if request.method == "GET" and not is_by_itself(request):
                self.was_shown()
        return response


class FrontDeskMixin(AuditedMixin):
    """For those who may read requests."""

    is_allowed = staticmethod(workflow.may_open)
    # The keys of suspected spam that the page puts before somebody for the first time.
    suspected = ()

    def was_shown(self):
        """Note that what looks like spam was put before somebody: only then it is ever removed."""
        if self.suspected and can_change_requests(self.request.user):
            workflow.note_shown(self.suspected, actor=self.request.user)


class ChangeMixin(AuditedMixin):
    """For those who may also change them."""

    is_allowed = staticmethod(lambda user: can_read_requests(user) and can_change_requests(user))


def is_key(text) -> bool:
    """Whether a text can be the key of a row; too many digits, or those of other scripts, can't."""
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY
