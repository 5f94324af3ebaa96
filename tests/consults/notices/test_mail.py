"""The mail that goes out: neutral outside, nothing of a request inside, and always the same mail."""

import re
from dataclasses import replace
from datetime import time, timedelta
from email.utils import parseaddr
from smtplib import SMTPException

import pytest
import time_machine
from django.conf import settings as django_settings
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.test.signals import template_rendered
from django.utils import timezone

from clinic.core.facts import default_facts, write_facts
from clinic.core.opening_hours import Period, Schedule
from consults import audit, workflow
from consults.enums import AuditAction, Locale, TimelineAction
from consults.models import ConsultRequest, OutboxMessage
from consults.notices.mail import compose, plain_text
from consults.notices.outbox import send_due
from consults.notices.sensitive_terms import without_sensitive_terms
from consults.references import format_reference
from tests.consults.passing_time import let_pass
from tests.factories.consults import make_consult
from tests.factories.marks import mark_again
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]
START = "2026-11-24T16:00:00Z"
TYPED = {
    "name": "Markername",
    "phone": "(555) 555-0177",
    "email": "marker@example.net",
    "note": "Markernote",
    "topic": "cost",
    "needs": "Markerneeds",
    "time_zone": "America/Chicago",
}
NEW = "A new request waits on the desk."
BODY = f"""{NEW}

Reference: {{reference}}
Waiting for: {{age}}
Requests that nobody has yet: {{count}}

Open it here: {{link}}

This message holds nothing of the request itself. Please don't answer it.
"""
attempted = []


class NotingBackend(BaseEmailBackend):
    """Refuses, and keeps what it was given."""

    def send_messages(self, messages):
        attempted.extend(messages)
        raise SMTPException


@pytest.fixture(autouse=True)
def neutral_short_name():
    write_facts(replace(default_facts(), name="Ridge Ketamine Clinic", short_name="Ridge"))


def html_of(sent):
    """The other part of a mail."""
    [part] = [content for content, kind in sent.alternatives if kind == "text/html"]
    return part


def message_of(consult):
    return OutboxMessage.objects.get(reference=consult.reference)


def test_subject_and_sender_are_neutral():
    sent = compose(message_of(make_consult(**TYPED)))
    assert sent.subject == "Ridge: a new website request"
    assert "ketamine" not in str(sent.message()).lower()
    assert (sent.to, sent.cc, sent.bcc) == (["frontdesk@example.org"], [], [])


def test_a_short_name_over_two_lines_stays_one_subject():
    write_facts(replace(default_facts(), short_name="Ridge\n  Clinic"))
    assert compose(message_of(make_consult())).subject == "Ridge Clinic: a new website request"


@pytest.mark.parametrize(
    ("waited", "age"), [(timedelta(minutes=5), "5\xa0minutes"), (timedelta(hours=3), "3\xa0hours")]
)
@pytest.mark.parametrize("template", ["staff_notice", "escalation"])
def test_the_staff_are_told_four_things(settings, template, waited, age):
    settings.STAFF_URL = "https://clinic.example.org"
    make_consult()
    make_consult(claimed_by=UserFactory(group="Front desk"))
    consult = make_consult(**TYPED)
    let_pass(waited)
    sent = compose(OutboxMessage(template=template, recipient="owner", reference=consult.reference))
    body = sent.body.replace("A request waits too long: nobody has tried to answer it yet.", NEW)
    values = {"reference": consult.reference, "age": age, "count": 2}
    link = "https://clinic.example.org/admin/requests/"
    assert body.strip() == BODY.strip().format(**values, link=link)
    for value in (*values.values(), link):
        assert str(value) in html_of(sent)


def test_the_templates_get_nothing_else():
    """Whatever a template asked for: it isn't there."""
    make_consult(**TYPED, copy="yes")
    seen = {}

    def note(sender, template, context, **kwargs):
        seen.setdefault(template.name, set()).update(context.flatten())

    template_rendered.connect(note)
    try:
        send_due()
    finally:
        template_rendered.disconnect(note)
    builtin = {"True", "False", "None"}
    facts = {"short_name", "promise", "week", "first_call", "phone", "email"}
    crisis = {"crisis_number", "emergency_number"}
    folder = "consults/notices"
    assert len(mail.outbox) == 2
    for part in ("body.txt", "body.html"):
        assert seen[f"{folder}/staff_notice/{part}"] - builtin - {"block"} == {
            "count",
            "reference",
            "references",
            "number",
            "more",
            "age",
            "link",
        }
        assert seen[f"{folder}/patient_copy/en/{part}"] - builtin - {"block"} == {
            "reference",
            *facts,
            *crisis,
        }


@pytest.mark.parametrize("locale", Locale)
def test_nothing_that_was_typed_is_in_any_mail(locale):
    consult = make_consult(**TYPED, section="fees", copy="yes")
    ConsultRequest.objects.update(locale=locale)
    mark_again()
    OutboxMessage.objects.create(template="escalation", recipient="owner", reference=consult.reference)
    assert send_due() == 3
    for sent in mail.outbox:
        to_patient = sent.to == [TYPED["email"]]
        headers = "".join(f"{k}: {v}\n" for k, v in sent.message().items() if (k, to_patient) != ("To", True))
        whole = f"{headers}{sent.subject}{sent.body}{html_of(sent)}".lower()
        for typed in (*TYPED.values(), "555-0177", "5555550177", "fees", "weekday"):
            assert typed.lower() not in whole


# --- the patient's copy ---------------------------------------------------------------------------------


def copy_of(consult):
    return OutboxMessage.objects.get(reference=consult.reference, template="patient_copy")


def test_the_copy_goes_to_whoever_asked_and_says_what_comes_next():
    hours = Schedule(zone="UTC", week={day: (Period(time(9), time(17)),) for day in range(5)})
    write_facts(
        replace(
            default_facts(), short_name="Ridge", phone="(555) 555-0100", hours=hours, email="a@example.org"
        )
    )
    # However late the mail goes out, the days are those of the request.
    with time_machine.travel("2026-11-21T18:00:00Z"):
        consult = make_consult(**TYPED, times=None, copy="yes")
    sent = compose(copy_of(consult))
    assert (sent.to, sent.cc, sent.bcc) == (["marker@example.net"], [], [])
    assert (sent.subject, sent.from_email) == ("Ridge: we have your request", "Ridge <website@example.org>")
    said = [
        format_reference(consult.reference),
        "on Monday, November 23, between 8:00\xa0am and 11:00\xa0am (Central time)",
        "heard nothing by Monday, November 23, at 11:00\xa0am (Central time), call (555) 555-0100",
        "988",
        "911",
    ]
    for value in [*said, "(555) 555-0100", "a@example.org", "Monday", "9:00\xa0am – 5:00\xa0pm"]:
        assert value in sent.body
        assert value in html_of(sent)
    assert {e.action for e in consult.timeline.all()} == {TimelineAction.SUBMIT, TimelineAction.COPY}


def test_the_copy_speaks_the_language_of_the_request():
    consult = make_consult(copy="yes")
    ConsultRequest.objects.update(locale=Locale.ES)
    mark_again()
    sent = compose(copy_of(consult))
    assert sent.subject == "Ridge: recibimos su solicitud"
    for part in (sent.body, html_of(sent)):
        assert "Su referencia: " in part
        assert "en un plazo de un día hábil" in part
        assert "Your reference" not in part
    assert '<html lang="es">' in html_of(sent)


def test_a_clinic_that_told_us_little_sends_a_whole_copy():
    write_facts(replace(default_facts(), phone="", email="", hours=Schedule()))
    sent = compose(copy_of(make_consult(copy="yes")))
    assert "Opening hours" not in sent.body
    assert "Tell whoever gets in touch with you." in sent.body


@pytest.mark.parametrize("keys", ["", "7:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"])
def test_a_copy_whose_address_cannot_be_read_waits_and_holds_up_nobody(settings, caplog, keys):
    consult = make_consult(**TYPED, copy="yes")
    other = make_consult()
    right = settings.CONSULTS_SEALING_PRIVATE_KEYS
    settings.CONSULTS_SEALING_PRIVATE_KEYS = keys
    OutboxMessage.objects.filter(pk=copy_of(consult).pk).update(created_at="2020-01-01T00:00Z")
    assert send_due() == 2
    row = copy_of(consult)
    assert (row.last_error, row.sent_at, row.dead_at) == ("EnvelopeProblem", None, None)
    assert {row.reference for row in OutboxMessage.objects.exclude(sent_at=None)} == {
        consult.reference,
        other.reference,
    }
    assert "marker" not in caplog.text
    settings.CONSULTS_SEALING_PRIVATE_KEYS = right
    let_pass(timedelta(minutes=2))
    assert send_due() == 1
    assert mail.outbox[-1].to == ["marker@example.net"]


def test_a_copy_in_an_envelope_that_was_changed_is_given_up_after_two_days():
    consult = make_consult(copy="yes")
    ConsultRequest.objects.update(envelope=b"\x01\x00\x01changed")
    let_pass(timedelta(hours=49))
    send_due()
    assert copy_of(consult).dead_at
    assert copy_of(consult).last_error == "EnvelopeProblem"


def test_who_asked_for_no_copy_gets_none():
    consult = make_consult()
    row = OutboxMessage.objects.create(
        template="patient_copy", recipient="patient", reference=consult.reference
    )
    send_due()
    row.refresh_from_db()
    assert (row.last_error, row.sent_at) == ("NotAllowed", None)


# --- what strangers may see -----------------------------------------------------------------------------

# Drugs, conditions and kinds of treatment, in both languages: a mail is read on many screens.
TELLING = """ketamine esketamine ketamina esketamina spravato infusion infusión injection inyección depression
depressive depresión anxiety ansiedad ptsd tept trauma bipolar ocd toc suicide suicidal suicidio psychiatric
psychiatry psiquiatría psychedelic therapy terapia mental pain dolor migraine addiction adicción medicine
medication medicina medicamento diagnosis diagnóstico symptom síntoma
treatment tratamiento patient paciente"""
FOLDER = django_settings.BASE_DIR / "templates" / "consults" / "notices"
TEMPLATES = [path for path in FOLDER.rglob("*") if path.is_file()]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_no_mail_names_a_drug_or_a_condition(path):
    text = path.read_text().lower()
    assert [word for word in TELLING.split() if word in text] == []
    assert without_sensitive_terms(text, instead="") != ""


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_no_mail_loads_anything(path):
    text = path.read_text().lower()
    assert [
        sign for sign in ("src=", "<img", "<link", "url(", "http", "<script", "@import") if sign in text
    ] == []


def test_every_mail_has_three_parts():
    kinds = {path.parent.relative_to(FOLDER) for path in TEMPLATES} - {FOLDER.relative_to(FOLDER)}
    assert {str(kind) for kind in kinds} == {
        "staff_notice",
        "escalation",
        "emergency",
        "crisis",
        "suspected",
        "alert",
        "digest",
        "invitation",
        "patient_copy/en",
        "patient_copy/es",
        "reply/en",
        "reply/es",
    }
    for kind in kinds:
        assert {path.name for path in (FOLDER / kind).iterdir()} == {"subject.txt", "body.txt", "body.html"}


@pytest.mark.parametrize("name", ["Ridge Ketamine Clinic", "Centro de Terapia", "Ridge Pain Care", "  "])
@pytest.mark.parametrize(("locale", "instead"), [("en", "Your clinic"), ("es", "Su clínica")])
def test_a_telling_name_is_not_told(name, locale, instead):
    write_facts(replace(default_facts(), short_name=name, email="ask@ketamine.example.org"))
    consult = make_consult(copy="yes")
    ConsultRequest.objects.update(locale=locale)
    mark_again()
    sent = compose(copy_of(consult))
    assert sent.subject.startswith(f"{instead}: ")
    whole = f"{sent.message().as_string()}{sent.body}{html_of(sent)}".lower()
    assert "ketamine" not in whole
    assert name.strip() == "" or name.lower() not in whole


# --- the same mail over all attempts ---------------------------------------------------------------------


def test_the_mail_keeps_its_number_over_all_attempts(settings):
    settings.DEFAULT_FROM_EMAIL = "Ridge <website@clinic.example.org>"
    settings.EMAIL_BACKEND = f"{__name__}.NotingBackend"
    attempted.clear()
    row = message_of(make_consult())
    for _ in range(3):
        send_due()
        let_pass(timedelta(hours=2))
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send_due()
    messages = [*attempted, *mail.outbox]
    assert len(messages) == 4
    assert {m.message()["Message-ID"] for m in messages} == {f"<{row.pk}@clinic.example.org>"}


def test_two_notices_have_two_numbers():
    first, second = (compose(message_of(make_consult())).message()["Message-ID"] for _ in range(2))
    assert first != second


def test_no_machine_answers():
    assert compose(message_of(make_consult())).message()["Auto-Submitted"] == "auto-generated"


def test_the_date_is_that_of_the_attempt():
    with time_machine.travel(START, tick=False):
        sent = compose(message_of(make_consult())).message()
        assert sent["Date"] == timezone.localtime().strftime("%a, %d %b %Y %H:%M:%S %z")


# --- plain text is plain --------------------------------------------------------------------------------

STRANGE = "O'Hara & Sons <Care>"


def texts_of(consult):
    """Subject and text of every kind of mail there is, by kind."""
    kinds = [path.parent.relative_to(FOLDER) for path in TEMPLATES if path.name == "subject.txt"]
    event = audit.append(AuditAction.FACTOR, actor=None, detail="by 'hand' & quickly")
    for kind in sorted(map(str, kinds)):
        template, _, locale = kind.partition("/")
        if template == "reply":
            continue
        ConsultRequest.objects.update(locale=locale or "en")
        mark_again()
        recipient = "patient" if locale else "owner"
        if template == "suspected":
            make_consult()
            ConsultRequest.objects.filter(pk__gt=consult.pk).update(status="quarantine", next_action_at=None)
        reference = {
            "digest": "2026W48",
            "alert": f"A{event.seq}",
            "invitation": f"I{workflow.invite_account(UserFactory(), actor=UserFactory()).pk}",
        }.get(template, consult.reference)
        row = OutboxMessage(template=template, recipient=recipient, reference=reference)
        yield kind, compose(row)


def test_no_text_and_no_subject_is_escaped_like_a_page():
    facts = {"short_name": STRANGE, "phone": "5 & 6 <desk>", "callback_promise": "by <noon> & 'soon'"}
    write_facts(replace(default_facts(), **facts, callback_promise_es="antes de <mañana> & 'ya'"))
    consult = make_consult(copy="yes")
    audit.append("list", actor=None)
    found = dict(texts_of(consult))
    assert len(found) >= 7
    for kind, sent in found.items():
        assert sent.subject.startswith(f"{STRANGE}: "), kind
        assert "&amp;" not in f"{sent.subject}{sent.body}", kind
        assert not re.search(r"&(#\w+|lt|gt|quot|amp);", f"{sent.subject}{sent.body}"), kind
        assert "<Care>" not in html_of(sent), kind
        assert parseaddr(sent.message()["From"]) == (STRANGE, "website@example.org"), kind
    assert f"arrived at {STRANGE}." in found["patient_copy/en"].body
    assert f"llegó a {STRANGE}." in found["patient_copy/es"].body


@pytest.mark.parametrize("path", [path for path in TEMPLATES if path.suffix == ".txt"], ids=str)
def test_a_text_template_shows_what_it_is_given(path):
    """By the mechanism, so that a new template can't forget it."""
    names = set(re.findall(r"{{ (\w+) }}", path.read_text()))
    said = plain_text(f"consults/notices/{path.relative_to(FOLDER)}", dict.fromkeys(names, "<'&\""))
    assert "&#" not in said
    assert "&amp;" not in said


def test_a_name_cannot_add_a_header():
    write_facts(replace(default_facts(), short_name="Ridge\r\nBcc: x@example.net"))
    sent = compose(message_of(make_consult())).message()
    assert sent["Bcc"] is None
    assert sent["Subject"] == "Ridge Bcc: x@example.net: a new website request"
