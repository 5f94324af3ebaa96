"""The mail of the front desk as it goes out: the sealed words in a neutral frame, and a quiet end."""

from dataclasses import replace
from datetime import timedelta
from smtplib import SMTPException

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.test.signals import template_rendered

from clinic.core.facts import default_facts, write_facts
from consults import workflow
from consults.enums import Locale, Outcome
from consults.models import ConsultRequest, OutboxMessage, SealedReply
from consults.notices.mail import compose
from consults.notices.outbox import send_due
from tests.consults.passing_time import let_pass
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
TEXT = "Hello,\n\nplease <call> us & say when.\nSam"


class RefusingBackend(BaseEmailBackend):
    def send_messages(self, messages):
        raise SMTPException("marker@example.net is unknown here")


@pytest.fixture(autouse=True)
def clinic():
    write_facts(
        replace(
            default_facts(),
            name="Ridge Ketamine Clinic",
            short_name="Ridge",
            phone="(555) 555-0100",
            email="a@example.org",
        )
    )


@pytest.fixture
def desk():
    return UserFactory(group="Front desk")


def message_for(desk, *, locale="en", text=TEXT, **changes):
    """Queue an e-mail and return its row, the only one that waits."""
    consult = make_consult(email="marker@example.net", **changes)
    ConsultRequest.objects.filter(pk=consult.pk).update(locale=locale)
    consult.refresh_from_db()
    workflow.send_reply(
        consult,
        actor=desk,
        version=consult.version,
        template=None,
        subject="Ridge:\n a time to talk",
        base="Hello.",
        text=text,
    )
    OutboxMessage.objects.exclude(template="reply").delete()
    return OutboxMessage.objects.get(reference=consult.reference)


def html_of(sent):
    [part] = [content for content, kind in sent.alternatives if kind == "text/html"]
    return part


def test_the_mail_says_what_was_written_in_a_neutral_frame(desk):
    sent = compose(message_for(desk))
    assert (sent.to, sent.cc, sent.bcc, sent.reply_to) == (["marker@example.net"], [], [], ["a@example.org"])
    assert (sent.subject, sent.from_email) == ("Ridge: a time to talk", "Ridge <website@example.org>")
    assert sent.body.startswith(f"{TEXT}\n\nRidge\n(555) 555-0100\n")
    assert "please &lt;call&gt; us &amp; say when.<br>Sam" in html_of(sent)
    for part in (sent.body, html_of(sent)):
        assert "988" in part
        assert "911" in part
    assert "ketamine" not in sent.message().as_string().lower()
    # A person wrote it.
    assert "Auto-Submitted" not in sent.message()


def test_the_frame_speaks_the_language_of_the_person(desk):
    sent = compose(message_for(desk, locale=Locale.ES))
    assert "En una crisis no nos espere" in sent.body
    assert '<html lang="es">' in html_of(sent)
    assert "In a crisis" not in sent.body + html_of(sent)


def test_a_telling_name_and_address_stay_out(desk):
    write_facts(
        replace(default_facts(), short_name="Ridge Ketamine", phone="", email="ask@ketamine.example.org")
    )
    sent = compose(message_for(desk))
    assert sent.body.startswith(f"{TEXT}\n\nYour clinic\n\n")
    assert sent.reply_to == []
    assert "ketamine" not in sent.message().as_string().lower()


def test_the_templates_get_nothing_else(desk):
    message = message_for(desk)
    seen = {}

    def note(sender, template, context, **kwargs):
        seen.setdefault(template.name, set()).update(context.flatten())

    template_rendered.connect(note)
    try:
        compose(message)
    finally:
        template_rendered.disconnect(note)
    builtin = {"True", "False", "None", "block"}
    folder = "consults/notices/reply/en"
    frame = {"text", "short_name", "phone", "crisis_number", "emergency_number"}
    assert seen[f"{folder}/subject.txt"] - builtin == {"subject"}
    assert seen[f"{folder}/body.txt"] - builtin == seen[f"{folder}/body.html"] - builtin == frame


def test_each_email_goes_out_once_with_a_number_of_its_own(desk):
    rows = [message_for(desk), message_for(desk)]
    assert send_due() == 2
    assert send_due() == 0
    assert {m.message()["Message-ID"] for m in mail.outbox} == {f"<{row.pk}@example.org>" for row in rows}
    _contents, [opened] = workflow.open_consult(
        ConsultRequest.objects.get(reference=rows[0].reference), actor=desk, purpose="triage"
    )
    assert opened.sent_at


def test_a_refused_email_waits_and_tells_nothing(desk, settings, caplog):
    message = message_for(desk, text="Hello markertext.")
    settings.EMAIL_BACKEND = f"{__name__}.RefusingBackend"
    assert send_due() == 0
    message.refresh_from_db()
    assert (message.last_error, message.sent_at, message.dead_at) == ("SMTPException", None, None)
    assert "marker" not in caplog.text
    assert "marker" not in str(list(OutboxMessage.objects.values()))
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    let_pass(timedelta(minutes=2))
    assert send_due() == 1


def test_it_ends_quietly_when_the_contents_are_gone(desk):
    message = message_for(desk)
    ConsultRequest.objects.update(envelope=b"")
    assert send_due() == 0
    message.refresh_from_db()
    assert (message.last_error, message.dead_at is None, mail.outbox) == ("NoLongerWanted", False, [])
    # Nobody is told, and nobody brings it back.
    assert OutboxMessage.objects.problems() == {"given_up": 0, "refused": 0}
    assert OutboxMessage.objects.try_again() == 0


def test_it_ends_quietly_when_the_person_asked_us_to_stop(desk):
    message = message_for(desk)
    consult = ConsultRequest.objects.get(reference=message.reference)
    workflow.record_outcome(consult, actor=desk, version=consult.version, outcome=Outcome.ASKED_TO_STOP)
    assert send_due() == 0
    message.refresh_from_db()
    assert message.dead_at
    assert mail.outbox == []
    workflow.change_status(consult, actor=desk, version=consult.version, status="working")
    _contents, [opened] = workflow.open_consult(consult, actor=desk, purpose="triage")
    assert opened.is_dead


def test_a_row_that_goes_while_it_is_sent_harms_nobody(desk):
    message = message_for(desk)
    other = message_for(desk)
    SealedReply.objects.filter(message=message).delete()
    with pytest.raises(workflow.NoLongerWanted):
        compose(OutboxMessage(template="reply", recipient="patient", reply_id=message.reply_id))
    assert send_due() == 1
    assert OutboxMessage.objects.get().pk == other.pk


def test_without_the_key_it_waits_like_every_other_mail(desk, settings):
    message = message_for(desk)
    settings.CONSULTS_SEALING_PRIVATE_KEYS = ""
    assert send_due() == 0
    message.refresh_from_db()
    assert (message.last_error, message.dead_at) == ("EnvelopeProblem", None)
