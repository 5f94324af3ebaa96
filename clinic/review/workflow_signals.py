"""What the workflow tells: mails are queued for it in the places of Wagtail's own."""

from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from . import mailing


def take_the_places_of_wagtails_mails():
    """Listen under the names that Wagtail's mails go by: what listens first under a name is the only one.

    Called before Wagtail's admin is ready. Theirs name the page, repeat comments and are sent while the
    browser waits; what fails is lost.
    """
    task_submitted.connect(
        mailing.queue_for_reviewers,
        sender=TaskState,
        dispatch_uid="group_approval_task_submitted_email_notification",
    )
    workflow_rejected.connect(
        mailing.queue_asked_back,
        sender=WorkflowState,
        dispatch_uid="workflow_state_rejected_email_notification",
    )
    workflow_approved.connect(
        mailing.queue_approved,
        sender=WorkflowState,
        dispatch_uid="workflow_state_approved_email_notification",
    )
    workflow_submitted.connect(
        tell_nobody_more,
        sender=WorkflowState,
        dispatch_uid="workflow_state_submitted_email_notification",
    )


def tell_nobody_more(**_signal):
    """Leave site administrators alone: whoever decides is told of the step."""
