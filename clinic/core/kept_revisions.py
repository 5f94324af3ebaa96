"""Versions that somebody judged or published are kept as they are."""

from wagtail.models import Revision, TaskState


def what_may_be_overwritten(owner, revision):
    """Return the version of a page or snippet that saving by itself may write over, or None: make a new one.

    Wagtail lets the editor write over the version it made itself. What was sent back, approved or published
    meanwhile has to be found again as it was: what changed since is told by comparing with it.
    """
    # One that isn't the newest Wagtail refuses.
    if revision is None or revision.pk != owner.latest_revision_id:
        return revision
    return None if _is_decided_on(owner, revision) else revision


def _is_decided_on(owner, revision):
    """Whether readers see it or will, or a reviewer decided on it; while it waits, the newest is read."""
    planned = Revision.objects.filter(pk=revision.pk).exclude(approved_go_live_at=None)
    shown = type(owner)._base_manager.filter(live_revision=revision)
    judged = TaskState.objects.filter(revision=revision).exclude(status=TaskState.STATUS_IN_PROGRESS)
    return shown.exists() or planned.exists() or judged.exists()
