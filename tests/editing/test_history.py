"""The history of a page says what happened in words of those who write."""

import pytest
from wagtail.log_actions import log, registry
from wagtail.models import Workflow

from tests.factories.pages import HomePageFactory, StandardPageFactory
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def editor(client):
    user = UserFactory(group="Editors")
    client.force_login(user)
    return user


@pytest.fixture
def page():
    return StandardPageFactory(parent=HomePageFactory.make_site())


def history(client, page):
    return client.get(f"/admin/pages/{page.pk}/history/").content.decode()


def test_a_way_through_review_is_told_plainly(client, editor, page):
    page.save_revision(user=editor, log_action=True)
    state = Workflow.objects.get(name="Editors approval").start(page, editor)
    task = state.current_task_state
    task.reject(user=editor, comment="Which day?")
    state.refresh_from_db()
    state.resume(editor)
    state.refresh_from_db()
    state.current_task_state.approve(user=editor)
    told = history(client, page)
    step = task.task.name
    for words in (
        "Submitted to “Editors approval”",
        f"Asked back at “{step}”: changes are wanted",
        "Which day?",
        "Submitted again to “Editors approval”",
        f"Approved at “{step}”",
    ):
        assert words in told, words
    for words in ("Rejected", "Workflow resumed", "Next step"):
        assert words not in told, words


def test_a_version_that_was_brought_back_is_named_by_its_day_alone(client, editor, page):
    version = page.save_revision(user=editor)
    data = {"revision": {"id": version.pk, "created": version.created_at.isoformat()}}
    log(instance=page, action="wagtail.revert", user=editor, data=data)
    told = history(client, page)
    assert "Brought back the version of" in told and "revision with id" not in told


def test_an_entry_that_tells_little_is_shown_all_the_same(client, editor, page):
    for action in ("wagtail.workflow.start", "wagtail.publish.schedule", "wagtail.revert"):
        log(instance=page, action=action, user=editor, data={})
    assert "Brought back a version" in history(client, page)


def test_each_action_stands_once_in_the_filter():
    names = [action for action, _label in registry.get_choices()]
    assert len(names) == len(set(names))
    assert ("wagtail.workflow.reject", "Ask back") in registry.get_choices()
