"""One number with two names is never one person; both names stand side by side, and looking is noted."""

import pytest

from consults import workflow
from consults.models import AuditEvent, ConsultRequest
from tests.factories.consults import make_consult

from .conftest import url

pytestmark = pytest.mark.django_db
PHONE = "(555) 555-0177"


def said_of_others(client, consult):
    page = client.get(url("detail", consult)).content.decode()
    return page.partition("Also with this number or address")[2].partition("</ul>")[0]


@pytest.mark.parametrize(
    ("one", "another", "said"),
    [
        ("Harper Quill", "Harper Quill", "Same person?"),
        ("Harper Quill", "harper QUILL", "Same person?"),
        ("José Núñez", "Jose Nunez", "Same person?"),
        ("Harper", "Harper Quill", "Same person?"),
        ("Harper Quill", "Robin Quill", "Another name"),
        ("Harper Quill", "Pat", "Another name"),
    ],
)
def test_names_stand_side_by_side_and_decide_what_is_asked(client, desk, one, another, said):
    first = make_consult(name=one, phone=PHONE, email="one@example.org")
    second = make_consult(name=another, phone=PHONE, email="two@example.org")
    shown = said_of_others(client, second)
    assert f"<strong>{one}</strong>" in shown
    assert said in shown
    assert "Same person" not in shown or said == "Same person?"
    events = AuditEvent.objects.filter(action="reveal", actor=desk)
    assert [event.references for event in events] == [first.reference]


def test_what_is_linked_is_said_to_be_so(client, desk):
    first = make_consult(name="Harper Quill", phone=PHONE)
    second = make_consult(name="Robin Quill", phone=PHONE)
    workflow.link(second, actor=desk, version=second.version, same_as=first)
    for consult in (first, second):
        assert "Linked as the same person." in said_of_others(client, consult)


def test_one_that_does_not_open_has_no_name_and_says_nothing_of_it(client, desk):
    first = make_consult(name="Harper Quill", phone=PHONE)
    second = make_consult(name="Robin Quill", phone=PHONE)
    workflow.link(second, actor=desk, version=second.version, same_as=first)
    ConsultRequest.objects.filter(pk=first.pk).update(envelope=b"\x01damaged")
    shown = said_of_others(client, second)
    assert first.reference in shown
    assert "<strong>" not in shown
