"""Reading what waits, and deciding: approve, ask back, decline; who may, which version, what comes of it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.models import Page, TaskState, Workflow, WorkflowState

from blog.models import BlogPage
from clinic.core.removed_pages import hidden_root
from clinic.removal.removing import remove
from clinic.review import mailing
from clinic.review.models import MedicalReviewTask, Review, ReviewMail
from clinic.review.reading import decisions
from clinic.review.reading.versions import mark_of
from clinic.treatments.models import TreatmentPage
from tests.factories.pages import StandardPageFactory
from tests.factories.review import ReviewingAccountFactory, in_a_year
from tests.factories.users import UserFactory

from .doors import form_of

pytestmark = [pytest.mark.django_db, pytest.mark.judged]
LIST = "/admin/review/"


@pytest.fixture
def reviewer(clinic, client):
    """The clinician, signed in."""
    client.force_login(clinic.reviewer.account)
    return clinic.reviewer.account


def submit(page, user):
    return page.get_workflow().start(page, user)


def waiting(clinic, model=BlogPage, **fields):
    """Return a draft that waits for its review."""
    page = clinic.draft(model, **fields)
    submit(page, clinic.writer)
    return page


def read(client, page):
    return client.get(reverse("review_read", args=[page.pk]))


def decide(client, page, decision, *, opened=None, **typed):
    """Fill in the form of the page as it was opened, and send it."""
    form = (opened or read(client, page)).context["form"]
    data = {name: str(form[name].value() or "") for name in form.fields if name != "decision"}
    return client.post(reverse("review_read", args=[page.pk]), {**data, "decision": decision, **typed})


def state_of(page):
    return WorkflowState.objects.for_instance(page).order_by("pk").last()


def refused(response):
    assert response.status_code == 422
    return " ".join(response.context["refused"])


# --- what there is out of the box -----------------------------------------------------------------------


def test_every_page_has_the_workflow_out_of_the_box(clinic):
    workflow = Workflow.objects.get(name="Medical review")
    [task] = [task.specific for task in workflow.tasks]
    assert isinstance(task, MedicalReviewTask)
    assert [group.name for group in task.groups.all()] == ["Medical reviewers"]
    assert clinic.draft().get_workflow() == workflow


def test_the_list_names_what_waits_the_oldest_first(clinic, reviewer, client):
    first, second = waiting(clinic, title="First"), waiting(clinic, TreatmentPage, title="Second")
    assert [page.pk for _state, page in client.get(LIST).context["rows"]] == [first.pk, second.pk]
    home = client.get("/admin/").content.decode()
    assert reverse("review_read", args=[first.pk]) in home
    assert f'"{LIST}"' in home


def test_the_list_costs_the_same_for_one_and_for_thirty(clinic, reviewer, client, count_queries):
    waiting(clinic)
    one = count_queries(lambda: client.get(LIST))
    for _ in range(29):
        waiting(clinic)
    assert len(client.get(LIST).context["rows"]) == 30
    assert count_queries(lambda: client.get(LIST)) == one


@pytest.mark.parametrize("group", ["Editors", "Front desk", "Managers", "Auditors"])
def test_nobody_else_reads_or_decides(clinic, client, group):
    page = waiting(clinic)
    client.force_login(UserFactory(group=group))
    for address in (LIST, reverse("review_read", args=[page.pk]), reverse("review_draft", args=[page.pk])):
        # Wagtail leads to the start page whoever may not.
        assert client.get(address).headers["Location"] == "/admin/"
    assert client.post(reverse("review_read", args=[page.pk]), {"decision": "approve"}).status_code == 302
    assert state_of(page).status == WorkflowState.STATUS_IN_PROGRESS


def test_no_other_door_of_wagtail_approves(clinic, reviewer, client):
    page = waiting(clinic)
    state = state_of(page).current_task_state
    for action in ("approve", "reject"):
        client.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk]))
    assert state_of(page).status == WorkflowState.STATUS_IN_PROGRESS
    assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).headers["Location"] == "/admin/"


# --- reading ----------------------------------------------------------------------------------------------


def test_the_draft_shows_as_patients_see_it_in_a_frame_of_this_site_alone(clinic, reviewer, client):
    page = waiting(clinic, title="Words of the draft")
    shown = client.get(reverse("review_draft", args=[page.pk]))
    assert "Words of the draft" in shown.content.decode()
    assert shown.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert f'src="{reverse("review_draft", args=[page.pk])}"' in read(client, page).content.decode()


def test_a_first_review_is_of_everything(clinic, reviewer, client):
    opened = read(client, waiting(clinic))
    assert "Everything: nobody reviewed" in opened.content.decode()
    assert opened.context["reading"].since_question is None


def test_what_changed_since_the_last_review_is_marked(clinic, reviewer, client):
    page = clinic.live(title="Calm words")
    page.title = "Bold words"
    page.save_revision(user=clinic.writer)
    submit(page, clinic.writer)
    opened = read(client, page)
    [change] = opened.context["reading"].changes
    assert change.label == "Title"
    assert 'class="addition">Bold' in change.marked and 'class="deletion">Calm' in change.marked
    assert clinic.reviewer.person.title in opened.context["reading"].earlier[1]


def test_what_is_too_long_to_mark_is_named(clinic, reviewer, client):
    page = clinic.live()
    page.body = [("text", f"<p>{'many quiet words ' * 15_000}</p>")]
    page.save_revision(user=clinic.writer)
    submit(page, clinic.writer)
    assert "too long to mark" in read(client, page).content.decode()


def test_reading_costs_the_same_whatever_waits(clinic, reviewer, client, count_queries):
    page = waiting(clinic)
    one = count_queries(lambda: read(client, page))
    for _ in range(29):
        waiting(clinic)
    assert count_queries(lambda: read(client, page)) == one


# --- approving --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", [BlogPage, TreatmentPage])
def test_approving_records_the_review_and_puts_the_page_online(clinic, reviewer, client, model):
    page = waiting(clinic, model)
    answer = decide(client, page, "approve", comment="Well said.", next_review_on=in_a_year().isoformat())
    assert answer.headers["Location"] == LIST
    review = Review.objects.get()
    assert (review.page_id, review.account, review.next_review_on) == (page.pk, reviewer, in_a_year())
    page = model.objects.get(pk=page.pk)
    assert page.live and page.reviewer == clinic.reviewer.person
    assert state_of(page).status == WorkflowState.STATUS_APPROVED
    assert "The page is online." in client.get(LIST).content.decode()


def test_a_year_is_suggested(clinic, reviewer, client, settings):
    settings.REVIEW_MONTHS = 12
    suggested = read(client, waiting(clinic)).context["form"]["next_review_on"].value()
    assert timedelta(days=364) < suggested - timezone.localdate() < timedelta(days=367)


def test_what_has_a_time_is_scheduled(clinic, reviewer, client):
    page = clinic.draft()
    page.go_live_at = timezone.now() + timedelta(days=3)
    page.save_revision(user=clinic.writer)
    submit(page, clinic.writer)
    decide(client, page, "approve")
    page = BlogPage.objects.get(pk=page.pk)
    assert not page.live and page.get_latest_revision().approved_go_live_at
    assert "goes online on" in client.get(LIST).content.decode()


def test_a_page_without_medicine_is_approved_without_a_review(clinic, reviewer, client):
    page = StandardPageFactory(parent=clinic.home, live=False)
    page.save_revision(user=clinic.writer)
    submit(page, clinic.writer)
    decide(client, page, "approve")
    page.refresh_from_db()
    assert page.live and not Review.objects.exists()


def test_what_the_checks_hold_up_passes_with_a_reason_though_nobody_need_review_it(clinic, reviewer, client):
    quote = [("text", "<p>An ad that we warn of says “a real cure”.</p>")]
    page = StandardPageFactory(parent=clinic.home, live=False, body=quote)
    page.save_revision(user=clinic.writer)
    submit(page, clinic.writer)
    assert "Promises a cure" in refused(decide(client, page, "approve"))
    decide(client, page, "approve", override_reason="We quote an ad.")
    page.refresh_from_db()
    assert page.live


def test_where_nothing_holds_a_page_up_no_reason_is_asked_for(clinic, reviewer, client):
    page = StandardPageFactory(parent=clinic.home, live=False)
    page.save_revision(user=clinic.writer)
    submit(page, clinic.writer)
    assert "override_reason" not in read(client, page).context["form"].fields


# --- asking back and declining ----------------------------------------------------------------------------


def test_asking_back_and_submitting_again(clinic, reviewer, client):
    page = waiting(clinic)
    decide(client, page, "ask", comment="Which trial is this?")
    assert state_of(page).status == WorkflowState.STATUS_NEEDS_CHANGES
    assert client.get(LIST).context["rows"] == []
    write_on(page, clinic.writer, "The trial of 2023")
    state_of(page).resume(clinic.writer)
    opened = read(client, page)
    assert "Which trial is this?" in opened.content.decode()
    [change] = opened.context["reading"].since_question
    assert change.label == "Title" and "2023" in change.marked
    decide(client, page, "approve")
    assert BlogPage.objects.get(pk=page.pk).live


def test_declining_ends_it_and_leaves_a_draft(clinic, reviewer, client):
    page = waiting(clinic)
    decide(client, page, "decline", comment="We don't offer this.")
    assert state_of(page).status == WorkflowState.STATUS_CANCELLED
    assert not BlogPage.objects.get(pk=page.pk).live
    assert TaskState.objects.get().comment == "We don't offer this."
    said = client.get(reverse("review_read", args=[page.pk]), follow=True).content.decode()
    assert "its review was ended" in said


@pytest.mark.parametrize("decision", ["ask", "decline"])
@pytest.mark.parametrize("comment", ["", "  ", "\u200b"])
def test_neither_goes_without_words(clinic, reviewer, client, decision, comment):
    page = waiting(clinic)
    answer = decide(client, page, decision, comment=comment)
    assert "comment" in answer.context["form"].errors
    # Said on top too, with a way down to the field.
    assert '<a href="#id_comment">Your question or remark</a>: Write' in answer.content.decode()
    assert state_of(page).status == WorkflowState.STATUS_IN_PROGRESS


# --- bad input ----------------------------------------------------------------------------------------------


def is_untouched(page):
    """Whether the page waits as before, and nothing was recorded."""
    is_waiting = state_of(page).status == WorkflowState.STATUS_IN_PROGRESS
    return is_waiting and not Review.objects.exists() and not type(page).objects.get(pk=page.pk).live


def test_a_page_that_changed_meanwhile_is_refused_with_what_changed(clinic, reviewer, client):
    page = waiting(clinic, title="Calm words")
    opened = read(client, page)
    page.title = "Quiet evenings"
    page.save_revision(user=clinic.writer)
    answer = decide(client, page, "approve", opened=opened, comment="Kept words.")
    assert "saved again after you opened it" in refused(answer)
    [change] = answer.context["newly_changed"]
    assert "Quiet evenings" in change.marked
    assert "Kept words." in answer.content.decode()
    assert is_untouched(page)
    # What is shown now is what the next tap approves.
    decide(client, page, "approve", opened=answer)
    assert BlogPage.objects.get(pk=page.pk).title == "Quiet evenings"


def test_a_version_that_was_written_over_is_refused_as_well(clinic, reviewer, client):
    page = waiting(clinic)
    opened = read(client, page)
    page.title = "Proven cure"
    page.save_revision(user=clinic.writer, overwrite_revision=page.get_latest_revision())
    answer = decide(client, page, "approve", opened=opened)
    assert "saved again" in refused(answer) and answer.context["newly_changed"] is None
    assert is_untouched(page)


def test_what_is_saved_while_the_decision_comes_in_is_not_approved(clinic, reviewer, client):
    page = waiting(clinic)
    mark = mark_of(page.get_latest_revision())
    read_before = BlogPage.objects.get(pk=page.pk)
    assert read_before.get_latest_revision()
    page.summary = "Not read by anybody."
    page.save_revision(user=clinic.writer, overwrite_revision=page.get_latest_revision())
    with pytest.raises(decisions.Changed):
        decisions.approve(read_before, reviewer, mark=mark, next_review_on=in_a_year())
    assert is_untouched(page)


def test_a_form_that_arrives_as_the_page_is_approved_does_not_take_it_down(clinic, reviewer, client):
    page = waiting(clinic)
    writing = Client()
    writing.force_login(clinic.writer)
    fields = form_of(page, summary="Typed meanwhile.")

    def approve(_request, _page):
        decide(client, page, "approve")

    # Wagtail has read the page by then, and writes it later.
    with hooks.register_temporarily("before_edit_page", approve):
        writing.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), fields)
    stored = BlogPage.objects.get(pk=page.pk)
    assert stored.live and stored.summary != "Typed meanwhile."
    assert stored.has_unpublished_changes
    assert stored.get_latest_revision_as_object().summary == "Typed meanwhile."


def test_a_form_that_arrives_as_the_page_is_removed_does_not_bring_it_back(clinic):
    page = clinic.draft()
    writing = Client()
    writing.force_login(clinic.writer)
    fields = form_of(page, summary="Typed meanwhile.")

    def take_away(_request, _page):
        remove(BlogPage.objects.get(pk=page.pk), clinic.writer)

    with hooks.register_temporarily("before_edit_page", take_away):
        writing.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), fields)
    stored = BlogPage.objects.get(pk=page.pk)
    assert stored.path.startswith(hidden_root().path) and stored.path != page.path
    assert stored.get_latest_revision_as_object().summary == "Typed meanwhile."
    assert not any(Page.find_problems())


def write_on(page, user, title):
    """Save as the editor does by itself: over the version it made."""
    page = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    page.title = title
    return page.save_revision(user=user, overwrite_revision=page.get_latest_revision())


def test_what_was_sent_back_or_approved_is_not_written_over(clinic, reviewer, client):
    page = waiting(clinic)
    first = write_on(page, clinic.writer, "Quiet mornings")
    # It waits still, and its reviewer reads the newest.
    assert first.pk == page.latest_revision_id
    decide(client, page, "approve", opened=read(client, page))
    later = write_on(page, clinic.writer, "Twice the dose")
    assert later != first and BlogPage.objects.get(pk=page.pk).latest_revision == later
    assert Review.objects.get().revision.as_object().title == "Quiet mornings"
    assert write_on(page, clinic.writer, "Thrice the dose") == later
    page = page.get_latest_revision_as_object()
    submit(page, clinic.writer)
    marked = read(client, page).content.decode().partition("What changed")[2]
    assert "Thrice the dose" in marked and "Nothing that stands" not in marked


def test_the_second_of_two_reviewers_is_told(clinic, reviewer, client):
    page = waiting(clinic)
    opened = read(client, page)
    decide(client, page, "approve", opened=opened)
    other = ReviewingAccountFactory(team=clinic.team).account
    client.force_login(other)
    answer = decide(client, page, "approve", opened=opened)
    assert answer.headers["Location"] == LIST
    said = client.get(LIST).content.decode()
    assert f"it was approved by {reviewer.get_username()}" in said
    assert Review.objects.count() == 1


def test_a_statement_that_expired_while_the_page_waited_is_named(clinic, reviewer, client):
    page = waiting(clinic)
    clinic.statement.expires_on = timezone.localdate() - timedelta(days=1)
    clinic.statement.save()
    assert "has had to be checked again" in " ".join(read(client, page).context["reading"].reasons)
    assert "has had to be checked again" in refused(decide(client, page, "approve"))
    assert is_untouched(page)


def test_what_she_wrote_herself_waits_for_somebody_else(clinic, reviewer, client):
    ReviewingAccountFactory(team=clinic.team)
    page = clinic.draft()
    page.title = "Her own words"
    page.save_revision(user=reviewer)
    submit(page, clinic.writer)
    assert "You wrote this version yourself" in refused(decide(client, page, "approve"))
    assert is_untouched(page)


def test_an_account_without_a_person_reads_and_asks_but_does_not_approve(clinic, client):
    page = waiting(clinic)
    client.force_login(UserFactory(group="Medical reviewers"))
    assert "belongs to no person" in read(client, page).content.decode()
    assert "belongs to no person" in refused(decide(client, page, "approve"))
    assert is_untouched(page)
    decide(client, page, "ask", comment="Why?")
    assert state_of(page).status == WorkflowState.STATUS_NEEDS_CHANGES


@pytest.mark.parametrize("day", ["", "soon", "2020-01-01", "9999-12-31"])
def test_a_day_that_is_none_is_refused_and_nothing_is_lost(clinic, reviewer, client, day):
    page = waiting(clinic)
    answer = decide(client, page, "approve", next_review_on=day, comment="Kept words.")
    assert answer.status_code == 422 and "Kept words." in answer.content.decode()
    assert is_untouched(page)


@pytest.mark.parametrize("mark", ["", "x", "-", "9" * 50, "1-1", "٣-1"])
def test_a_mark_of_nothing_approves_nothing(clinic, reviewer, client, mark):
    page = waiting(clinic)
    assert decide(client, page, "approve", mark=mark).status_code == 422
    assert is_untouched(page)


def test_words_without_end_are_refused(clinic, reviewer, client):
    page = waiting(clinic)
    answer = decide(client, page, "ask", comment="a" * 100_000)
    assert "too long" in str(answer.context["form"].errors["comment"])
    assert is_untouched(page)


def test_a_page_that_waits_for_nothing_leads_back(clinic, reviewer, client):
    page = clinic.draft()
    assert (
        "waits for no review"
        in client.get(reverse("review_read", args=[page.pk]), follow=True).content.decode()
    )
    assert client.get(reverse("review_read", args=[10**9])).status_code == 404


# --- mails --------------------------------------------------------------------------------------------------


def test_mails_tell_nothing_of_the_page(clinic, reviewer, client):
    page = waiting(clinic, title="Ketamine and sorrow")
    # None goes out while somebody waits for an answer.
    assert mail.outbox == []
    mailing.send_waiting()
    decide(client, page, "ask", comment="Which dose?")
    mailing.send_waiting()
    mailing.send_waiting()
    assert [message.to for message in mail.outbox] == [[reviewer.email], [clinic.writer.email]]
    for message in mail.outbox:
        assert "Ketamine" not in message.subject + message.body and "dose" not in message.body
    assert reverse("review_read", args=[page.pk]) in mail.outbox[0].body
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in mail.outbox[1].body


@pytest.mark.parametrize(
    ("decision", "kind"), [("approve", "approved"), ("decline", "declined"), ("ask", "asked")]
)
def test_whoever_submitted_it_learns_what_became_of_it(clinic, reviewer, client, decision, kind):
    decide(client, waiting(clinic), decision, comment="Words.")
    told = ReviewMail.objects.filter(user=clinic.writer).values_list("kind", flat=True)
    assert list(told) == [kind]


def test_a_broken_line_loses_nothing(clinic, reviewer, settings):
    waiting(clinic)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(OSError):
        mailing.send_waiting()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mailing.send_waiting()
    assert [message.to for message in mail.outbox] == [[reviewer.email]]


def test_old_news_is_not_sent_and_later_forgotten(clinic, reviewer):
    waiting(clinic)
    ReviewMail.objects.update(asked_at=timezone.now() - timedelta(days=8))
    mailing.send_waiting()
    assert mail.outbox == [] and ReviewMail.objects.exists()
    ReviewMail.objects.update(asked_at=timezone.now() - timedelta(days=31))
    mailing.send_waiting()
    assert not ReviewMail.objects.exists()
