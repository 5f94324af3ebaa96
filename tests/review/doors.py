"""Every way in which a page becomes live, and everything that can speak against it."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import GroupApprovalTask, Page, Revision, Workflow, WorkflowTask
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from blog.models import BlogPage
from clinic.core.scheduled_pages import publish_on_time
from clinic.review.models import Review
from tests.factories.pages import PARAGRAPH

IN_AN_HOUR = timedelta(hours=1)


# --- what can be missing: makes a page, and says what is told -------------------------------------


def _saved(clinic, page, **fields):
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision(user=clinic.writer)
    return page


def _with_expired_statement(clinic):
    page = clinic.reviewed()
    type(clinic.statement).objects.update(expires_on=timezone.localdate())
    return page


def _with_changed_text(clinic):
    return _saved(clinic, clinic.reviewed(), title="Another title")


def _with_forged_dates(clinic):
    page = clinic.reviewed()
    return _saved(clinic, page, next_review_on=page.next_review_on + timedelta(days=365))


def _with_forged_reviewer(clinic):
    return _saved(clinic, clinic.reviewed(), reviewer=clinic.author)


def _with_review_over(clinic):
    page, today = clinic.reviewed(), timezone.localdate()
    Review.objects.update(next_review_on=today)
    return _saved(clinic, page, next_review_on=today)


def _by_nobody_who_reviews(clinic):
    page = clinic.reviewed()
    type(clinic.reviewer.person).objects.filter(pk=clinic.reviewer.person.pk).update(reviews_content=False)
    return page


def _by_an_account_of_nobody(clinic):
    page = clinic.reviewed()
    clinic.reviewer.delete()
    return page


def _by_its_author(clinic):
    return _saved(clinic, clinic.reviewed(), author=clinic.reviewer.person)


MISSING = {
    "author": (lambda clinic: clinic.reviewed(author=None), "Choose who wrote it"),
    "statement": (lambda clinic: clinic.reviewed(statement=None), "Choose a statement on approval"),
    "statement that holds": (_with_expired_statement, "has had to be checked again since"),
    "reference": (lambda clinic: clinic.reviewed(references=[]), "Name at least one source"),
    "review": (lambda clinic: clinic.draft(), "No clinician has reviewed it yet"),
    "review of this text": (_with_changed_text, "Its medical text changed since it was reviewed"),
    "next review as said": (_with_forged_dates, "was not written by a review"),
    "reviewer as said": (_with_forged_reviewer, "was not written by a review"),
    "review that holds": (_with_review_over, "Its review was due on"),
    "reviewer who reviews": (_by_nobody_who_reviews, "doesn’t check what this site says any more"),
    "reviewer with an account": (_by_an_account_of_nobody, "doesn’t check what this site says any more"),
    "second clinician": (_by_its_author, "Its reviewer wrote it, too"),
}


# --- doors: each tries to let a draft go live, and returns what was answered, if somebody was -----


def form_of(page, **changes):
    """Return what the editor sends for a post as it stands."""
    key = {name: getattr(page, f"{name}_id") or "" for name in ("author", "statement")}
    fields = {
        "title": page.title,
        "slug": page.slug,
        "summary": page.summary,
        "published_on": page.published_on.isoformat(),
        "body": streamfield([("text", rich_text(PARAGRAPH))]),
        "references": streamfield([("reference", ref.pk) for _number, ref in page.numbered_references]),
        "share_pictures": inline_formset([]),
        "comments": inline_formset([]),
    }
    return nested_form_data({**fields, **key, **changes})


def _newest(page):
    return Page.objects.get(pk=page.pk).specific.get_latest_revision()


def _button(client, page):
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(address, form_of(page, **{"action-publish": "yes"}), follow=True)


def _button_with_schedule(client, page):
    later = timezone.localtime(timezone.now() + IN_AN_HOUR).strftime("%Y-%m-%d %H:%M")
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = form_of(page, **{"action-publish": "yes", "go_live_at": later})
    return client.post(address, form, follow=True)


def new_page(client, page):
    """Make another page with the same text: it is not there yet, so nobody can have reviewed it."""
    address = reverse("wagtailadmin_pages:add", args=["blog", "blogpage", page.get_parent().pk])
    form = form_of(page, **{"action-publish": "yes", "slug": "new"})
    return client.post(address, form, follow=True)


def _earlier_version(client, page):
    version = _newest(page)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = form_of(page, **{"action-publish": "yes", "revision": version.pk})
    return client.post(address, form, follow=True)


def _bulk(client, page):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    return client.post(f"{address}?id={page.pk}", {"include_descendants": ""}, follow=True)


def _bulk_from_above(client, page):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    return client.post(f"{address}?id={page.get_parent().pk}", {"include_descendants": "on"}, follow=True)


def _workflow(client, page):
    task = GroupApprovalTask.objects.create(name="Look")
    workflow = Workflow.objects.create(name="Looking")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    user = client.get("/admin/").context["user"]
    workflow.start(page, user)
    state = page.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    return client.post(address, {"comment": ""}, follow=True)


def _api(client, page):
    address = f"/admin/api/main/pages/{page.pk}/action/publish/"
    return client.post(address, {}, content_type="application/json", headers={"accept": "application/json"})


def _schedule_that_is_due(client, page):
    then = timezone.now() - IN_AN_HOUR
    Revision.objects.filter(pk=_newest(page).pk).update(approved_go_live_at=then)
    publish_on_time()


DOORS = {
    "the button": _button,
    "the button, with a schedule": _button_with_schedule,
    "an earlier version": _earlier_version,
    "several at once": _bulk,
    "all below a page": _bulk_from_above,
    "a workflow": _workflow,
    "the admin's interface for programs": _api,
    "a schedule that is due": _schedule_that_is_due,
}


# --- in Python, as an importer would --------------------------------------------------------------


def _by_save(page):
    text = _newest(page).as_object()
    text.live = True
    text.save()


def _by_action(page):
    PublishPageRevisionAction(_newest(page)).execute()


def _by_publish(page):
    _newest(page).publish()


def _by_new_page(page):
    text = _newest(page).as_object()
    same = {f.name: getattr(text, f.name) for f in BlogPage._meta.local_fields if f.name != "page_ptr"}
    page.get_parent().add_child(instance=BlogPage(title="New", slug="new", **same))


IN_PYTHON = {"save": _by_save, "action": _by_action, "publish": _by_publish, "new page": _by_new_page}
