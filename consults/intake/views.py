"""The form and the page after it. Nothing here touches session, user or site."""

from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent
from django.http import Http404, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from consults import workflow
from consults.enums import CopyState
from consults.spam.networks import network_of, note_unnamed_proxy
from consults.spam.signals import form_signals

from . import pages
from .calendar_file import calendar_of
from .canary import is_marked
from .corrections import corrected_by
from .earlier_form import form_from
from .eligibility import exit_for
from .email_typos import likely_email, with_meant
from .page_form import EMAIL_FIELDS, PatientForm
from .slip import read_slip, slip_for
from .submission import submission_from
from .token import read_token

# A filled form has about 3 kB; anything beyond this is not one (bytes).
MAX_BODY = 64 * 1024


# No cookie, hence no cross-site token: a forged post gains nothing, since the form acts for nobody.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@pages.in_language
def consultation(request, locale):
    """Show the form, or take it in."""
    if request.method != "POST":
        return pages.empty_form(request, locale)
    if _is_too_large(request):
        return pages.too_large(request, locale)
    try:
        data = request.POST
    except (BadRequest, RequestDataTooBig, TooManyFieldsSent, MultiPartParserError, UnicodeError):
        return pages.form(request, PatientForm({}), locale, status=422)
    if pages.BACK_BUTTON in data or pages.LANGUAGE_BUTTON in data:
        return pages.filled_form(request, locale)
    if reason := exit_for(data):
        return pages.exit_page(request, reason, locale)
    is_answered = pages.MEANT_BUTTON in data or pages.ASKED_FIELD in data
    if pages.MEANT_BUTTON in data:
        data = with_meant(data, EMAIL_FIELDS)
    form = form_from(data, read_token(data.get("token", "")))
    if not form.is_valid():
        return pages.form(request, form, locale, status=422)
    if isinstance(form, PatientForm) and not is_answered and likely_email(form.cleaned_data["email"]):
        return pages.form(request, form, locale, status=422, asks_about_email=True)
    return _take_in(request, form, locale)


@require_safe
@pages.in_language
def under_age(request, locale):
    """Say where somebody under 18 can turn. It is a page to read, so what stands in the form stays there."""
    return pages.under_age(request, locale)


# Here too no cookie: the address alone shows that somebody sent the form, and nobody else has it.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@pages.in_language
def received(request, reference, slip, locale):
    """Say that the request arrived, or queue its copy. Nothing that was typed is shown.

    To show it no database is asked. A post asks for the copy by e-mail and holds no words: the copy goes to
    the address of that request, and once, however often somebody asks.
    """
    known = _known(reference, slip)
    if request.method != "POST":
        return pages.received(request, known, locale)
    if known.copy != CopyState.OFFERED:
        return _to_received(known, locale)
    try:
        state = workflow.ask_for_copy(reference)
    except workflow.CouldNotKeep:
        return pages.received(request, known, locale, status=503)
    return _to_received(known.with_copy(state), locale)


@never_cache
@require_safe
@pages.in_language
def calendar(request, reference, slip, locale):
    """Return the days on which somebody calls, for a calendar."""
    known = _known(reference, slip)
    if not (first_call := pages.first_call_of_slip(known)):
        raise Http404
    response = HttpResponse(calendar_of(known, first_call), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="reminder.ics"'
    return pages.private(response)


def _known(reference, slip):
    """Return what the address says. Raises Http404 where it is none of ours."""
    if known := read_slip(reference, slip):
        return known
    raise Http404


def _to_received(slip, locale):
    name = pages.address_name("consultation_received", locale)
    response = redirect(name, reference=slip.reference, slip=slip.sealed())
    return pages.private(response, status=303)


def _take_in(request, form, locale):
    """Keep the request, or say honestly that it could not be kept and leave what was typed."""
    token = read_token(request.POST.get("token", ""))
    submission = submission_from(
        form,
        token=token,
        locale=locale,
        page=request.path,
        signals=form_signals(request, issued_at=token.issued_at),
        network=network_of(request),
        corrects=corrected_by(request.POST),
        is_canary=is_marked(request.POST),
    )
    try:
        accepted = workflow.accept(submission)
    except workflow.CouldNotKeep:
        return pages.could_not_keep(request, form, locale)
    # While the database is away nobody waits for it once more.
    if not accepted.is_spooled:
        note_unnamed_proxy(request)
    return _to_received(slip_for(submission, accepted), locale)


def _is_too_large(request):
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BODY
    except ValueError:
        return False
