"""Verifying the audit from the admin, step by step: no request lasts, and the site alone says the result.

How far it is lies in the auditor's own session, which the site seals. A form says no more than where it
believes to be, so a second window or an old page does nothing twice. Of two windows that take the last step
at one moment, one notes the result.
"""

from datetime import UTC, datetime

from django.shortcuts import redirect
from django.utils import timezone
from django.views import View

from consults import audit
from consults.admin_pages import PageMixin
from consults.audited_views import AuditedMixin
from consults.enums import AuditAction
from consults.models import AuditEvent
from consults.permissions import can_read_audit

from .moments import in_full

PLACE = "audit_verification"
AUDIT = {"url": "/admin/consult-audit/", "label": "Audit of consultation requests"}
WHOLE = (
    "The chain of events is whole: {upto:,} events, and every number written down outside ({heads:,}) is "
    "among them."
)
# Green for want of evidence is no green.
OPEN_ENDED = "No fault in the chain of {upto:,} events, but whether its end was cut off could not be checked."
BROKEN = "The chain of events is NOT whole: {number:,} faults in {upto:,} events."
STOPPED = "stopped after {reached:,} of {upto:,} events, {number:,} faults so far, {begun}, in the admin"
ENDED = "{number} faults{where}, {heads}, events up to {upto}, {begun}, ended {ended}, in the admin"
# The newest events are looked through for earlier verifications; the list finds all of them.
LOOKED_THROUGH, SHOWN = 20_000, 5


class VerifyView(AuditedMixin, PageMixin, View):
    """How far it is, the button for the next step, and what was found."""

    is_allowed = staticmethod(can_read_audit)
    page_title = "Verify the audit"
    template_name = "consults/triage/oversight/verify.html"
    breadcrumbs_items = (AUDIT,)

    def get(self, request):
        """Show where it stands. Looking changes nothing and reads no event of a request."""
        state = request.session.get(PLACE, {})
        progress = audit.Progress.from_json(state["progress"]) if "progress" in state else None
        return self.show_page(
            {
                "progress": progress,
                "how_far": how_far(progress) if progress else "",
                "ended": state.get("ended"),
                "has_no_heads": state.get("has_no_heads"),
                "earlier": earlier(),
            }
        )

    def post(self, request):
        """Begin, or take the next step; the last one notes the result."""
        state = request.session.get(PLACE, {})
        if "stop" in request.POST:
            self.stop(state)
        elif "begin" in request.POST:
            self.take_step({"progress": audit.begin_in_steps().as_json()})
        elif "progress" in state and request.POST.get("reached") == str(state["progress"]["reached"]):
            self.take_step(state)
        return redirect("consult_audit:verify")

    def stop(self, state):
        """Forget how far it is, and note that it was stopped: a fault that was seen leaves its trace."""
        if "progress" in state:
            progress = audit.Progress.from_json(state["progress"])
            begun = begun_in_words(progress)
            # Ended or stopped in another window, it has its trace.
            if not self.is_noted_since(progress, begun):
                self.note(STOPPED.format(**state["progress"], begun=begun))
        self.request.session.pop(PLACE, None)

    def take_step(self, state):
        """Look at the next events, and keep how far it is."""
        heads, has_no_heads = published()
        progress = audit.go_on(audit.Progress.from_json(state["progress"]), heads)
        kept = {"has_no_heads": has_no_heads or state.get("has_no_heads", False)}
        if progress.is_done:
            kept["ended"] = self.end(progress, has_no_heads=kept["has_no_heads"])
        else:
            kept["progress"] = progress.as_json()
        self.request.session[PLACE] = kept

    def end(self, progress, *, has_no_heads):
        """Note the result, and return it in words."""
        where = f", the first at {progress.faults[0].seq}" if progress.faults else ""
        heads = "no heads to be read" if has_no_heads else f"{progress.heads} heads"
        begun = begun_in_words(progress)
        if not self.is_noted_since(progress, f"{begun}, ended"):
            said = {"number": progress.number, "where": where, "heads": heads, "upto": progress.upto}
            self.note(ENDED.format(**said, begun=begun, ended=in_utc(timezone.now())))
        unbroken = OPEN_ENDED if has_no_heads else WHOLE
        said = (BROKEN if progress.number else unbroken).format(**progress.as_json())
        return {
            "said": said,
            "is_whole": not progress.number,
            "number": progress.number,
            "faults": progress.as_json()["faults"],
            "at": in_full(timezone.now()),
        }

    def is_noted_since(self, progress, words):
        """Whether this verification is noted already; until the answer is sent nobody else notes anything."""
        audit.hold()
        since = AuditEvent.objects.filter(seq__gt=progress.upto, action=AuditAction.VERIFY)
        return since.filter(actor=self.request.user, detail__contains=words).exists()

    def note(self, detail):
        """Note what came of it."""
        audit.append(AuditAction.VERIFY, actor=self.request.user, detail=detail)


def begun_in_words(progress):
    """Return since when a verification goes on: the audit knows it by that."""
    return f"begun {in_utc(datetime.fromisoformat(progress.begun_at))}" if progress.begun_at else "begun"


def in_utc(moment):
    """Return a moment to the second, by the one clock that is everybody's."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def how_far(progress):
    """Return how far it is, in words."""
    percent = 100 * progress.reached // progress.upto
    words = f"{progress.reached:,} of {progress.upto:,} events, {percent}%"
    return f"{words}; {progress.number:,} faults so far" if progress.number else words


def published():
    """Return the heads that were published, and whether there are none or they could not be read."""
    try:
        heads = audit.published_heads()
    except (OSError, ValueError):
        return [], True
    return heads, not heads


def earlier():
    """Return the last verifications as moment, who and result, of what happened lately."""
    newest = AuditEvent.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    lately = AuditEvent.objects.filter(seq__gt=newest - LOOKED_THROUGH, action=AuditAction.VERIFY)
    rows = lately.order_by("-seq").values_list("at", "actor_name", "detail")[:SHOWN]
    return [(in_full(at), who or "The site", detail) for at, who, detail in rows]
