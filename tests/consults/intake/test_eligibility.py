"""Whom the clinic can't help is told so, and where to turn; nothing is stored and nothing lost."""

import re
from dataclasses import replace

import pytest

from clinic.core.facts import default_facts, write_facts
from consults.models import ConsultRequest
from tests.factories.consults import form_data

pytestmark = pytest.mark.once

FORM = "/consultation/"


def send(client, **changes):
    return client.post(FORM, form_data(**changes))


@pytest.fixture
def two_states():
    write_facts(replace(default_facts(), service_states=["CO", "NM"], phone="(555) 555-0100"))


@pytest.mark.parametrize("changes", [{}, {"name": "", "phone": "12"}])
def test_under_18_is_a_page_and_not_an_error(client, db, changes):
    response = send(client, age="minor", **changes)
    page = response.content.decode()
    assert response.status_code == 200
    assert "We treat adults only" in page
    assert "There is a problem" not in page
    assert 'href="tel:988"' in page
    assert not ConsultRequest.objects.exists()


@pytest.mark.parametrize("state", ["TX", "elsewhere"])
def test_another_state_is_told_which_ones_we_serve(client, db, two_states, state):
    page = send(client, state=state).content.decode()
    assert "You live outside the area we serve" in page
    assert "Colorado, New Mexico" in page
    assert 'href="tel:+15555550100"' in page
    assert not ConsultRequest.objects.exists()


@pytest.mark.parametrize("state", ["CO", "NM"])
def test_a_state_we_serve_goes_through(client, db, two_states, state):
    assert send(client, state=state).status_code == 303


@pytest.mark.parametrize("state", ["", "XX"])
def test_a_missing_or_invented_state_is_asked_for_again(client, db, two_states, state):
    response = send(client, state=state)
    assert response.status_code == 422
    assert "Choose the state you live in." in response.content.decode()


def test_no_state_is_asked_where_the_clinic_does_not_check(client, db):
    assert 'name="state"' not in client.get(FORM).content.decode()
    assert send(client, state="TX").status_code == 303


def test_going_back_keeps_everything(client, db, two_states):
    exit_page = send(client, state="TX", note="Ring <b>twice</b>", times=["1", "8"]).content.decode()
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', exit_page)
    data = {}
    for name, value in hidden:
        data.setdefault(name, []).append(value.replace("&lt;", "<").replace("&gt;", ">"))
    response = client.post(FORM, {**data, "back": "yes"})
    page = response.content.decode()
    assert response.status_code == 200
    assert "There is a problem" not in page
    for kept in (
        'value="Sample Person"',
        'value="(555) 555-0123"',
        "Ring &lt;b&gt;twice&lt;/b&gt;",
        '<option value="TX" selected',
        'value="call" checked',
    ):
        assert kept in page
    assert re.findall(r'name="times"[^>]*value="(\d+)" checked', page) == ["1", "8"]
    assert re.search(r'id="id_contact"[^>]* checked', page)


@pytest.mark.parametrize("changes", [{"age": "minor"}, {"state": "TX"}])
def test_exit_pages_stay_out_of_every_store(client, db, two_states, changes):
    response = send(client, **changes)
    assert "no-store" in response["Cache-Control"]
    assert 'content="noindex' in response.content.decode()
    assert not response.cookies
