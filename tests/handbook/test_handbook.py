"""The documents of docs/ open from the admin's help menu, with their pictures, to staff alone."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DOCUMENTS = ["front-desk", "editors", "reviewers", "owners"]


def address(name):
    return reverse("handbook_document", args=[name])


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_all_there(client, name):
    client.force_login(UserFactory(group="Front desk"))
    page = client.get(address(name)).content.decode()
    text = (settings.BASE_DIR / "docs" / f"{name}.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert headings
    for heading in headings:
        assert re.search(rf"<h2[^>]*>{re.escape(heading.split('*')[0].split('`')[0])}", page)
    assert page.count("<table>") == len(re.findall(r"^\|[ :-]*--", text, re.MULTILINE))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_and_picture_of_a_document_leads_somewhere(client, name):
    client.force_login(UserFactory(group="Editors"))
    article = re.search(r"<article.*</article>", client.get(address(name)).content.decode(), re.DOTALL)[0]
    for target in re.findall(r'(?:href|src)="([^"#]+)', article):
        assert client.get(f"/admin/handbook/{target}").status_code == 200, target


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_within_a_document_lead_to_a_heading_of_it(client, name):
    client.force_login(UserFactory(group="Front desk"))
    article = re.search(r"<article.*</article>", client.get(address(name)).content.decode(), re.DOTALL)[0]
    wanted = re.findall(r'href="#([^"]+)', article)
    assert set(wanted) <= set(re.findall(r'<h[23] id="([^"]+)', article))


@pytest.mark.parametrize("group", ["Front desk", "Editors", "Auditors"])
def test_the_help_menu_names_our_documents_and_no_other_site(client, group):
    client.force_login(UserFactory(group=group))
    page = client.get("/admin/").content.decode()
    for name in DOCUMENTS:
        assert address(name) in page
    assert "whats-new-in-wagtail" not in page
    assert "editor-guide" not in page


@pytest.mark.parametrize("name", ["operators", "developers", "nothing", "..%2Fpyproject"])
def test_nothing_else_opens(client, name):
    client.force_login(UserFactory(superuser=True))
    assert client.get(f"/admin/handbook/{name}.md", follow=True).status_code == 404
    assert client.get(f"/admin/handbook/pictures/{name}.webp", follow=True).status_code == 404


def test_strangers_are_asked_to_sign_in(client):
    for found in (address("front-desk"), "/admin/handbook/pictures/front-desk.webp"):
        assert client.get(found).url.startswith("/admin/login/")
