"""What to say: only what the person's permissions allow, in their language, with everything filled in."""

import html
import re
from dataclasses import replace
from datetime import time

import pytest
from django.urls import reverse

from clinic.core.facts import default_facts, write_facts
from clinic.core.opening_hours import Period, Schedule
from consults import workflow
from consults.enums import Locale, Outcome, ReplyChannel, Status
from consults.models import ConsultRequest, ReplyTemplate
from consults.references import format_reference
from consults.replies import IN_SUBJECT, placeholders_for, problems_with, sensitive_terms
from consults.triage.replies.what_to_say import prepared
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]
# What the page offers for each way, told by a word of the template.
WORDS = {
    "call": "CALLWORDS {name}",
    "voicemail": "PLAINWORDS {caller}",
    "voicemail_named": "NAMEDWORDS {caller} {clinic}",
    "text": "TEXTWORDS {reference}",
    "email": "MAILWORDS {reference}",
}


@pytest.fixture(autouse=True)
def clinic():
    hours = Schedule(zone="UTC", week={day: (Period(time(9), time(17)),) for day in range(5)})
    write_facts(
        replace(
            default_facts(),
            name="Ridge Ketamine Clinic",
            short_name="Ridge",
            phone="(555) 555-0100",
            hours=hours,
        )
    )


@pytest.fixture
def desk(client):
    user = UserFactory(group="Front desk", first_name="Sam")
    client.force_login(user)
    return user


@pytest.fixture
def words():
    """One template for each channel and language, told apart."""
    ReplyTemplate.objects.all().delete()
    for channel, text in WORDS.items():
        for locale in Locale:
            ReplyTemplate.objects.create(
                channel=channel, locale=locale, title=f"Title {channel} {locale}", text=f"{locale} {text}"
            )


def see(client, consult):
    page = client.get(reverse("consult_requests:detail", args=[consult.pk])).content.decode()
    return html.unescape(page)


def offered(page):
    """Return which of the words the page offers; the e-mail by its link."""
    found = {word.split()[0] for word in WORDS.values() if word.split()[0] in page}
    return found | ({"MAIL"} if "Title email" in page else set())


@pytest.mark.parametrize(
    ("answers", "ways"),
    [
        ({"voicemail": None}, {"CALLWORDS", "MAIL"}),
        ({"voicemail": "yes"}, {"CALLWORDS", "PLAINWORDS", "MAIL"}),
        ({"voicemail": "yes", "voicemail_name": "yes"}, {"CALLWORDS", "NAMEDWORDS", "MAIL"}),
        ({"way": "text", "texting": "yes"}, {"CALLWORDS", "TEXTWORDS", "MAIL"}),
        ({"voicemail": None, "email": ""}, {"CALLWORDS"}),
        ({"voicemail": "yes", "phone": "", "way": "email"}, {"MAIL"}),
    ],
)
def test_only_what_they_agreed_to_is_offered(client, desk, words, answers, ways):
    assert offered(see(client, make_consult(**answers))) == ways


def test_the_words_are_in_their_language(client, desk, words):
    consult = make_consult(texting="yes")
    ConsultRequest.objects.update(locale="es")
    page = see(client, consult)
    assert 'lang="es">es CALLWORDS' in page
    assert "Title email es" in page
    assert "Title email en" not in page
    # Whoever took the form in another language than they speak: what is spoken stands below in the others.
    assert page.index("es CALLWORDS") < page.index("en CALLWORDS")
    assert "Title call en (English)" in page


def test_a_text_begins_with_words_of_their_language_or_none(client, desk, words):
    consult = make_consult(way="text", texting="yes")
    ConsultRequest.objects.update(locale="es")
    assert "body=es%20TEXTWORDS" in see(client, consult)
    ReplyTemplate.objects.filter(locale="es").update(is_active=False)
    page = see(client, consult)
    assert 'href="sms:' in page
    assert "body=" not in page


def test_what_is_not_in_use_is_not_offered_and_the_gap_is_said(client, desk, words):
    ReplyTemplate.objects.filter(channel="call").update(is_active=False)
    page = see(client, make_consult())
    assert "CALLWORDS" not in page
    assert "Nothing is prepared for it in English." in page


def test_no_email_is_offered_where_none_may_be_sent(client, desk, words):
    closed = make_consult(claimed_by=desk, status=Status.CLOSED, reason="cost")
    stops, again = make_consult(email="stop@example.org"), make_consult(email="stop@example.org")
    workflow.record_outcome(stops, actor=desk, version=1, outcome=Outcome.ASKED_TO_STOP)
    for consult in (closed, again):
        assert "MAIL" not in offered(see(client, consult))


def test_whoever_may_only_look_gets_no_email(client, words):
    superuser = UserFactory(superuser=True)
    workflow.break_glass(actor=superuser, reason="Nobody else is here.")
    client.force_login(superuser)
    page = see(client, make_consult())
    assert "CALLWORDS" in page
    assert "MAIL" not in offered(page)


def test_it_needs_no_script_and_what_is_said_first_is_open(client, desk, words):
    page = see(client, make_consult(way="call", voicemail=None))
    assert re.search(r'<details class="say" open>\s*<summary>On the phone</summary>', page)
    page = see(client, make_consult(way="email"))
    assert re.search(r'<details class="say">\s*<summary>On the phone</summary>', page)
    assert '<details class="say" open' not in page


# --- filling in -----------------------------------------------------------------------------------------


def filled(channel, text, *, locale="en", **user):
    consult = make_consult()
    consult.locale = locale
    template = ReplyTemplate(channel=channel, locale=locale, text=text)
    return prepared(template, consult, UserFactory(**user), name="Sample Name").text.replace(
        format_reference(consult.reference), "REFERENCE"
    )


def test_everything_is_filled_in():
    said = filled("call", "{name}, {caller}, {clinic}, {phone}, {reference}:\n{hours}", first_name="Sam")
    assert said == (
        "Sample Name, Sam, Ridge Ketamine Clinic, (555) 555-0100, REFERENCE:\n"
        "Monday – Friday: 9:00\xa0am – 5:00\xa0pm\nSaturday – Sunday: Closed"
    )


@pytest.mark.parametrize("channel", ["voicemail_named", "text", "email"])
def test_elsewhere_the_clinic_has_its_neutral_name(channel):
    assert filled(channel, "{clinic}") == "Ridge"
    write_facts(replace(default_facts(), short_name="Ridge Ketamine"))
    assert filled(channel, "{clinic}") == "Your clinic"
    assert filled(channel, "{clinic}", locale="es") == "Su clínica"


def test_hours_are_said_in_their_language():
    assert filled("email", "{hours}", locale="es").startswith("Lunes – Viernes: ")
    write_facts(replace(default_facts(), hours=Schedule()))
    assert filled("email", "{hours}") == "[our opening hours]"


def test_a_login_is_never_said():
    assert filled("text", "{caller}", username="desk-login") == "[your first name]"


@pytest.mark.parametrize(("channel", "said"), [("voicemail", "[the clinic]"), ("email", "Ridge")])
def test_what_a_channel_may_not_name_is_not_filled_in_whatever_is_stored(channel, said):
    assert filled(channel, "{name} {clinic}") == f"[their name] {said}"


# --- the templates to begin with --------------------------------------------------------------------------


def test_there_is_one_for_each_channel_and_language():
    there = set(ReplyTemplate.objects.filter(is_active=True).values_list("channel", "locale"))
    assert there == {(channel.value, locale.value) for channel in ReplyChannel for locale in Locale}


def test_they_keep_the_rules_of_their_channel():
    for template in ReplyTemplate.objects.all():
        template.full_clean()
        assert problems_with(template.text, placeholders_for(template.channel)) == []
        assert problems_with(template.subject, IN_SUBJECT) == []
        assert bool(template.subject) == (template.channel == ReplyChannel.EMAIL)
        # Not even the call script needs such a word.
        assert sensitive_terms(f"{template.title} {template.subject} {template.text}") == []
        assert template.text == template.text.strip()


def test_they_leave_no_gap_in_a_clinic_that_told_us_everything():
    consult, user = make_consult(), UserFactory(first_name="Sam")
    for template in ReplyTemplate.objects.all():
        consult.locale = template.locale
        ready = prepared(template, consult, user, name="Sample Name")
        assert not re.search(r"[\[\]{}]", f"{ready.subject} {ready.text}")


def test_many_templates_cost_no_more_questions(client, desk, count_queries):
    address = reverse("consult_requests:detail", args=[make_consult(texting="yes").pk])
    few = count_queries(lambda: client.get(address))
    ReplyTemplate.objects.bulk_create(
        ReplyTemplate(channel=channel, locale="en", title=f"No. {n}", text="Hello.")
        for n in range(30)
        for channel in ReplyChannel
    )
    assert count_queries(lambda: client.get(address)) == few
