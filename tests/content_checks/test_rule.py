"""What keeps a page from going live, who may say that it doesn't matter, and what the editor is told."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Workflow, WorkflowPage, WorkflowTask

from clinic.content_checks.findings import findings_of
from clinic.core import overridden_findings
from clinic.core.live_rules import reasons_against
from clinic.core.models import Faq
from tests.factories.pages import HomePageFactory, StandardPageFactory
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.once, pytest.mark.django_db]
BAD = [{"type": "text", "value": "<p>A real <b>cu</b>re.</p>", "id": "7a0b5c1e-0000-4000-8000-000000000001"}]
GOOD = [{"type": "text", "value": "<p>It helps some people, not everyone.</p>"}]
SUMMARY = "What is on it."


@pytest.fixture
def home(db):
    return HomePageFactory.make_site(summary=SUMMARY)


@pytest.fixture
def page(home):
    return StandardPageFactory(parent=home, title="About us", summary=SUMMARY, body=BAD, live=False)


@pytest.fixture
def editor(client, db):
    client.force_login(UserFactory(superuser=True))
    return client


def sentences(page):
    return [reason.sentence for reason in reasons_against(page) if reason.field == "body"]


def edit(client, page):
    response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.judged
def test_a_serious_finding_speaks_against_going_live(page):
    (sentence,) = sentences(page)
    assert "Promises a cure: “cure”" in sentence
    page.body = GOOD
    assert sentences(page) == []


@pytest.mark.judged
def test_of_very_many_findings_the_first_are_told_and_the_rest_counted(page):
    page.body = [{"type": "text", "value": f"<p>A real cure number {n}.</p>"} for n in range(300)]
    told = [reason.sentence for reason in reasons_against(page)]
    assert len(told) == 21
    assert told[-1].startswith("And 280 more")


@pytest.mark.judged
def test_what_is_only_worth_a_look_speaks_against_nothing(page):
    page.body = [{"type": "text", "value": f"<p>We {'wait and ' * 20} wait.</p>"}]
    assert findings_of(page)
    assert sentences(page) == []


@pytest.mark.judged
def test_a_reason_that_is_kept_for_this_text_lets_it_pass(page, monkeypatch):
    assert sentences(page)
    monkeypatch.setattr(overridden_findings, "_keepers", [])
    overridden_findings.keeps_overrides(lambda asked: asked == page)
    assert sentences(page) == []


def test_the_editor_lists_the_findings_with_their_places(editor, page):
    html = edit(editor, page)
    assert "this keeps the page from going live" in html
    assert f'data-content-path="body.{BAD[0]["id"]}"' in html
    page.body = GOOD
    page.save_revision()
    assert "this keeps the page from going live" not in edit(editor, page)


def test_what_editors_wrote_is_no_markup_in_the_list(editor, page):
    page.title = "<script>alert(1)</script> miracle"
    page.save_revision()
    assert "<script>alert(1)" not in edit(editor, page)


def test_a_page_with_very_many_findings_names_the_first_and_counts_the_rest(editor, page):
    page.body = [{"type": "text", "value": f"<p>A real cure number {n}.</p>"} for n in range(40)]
    page.save_revision()
    html = edit(editor, page)
    assert html.count("data-content-path=") == 30
    assert "And 10 more." in html


def test_the_list_costs_no_query_for_each_finding(editor, page, count_queries):
    def with_blocks(number):
        page.body = [{"type": "text", "value": f"<p>A real cure number {n}.</p>"} for n in range(number)]
        page.save_revision()
        return count_queries(lambda: edit(editor, page))

    page.save_revision()
    assert with_blocks(2) == with_blocks(30)


def test_whoever_submits_is_told_what_goes_along(editor, home, page):
    workflow = Workflow.objects.create(name="A review")
    task = GroupApprovalTask.objects.create(name="Look")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.update_or_create(page=home, defaults={"workflow": workflow})
    form = {
        "title": page.title,
        "slug": page.slug,
        "summary": SUMMARY,
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "text",
        "body-0-id": BAD[0]["id"],
        "body-0-value": json.dumps(
            {"blocks": [{"text": "A real cure.", "type": "unstyled", "key": "1"}], "entityMap": {}}
        ),
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "action-submit": "1",
    }
    answer = editor.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form, follow=True)
    said = " ".join(str(message) for message in answer.context["messages"])
    assert "The reviewer sees what the checks found" in said
    assert "Promises a cure" in said


def test_the_command_tells_by_page_and_ends_with_its_status(page):
    said = StringIO()
    with pytest.raises(CommandError) as failed:
        call_command("check_content", stdout=said)
    assert failed.value.returncode == 1
    assert f"page {page.pk}: About us" in said.getvalue()
    assert "[serious] Body → Text: Promises a cure: “cure”." in said.getvalue()


def test_the_command_reads_the_newest_draft(page):
    page.body = GOOD
    page.save_revision()
    said = StringIO()
    call_command("check_content", page.pk, stdout=said)
    assert said.getvalue() == "1 looked at: 0 serious, 0 to mend, 0 to consider.\n"


def test_the_command_reads_answers_that_pages_share(home):
    Faq.objects.create(question="Does it hurt?", answer="<p>It is a miracle.</p>", topic="visit")
    with pytest.raises(CommandError):
        call_command("check_content", stdout=StringIO())


def test_an_answer_of_one_page_alone_leaves_the_others_out(page, home):
    said = StringIO()
    call_command("check_content", home.pk, stdout=said)
    assert said.getvalue().startswith("1 looked at")


def test_visitors_get_nothing_of_the_checker(client, page):
    page.save_revision().publish()
    client.force_login(UserFactory(superuser=True))
    html = client.get(page.url).content.decode()
    assert "wagtail-userbar" not in html
    assert "content_marks" not in html


def test_a_preview_brings_checker_and_findings(editor, page):
    address = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    page.save_revision()
    html = editor.get(address).content.decode()
    assert "<wagtail-userbar>" in html
    assert "js/admin/content_marks" in html
    told = html.partition('<script id="content-findings" type="application/json">')[2]
    told = told.partition("</script>")[0]
    place = f"body.{page.body[0].id}"
    found = {"key": "claim-cure", "words": "cure", "passage": "A real cure.", "path": place}
    assert found in json.loads(told)["findings"]


def test_the_checks_panel_knows_our_kinds(editor, page):
    html = edit(editor, page)
    told = html.partition('<script id="checker-axe-configuration" type="application/json">')[2]
    known = json.loads(told.partition("</script>")[0])
    assert "claim-cure" in known["options"]["runOnly"]
    assert "Promises a cure" == known["messages"]["claim-cure"]["error_name"]
    assert {"empty-heading", "heading-order", "link-name"} <= set(known["options"]["runOnly"])
