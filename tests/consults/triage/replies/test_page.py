"""Answering by e-mail from the page: nothing is sent that must not be, and nothing that was typed is lost."""

import html
import re
from dataclasses import replace

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.models import ModelLogEntry

from clinic.core.facts import default_facts, write_facts
from consults import workflow
from consults.enums import Outcome, Status
from consults.models import (
    AuditEvent,
    ConsultRequest,
    OutboxMessage,
    ReplyTemplate,
    SealedReply,
    TimelineEvent,
)
from consults.notices.outbox import send_due
from consults.references import format_reference
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]
TYPED = {"name": "Markername", "email": "marker@example.net", "note": "Markernote"}
TEXT = "Hello,\r\n\r\nplease call us. <b>Markertext</b>"


@pytest.fixture(autouse=True)
def clinic():
    write_facts(replace(default_facts(), name="Ridge", short_name="Ridge", phone="(555) 555-0100"))


@pytest.fixture
def desk(client):
    user = UserFactory(group="Front desk", first_name="Sam")
    client.force_login(user)
    return user


def url(name, consult):
    return reverse(f"consult_requests:{name}", args=[consult.pk])


def template(**values):
    return ReplyTemplate.objects.filter(channel="email", locale="en", **values).first()


def send(client, consult, **changes):
    values = {"version": consult.version, "template": template().pk, "text": TEXT, **changes}
    return client.post(url("reply", consult), values)


def said(response):
    return html.unescape(response.content.decode())


def text_in(page):
    """Return what stands in the box to write in."""
    return re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", page, re.DOTALL)[1]


def state():
    return [
        list(model.objects.order_by("pk").values()) for model in (ConsultRequest, SealedReply, OutboxMessage)
    ]


# --- writing --------------------------------------------------------------------------------------------


def test_the_page_shows_the_words_filled_in_and_to_whom_they_go(client, desk):
    consult = make_consult(**TYPED)
    response = client.get(url("reply", consult), {"template": template().pk})
    page = said(response)
    assert response.status_code == 200
    assert "E-mail to Markername" in page
    assert "marker@example.net" in page
    assert "Ridge: a time to talk" in page
    assert format_reference(consult.reference) in text_in(page)
    assert "My name is Sam." in text_in(page)
    # The words themselves hold nothing that was typed.
    assert "arker" not in text_in(page)


def test_opening_the_page_is_noted_with_its_purpose(client, desk):
    consult = make_consult()
    client.get(url("reply", consult))
    event = AuditEvent.objects.get()
    assert (event.action, event.purpose, event.references) == ("view", "reply", consult.reference)
    # Whoever saw the name alone hasn't read the request.
    consult.refresh_from_db()
    assert consult.seen_at is None


def test_another_template_is_one_click_away(client, desk):
    consult = make_consult()
    first, second = ReplyTemplate.objects.filter(channel="email", locale="en")
    page = said(client.get(url("reply", consult), {"template": second.pk}))
    assert f"{url('reply', consult)}?template={first.pk}" in page
    assert "we tried to call" in page


@pytest.mark.parametrize("key", ["0", "x", "²", "9" * 40, "-1"])
def test_an_unknown_template_is_said_and_nothing_breaks(client, desk, key):
    response = client.get(url("reply", make_consult()), {"template": key})
    assert (response.status_code, response.url.split("?")[0]) == (
        302,
        url("detail", ConsultRequest.objects.get()),
    )


def test_templates_of_other_channels_and_languages_are_not_taken(client, desk):
    consult = make_consult()
    for other in ReplyTemplate.objects.exclude(channel="email", locale="en"):
        assert client.get(url("reply", consult), {"template": other.pk}).status_code == 302
        assert send(client, consult, template=other.pk).status_code == 422
    assert not SealedReply.objects.exists()


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda desk: make_consult(email=""), "They gave no e-mail address."),
        (
            lambda desk: make_consult(claimed_by=desk, status=Status.CLOSED, reason="cost"),
            "This request isn't open",
        ),
    ],
)
def test_where_nothing_can_be_sent_the_page_leads_back_and_says_why(client, desk, make, why):
    consult = make(desk)
    response = client.get(url("reply", consult), follow=True)
    assert response.redirect_chain == [(url("detail", consult), 302)]
    assert why in said(response)


def test_somebody_who_asked_us_to_stop_is_not_mailed(client, desk):
    first, again = make_consult(**TYPED), make_consult(**{**TYPED, "note": "Again."})
    page = client.get(url("reply", again))
    workflow.record_outcome(first, actor=desk, version=1, outcome=Outcome.ASKED_TO_STOP)
    why = "They asked us not to contact them, so the site sends no e-mail."
    assert why in said(client.get(url("reply", again), follow=True))
    before = state()
    response = send(client, again, version=page.context["consult"].version)
    assert response.status_code == 422
    assert why in said(response)
    assert "Markertext" in text_in(said(response))
    assert state() == before


# --- sending --------------------------------------------------------------------------------------------


def test_an_email_is_sent_and_shown_on_the_request(client, desk):
    consult = make_consult(**TYPED)
    response = send(client, consult)
    assert (response.status_code, response.url) == (302, url("detail", consult))
    page = re.sub(r"\s+", " ", client.get(url("detail", consult)).content.decode())
    assert f"{consult.reference}: Working on it. The e-mail is on its way. It comes up" in page
    assert "E-mail: Ridge: a time to talk" in page
    assert "please call us. &lt;b&gt;Markertext&lt;/b&gt;" in page
    assert "On its way" in page
    assert "What the template “" in page
    assert f"E-mail sent: New → Working on it by {desk.get_username()}" in page
    assert send_due() == 2
    [to_patient] = [m for m in mail.outbox if m.to == [TYPED["email"]]]
    assert to_patient.body.startswith("Hello,\n\nplease call us. <b>Markertext</b>\n\nRidge")
    assert "Sent " in client.get(url("detail", consult)).content.decode()


def test_unchanged_words_are_not_shown_twice(client, desk):
    consult = make_consult()
    page = said(client.get(url("reply", consult)))
    send(client, consult, text=text_in(page).replace("\n", "\r\n"))
    assert "What the template said" not in said(client.get(url("detail", consult)))


def test_only_one_visit_is_noted_for_an_email(client, desk):
    consult = make_consult()
    send(client, consult)
    [event] = AuditEvent.objects.all()
    assert (event.action, event.detail) == ("change", "mail: new > working")


def test_what_was_written_lies_nowhere_in_clear(client, desk, caplog):
    consult = make_consult(**TYPED)
    send(client, consult)
    for changes in ({"text": f"{TEXT} ketamine"}, {"version": 1}, {"text": f"{TEXT} [your first name]"}):
        send(client, consult, **changes)
    send_due()
    kept = [
        list(model.objects.values())
        for model in (AuditEvent, TimelineEvent, OutboxMessage, SealedReply, ModelLogEntry, ConsultRequest)
    ]
    assert "arker" not in f"{kept} {dict(client.session.items())}"
    assert "arker" not in caplog.text
    assert "arker" not in str(client.cookies)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "Write the e-mail first."),
        (" \r\n ", "Write the e-mail first."),
        ("Markertext" + "x" * 4000, "Use 4,000 characters or fewer."),
        ("Markertext about Ketamine.", "Leave out “Ketamine”. Voicemails, texts and e-mails aren't private"),
        ("Markertext, su depresión y ansiedad.", "Leave out “depresión”, “ansiedad”."),
        ("Markertext, I am [your first name].", "Write something in place of [your first name]."),
    ],
)
def test_what_cannot_be_sent_stays_in_the_box(client, desk, text, why):
    consult = make_consult()
    before = state()
    response = send(client, consult, text=text)
    page = said(response)
    assert response.status_code == 422
    assert why in page
    assert text.strip() in text_in(page)
    assert "<title>Error: " in re.sub(r"\s+", " ", page).replace("<title> ", "<title>")
    assert state() == before


def test_the_longest_email_is_sent(client, desk):
    assert send(client, make_consult(), text="x" * 4000).status_code == 302


@pytest.mark.parametrize("version", ["", "x", 0, 99])
def test_an_unknown_version_sends_nothing_and_keeps_the_text(client, desk, version):
    consult = make_consult()
    before = state()
    response = send(client, consult, version=version)
    assert response.status_code == 422
    assert "nothing was sent" in said(response)
    assert "Markertext" in text_in(said(response))
    assert state() == before


def test_whoever_was_slower_keeps_the_text_and_may_send_then(client, desk):
    consult = make_consult()
    workflow.claim(consult, actor=UserFactory(group="Front desk"), version=1)
    response = send(client, consult, version=1)
    page = said(response)
    assert response.status_code == 422
    assert f"{consult.reference} was changed in the meantime, and nothing was sent." in page
    assert "Markertext" in text_in(page)
    assert '<input type="hidden" name="version" value="2">' in page
    assert send(client, consult, version=2).status_code == 302


def test_the_second_click_sends_nothing_and_does_not_alarm(client, desk):
    consult = make_consult()
    send(client, consult, version=1)
    response = send(client, consult, version=1)
    assert (response.status_code, response.url) == (302, url("detail", consult))
    page = said(client.get(url("detail", consult)))
    assert f"You have sent this e-mail for {consult.reference} already." in page
    assert "nothing was sent" not in page
    assert SealedReply.objects.count() == 1


def test_a_template_that_is_gone_is_said_and_the_text_stays(client, desk):
    consult = make_consult()
    key = template().pk
    ReplyTemplate.objects.filter(pk=key).delete()
    response = send(client, consult, template=key)
    page = said(response)
    assert response.status_code == 422
    assert "This template is gone." in page
    assert "Markertext" in text_in(page)
    assert "We could not reach you" in page
    assert not SealedReply.objects.exists()


def test_without_the_key_the_text_is_given_back(client, desk, settings):
    consult = make_consult()
    settings.CONSULTS_SEALING_PRIVATE_KEYS = ""
    response = send(client, consult)
    assert response.status_code == 500
    assert "Markertext" in said(response)
    assert not SealedReply.objects.exists()


def test_many_emails_cost_no_more_questions(client, desk, count_queries):
    consult = make_consult()

    def write(number):
        for n in range(number):
            send(client, consult, text=f"Hello, number {n}.", version=consult.version)
            consult.refresh_from_db()

    write(1)
    address = url("detail", consult)
    few = count_queries(lambda: client.get(address))
    write(29)
    assert SealedReply.objects.count() == 30
    assert count_queries(lambda: client.get(address)) == few
