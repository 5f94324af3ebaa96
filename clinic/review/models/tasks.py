"""The step of the workflow in which a clinician reads a page."""

from wagtail.models import AbstractGroupApprovalTask, TaskState


class MedicalReviewTask(AbstractGroupApprovalTask):
    """Approval by whoever read the page, on the page *Read and review* and nowhere else.

    Whoever writes may go on writing meanwhile: what is approved is the version that was read, or nothing.
    """

    class Meta:
        verbose_name = "medical review"
        verbose_name_plural = "medical reviews"
        permissions = [("decide_medicalreviewtask", "Can read and decide what waits for a medical review")]

    def get_actions(self, obj, user):
        """Offer none where the page is not read: one tap there would approve what nobody saw."""
        return []

    def get_task_states_user_can_moderate(self, user, **kwargs):
        """Leave them to *To review*; Wagtail's list would lead to the editor, where they may not go."""
        return TaskState.objects.none()

    def user_can_access_editor(self, obj, user):
        """Let reviewers read and decide, not write; whoever may write has that right already."""
        return False

    def locked_for_user(self, obj, user):
        """Let whoever writes go on."""
        return False

    def user_can_lock(self, obj, user):
        """Leave locks to those who write."""
        return False

    @classmethod
    def get_description(cls):
        """Say it in the list of kinds of steps."""
        return "A clinician of the chosen groups reads the page as patients do and says when to read it again"
