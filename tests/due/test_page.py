"""The page Due, its place in the menu, and the section of the start page."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.due.conftest import MAKERS, TODAY, changed_by
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("on_monday")]


@pytest.fixture
def editor(client):
    user = UserFactory(group="Editors", first_name="Ada", last_name="Quill")
    client.force_login(user)
    return user


def page(client, query=""):
    return client.get(reverse("due") + query).content.decode().partition("<main")[2]


def test_it_says_what_is_due_since_when_who_answers_and_what_to_do(client, clinic, editor):
    changed_by(clinic.review(TODAY - timedelta(days=2), title="Drip"), editor)
    clinic.statement(TODAY + timedelta(days=3), title="The line")
    html = " ".join(page(client).split())
    assert "due since November 28, 2026" in html
    assert "due on December 3, 2026" in html
    assert "Ada Quill" in html
    assert "nobody answers for it" in html
    assert html.index("Drip") < html.index("The line")


def test_an_account_that_is_switched_off_is_said_to_be(client, clinic, editor):
    changed_by(clinic.review(TODAY), UserFactory(username="gone", is_active=False))
    assert "gone, whose account is switched off" in " ".join(page(client).split())


def test_one_tap_keeps_what_is_mine(client, clinic, editor):
    changed_by(clinic.review(TODAY, title="Mine"), editor)
    clinic.question(TODAY, title="Not mine")
    everything, mine = page(client), page(client, "?mine")
    assert "Mine" in mine
    assert "Not mine" in everything
    assert "Not mine" not in mine


def test_a_quiet_site_says_so(client, clinic, editor):
    assert "Nothing is due within 30 days." in page(client)


def test_a_title_that_looks_like_code_is_text(client, clinic, editor):
    clinic.question(TODAY, title="<script>alert(1)</script>")
    assert "<script>alert(1)" not in page(client)


@pytest.mark.parametrize(
    ("group", "may"), [("Editors", True), ("Front desk", False), ("Auditors", False), (None, False)]
)
def test_editors_see_it_and_nobody_else_does(client, clinic, group, may):
    client.force_login(UserFactory(group=group) if group else UserFactory())
    assert (client.get(reverse("due")).status_code == 200) is may
    assert (reverse("due") in client.get("/admin/").content.decode()) is may


def test_the_start_page_says_what_is_over_and_not_what_comes(client, clinic, editor):
    clinic.question(TODAY, title="Over now")
    clinic.question(TODAY + timedelta(days=1), title="Still to come")
    html = client.get("/admin/").content.decode()
    assert "Over now" in html
    assert "Questions, since November 30, 2026" in html
    assert "Still to come" not in html


def test_it_costs_the_same_for_many(client, clinic, editor, count_queries):
    costs = set()
    for rows in (1, 30):
        for heading, maker in MAKERS.items():
            for n in range(len(costs), rows):
                day = TODAY - timedelta(days=1) if heading == "Old drafts" else TODAY
                getattr(clinic, maker)(day, title=f"{heading} {n}")
        costs.add(count_queries(lambda: client.get(reverse("due"))))
        assert page(client).count('class="due__row"') == rows * len(MAKERS)
    assert len(costs) == 1
