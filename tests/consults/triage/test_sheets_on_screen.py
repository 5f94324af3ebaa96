"""Sheets with names are pages of their own: what stands on them leaves the screen, as on the desk."""

import pytest
from django.urls import reverse

from consults import workflow
from tests.accounts.signing_in import sign_in
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory
from tests.site.http import Document

pytestmark = pytest.mark.django_db
MARKERS = ["Markername", "555-0177", "marker@example.org", "Marker asks", "Marker answers"]
REASON = "She showed her passport at the desk."
SHEETS = {
    "record_sheet": {},
    "held": {"reason": REASON},
    "outage": {"is_meant": "on", "reason": REASON},
}


@pytest.fixture
def sheet(client):
    """Make one of the sheets, of a request that says something everywhere."""
    user = sign_in(client, UserFactory(group="Managers"))
    consult = make_consult(
        name="Markername", phone="(555) 555-0177", email="marker@example.org", note="Marker asks why."
    )
    workflow.add_note(consult, actor=user, text="Marker answers.")

    def make(name):
        path = [] if name == "outage" else [consult.pk]
        answer = client.post(reverse(f"consult_requests:{name}", args=path), SHEETS[name])
        assert answer.status_code == 200
        assert "Markername" in answer.content.decode()
        return Document(answer.content).tree

    return make


@pytest.mark.parametrize("name", SHEETS)
def test_nothing_of_them_is_left_once_the_script_has_taken_the_names_away(sheet, name):
    tree = sheet(name)
    assert any(script.get("src", "").endswith("consults/js/names.js") for script in tree.iter("script"))
    for parent in list(tree.iter()):
        for each in [child for child in parent if child.get("data-personal") is not None]:
            parent.remove(each)
    left = " ".join(tree.itertext())
    assert not [marker for marker in MARKERS if marker in left]
    [gone] = tree.findall(".//*[@data-names-gone]")
    assert gone.get("hidden") is not None


@pytest.mark.parametrize("name", SHEETS)
def test_without_the_script_the_browser_leads_away_to_a_page_without_names(client, sheet, name):
    [refresh] = sheet(name).findall(".//noscript/meta[@http-equiv='refresh']")
    seconds, _, address = refresh.get("content").partition("; url=")
    assert int(seconds) <= 300
    answer = client.get(address)
    assert answer.status_code == 200
    assert not [marker for marker in MARKERS if marker in answer.content.decode()]


@pytest.mark.parametrize("name", SHEETS)
def test_the_end_of_the_session_covers_them(sheet, name):
    tree = sheet(name)
    # The cover hides all other children of the body.
    [watch] = tree.findall("./body/*[@data-session-watch]")
    assert watch.get("data-user")
    assert any("session_watch" in script.get("src", "") for script in tree.iter("script"))
