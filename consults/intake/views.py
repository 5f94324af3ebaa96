"""The form and the page after it. Nothing here touches session, user or site."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import DatabaseError
from django.http import Http404
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from clinic.core.facts import read_facts
from consults.enums import SourceSection
from consults.workflow import accept

from .consent import CONSENT_TEXT
from .forms import NOTE_ASKED, ConsultForm
from .reference import is_proven, proof_for, spoken
from .submission import submission_from
from .token import issue_token

# A filled form has about 3 kB; anything beyond this is not one (bytes).
MAX_BODY = 64 * 1024
RETRY_AFTER_SECONDS = 120


# No cookie, hence no cross-site token: a forged post gains nothing, since the form acts for nobody.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def consultation(request):
    """Show the form, or take it in."""
    if request.method != "POST":
        section = request.GET.get("from", "")
        known = section if section in SourceSection.values else SourceSection.OTHER
        zone = read_facts().hours.zone
        return _page(request, ConsultForm(initial={"section": known, "time_zone": zone}))
    if _is_too_large(request):
        return _private(render(request, "consults/intake/too_large.html", status=413))
    try:
        form = ConsultForm(request.POST)
    except (RequestDataTooBig, TooManyFieldsSent, MultiPartParserError, UnicodeError):
        return _page(request, ConsultForm({}), status=422)
    if not form.is_valid():
        return _page(request, form, status=422)
    return _take_in(request, form)


@never_cache
@require_safe
def received(request, reference, proof):
    """Say that the request arrived. Nothing that was typed is shown, and no database is asked."""
    if not is_proven(reference, proof):
        raise Http404
    return _private(render(request, "consults/intake/received.html", {"reference": spoken(reference)}))


def _take_in(request, form):
    """Store the request, or say honestly that it could not be stored and keep what was typed."""
    submission = submission_from(form, token=request.POST.get("token", ""))
    try:
        accept(submission)
    except DatabaseError:
        # Whoever adds a second place to keep requests does it here, before anything is said.
        response = _page(request, form, status=503, could_not_store=True)
        response["Retry-After"] = str(RETRY_AFTER_SECONDS)
        return response
    proof = proof_for(submission.reference)
    return _private(
        redirect("consultation_received", reference=submission.reference, proof=proof, permanent=False), 303
    )


def _page(request, form, *, status=200, could_not_store=False):
    context = {
        "form": form,
        "token": issue_token(),
        "consent_text": CONSENT_TEXT,
        "note_asked": NOTE_ASKED,
        "could_not_store": could_not_store,
    }
    return _private(render(request, "consults/intake/form.html", context, status=status))


def _private(response, status=None):
    """Keep the page out of every store and its address out of every referrer."""
    if status:
        response.status_code = status
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _is_too_large(request):
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BODY
    except ValueError:
        return False
