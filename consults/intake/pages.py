"""The pages of the form, in its languages; none of them is ever kept by a shared cache."""

from functools import wraps
from http import HTTPStatus

from django.shortcuts import render
from django.urls import reverse
from django.utils import translation

from clinic.core.facts import read_facts
from consults.consent_wordings import current_wording
from consults.enums import Locale, SourceSection
from consults.notices.first_call import first_call_of
from consults.notices.sensitive_terms import NAMELESS, without_sensitive_terms
from consults.references import format_reference
from consults.spam.signals import HONEYPOT_FIELD, HONEYPOT_FIELDS

from .corrections import correcting, correction_shown
from .earlier_form import as_asked_now
from .email_typos import COMMON_SLIPS, meant_by
from .forms import NOTE_ASKED
from .page_form import EMAIL_FIELDS, LAYOUT, LAYOUT_FIELD, PatientForm
from .states import names_of
from .submission import campaign_of
from .token import issue_token, read_token

BACK_BUTTON = "back"
# Says the form again in the language of the address it is sent to.
LANGUAGE_BUTTON = "language"
# Takes the address that was probably meant; the field says that the question was asked.
MEANT_BUTTON, ASKED_FIELD = "take_meant", "asked"
# Posted along, but nothing to be given back.
NOT_TYPED = {*HONEYPOT_FIELDS, BACK_BUTTON, LANGUAGE_BUTTON, MEANT_BUTTON}
RETRY_AFTER_SECONDS = 120


def in_language(view):
    """Let a view and its templates speak the language of its address."""

    @wraps(view)
    def translated(request, *args, locale, **kwargs):
        with translation.override(locale):
            return view(request, *args, locale=locale, **kwargs)

    return translated


def address_name(name, locale):
    """Return the name of an address in a language."""
    return name if locale == Locale.EN else f"{name}_{locale}"


def empty_form(request, locale):
    """Return the form as it is first seen, knowing only roughly where somebody came from."""
    section = request.GET.get("from", "")
    initial = {
        "section": section if section in SourceSection.values else SourceSection.OTHER.value,
        "campaign": campaign_of(request.GET).value,
    }
    return form(request, PatientForm(initial=initial), locale)


def filled_form(request, locale):
    """Return the form with everything that was posted and no judgement, to be changed or read in Spanish."""
    data = as_asked_now(request.POST)
    posted = {name: data.getlist(name) for name in data if name in PatientForm.base_fields}
    initial = {name: values if name == "times" else values[-1] for name, values in posted.items()}
    return form(request, PatientForm(initial=initial), locale, posted=data)


def form(
    request,
    bound_form,
    locale,
    *,
    status=200,
    could_not_store=False,
    asks_about_email=False,
    posted=None,
):
    """Return the form with what was typed and what is wrong with it."""
    wording = current_wording(locale)
    posted = bound_form.data if posted is None else posted
    if not isinstance(bound_form, PatientForm):
        bound_form = PatientForm(as_asked_now(posted))
    meant = {name: meant_by(bound_form[name].value() or "") for name in EMAIL_FIELDS}
    context = {
        "form": bound_form,
        # Handed out when the first form was: whoever only mends a mistake is quick, and no script.
        "token": issue_token(wording.version, first=read_token(posted.get("token", ""))),
        "wording": wording.texts,
        "note_asked": NOTE_ASKED,
        "honeypot": HONEYPOT_FIELD,
        "layout": {"name": LAYOUT_FIELD, "value": LAYOUT},
        "email_slips": COMMON_SLIPS,
        "meant_email": meant["email"],
        "meant_second_email": meant["second_email"],
        "is_asked": ASKED_FIELD in posted or any(meant.values()),
        "asks_about_email": asks_about_email and next(filter(None, meant.values()), ""),
        "could_not_store": could_not_store,
        **correction_shown(posted),
    }
    return _page(request, "form", locale, context, status=status, address="consultation")


def could_not_keep(request, bound_form, locale):
    """Say that nothing was kept, and give everything back to be sent again."""
    response = form(request, bound_form, locale, status=503, could_not_store=True)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def too_large(request, locale):
    """Refuse a body that is no form, with another way to reach the clinic."""
    return _page(request, "too_large", locale, status=413, address="consultation")


def exit_page(request, reason, locale):
    """Say why the clinic can't help and who can. Nothing is stored; going back loses nothing."""
    typed = [
        (name, value) for name, values in request.POST.lists() if name not in NOT_TYPED for value in values
    ]
    context = {"typed": typed, "back_button": BACK_BUTTON, "states": names_of(read_facts().service_states)}
    return _page(request, reason, locale, context, address="consultation")


def under_age(request, locale):
    """Say where somebody under 18 can turn, to whoever asks."""
    return _page(request, "under_age", locale, {"is_asked": True}, address="under_age")


def received(request, slip, locale, *, status=200):
    """Say that the request arrived, when and how somebody gets in touch, and what can be had of it."""
    where = {"reference": slip.reference, "slip": slip.sealed()}
    context = {
        "reference": format_reference(slip.reference),
        "corrects": correcting(slip),
        "way": slip.way,
        # As the mails themselves are signed.
        "sender": without_sensitive_terms(read_facts().short_name, instead=NAMELESS[locale]),
        "first_call": first_call_of_slip(slip),
        "copy": slip.copy.value,
        "could_not_ask": status != HTTPStatus.OK,
        "calendar_url": reverse(address_name("consultation_calendar", locale), kwargs=where),
        "back_button": BACK_BUTTON,
        "same_elsewhere": [
            {"code": code, "name": name, "url": _received_url(code, where)}
            for code, name in Locale.choices
            if code != locale
        ],
    }
    return _page(request, "received", locale, context, status=status)


def _received_url(locale, where):
    return reverse(address_name("consultation_received", locale), kwargs=where)


def first_call_of_slip(slip):
    """Return when we get in touch; None where the slip or the clinic doesn't tell."""
    if slip.received_at is None:
        return None
    return first_call_of(
        received_at=slip.received_at,
        best_times=slip.best_times,
        time_zone=slip.time_zone,
        location=slip.location,
        way=slip.way,
    )


def private(response, status=None, *, holds_nothing_typed=False):
    """Keep a page out of every store and its address out of every referrer.

    The browser of whoever fills the form in may keep the one it was given empty: so Back finds it as it was
    left. It asks again before it shows a stored one.
    """
    if status:
        response.status_code = status
    response["Cache-Control"] = "private, no-cache" if holds_nothing_typed else "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _page(request, template, locale, context=None, *, status=200, address=None):
    """Render a page; ``address`` names the one it has in the other languages too."""
    others = [
        {"code": code, "name": name, "url": reverse(address_name(address, code))}
        for code, name in Locale.choices
        if address and code != locale
    ]
    facts = read_facts()
    extra = {
        "page_language": locale,
        "other_languages": others,
        "language_button": LANGUAGE_BUTTON,
        "meant_button": MEANT_BUTTON,
        "asked_field": ASKED_FIELD,
        "form_url": reverse(address_name("consultation", locale)),
        "under_age_url": reverse(address_name("under_age", locale)),
        "callback_promise": facts.callback_promise_es if locale == Locale.ES else facts.callback_promise,
    }
    template = f"consults/intake/{template}.html"
    response = render(request, template, {**extra, **(context or {})}, status=status)
    return private(response, holds_nothing_typed=bool(address) and request.method != "POST")
