"""What a reviewer asked stands above the fields until the page is submitted again."""

from wagtail.models import TaskState, WorkflowState

from clinic.core.editor_notes import Note, Row, editor_note

HEADING = "Your reviewer asks. Change the text, then submit it again"


@editor_note
def tell_question(page):
    """Yield the question with which a page came back, and who asked."""
    state = WorkflowState.objects.for_instance(page).filter(status=WorkflowState.STATUS_NEEDS_CHANGES).first()
    if state is None:
        return
    asked = TaskState.objects.filter(workflow_state=state, status=TaskState.STATUS_REJECTED)
    last = asked.exclude(comment="").select_related("finished_by").order_by("finished_at", "pk").last()
    if last:
        who = last.finished_by.get_username() if last.finished_by else "Somebody who left"
        yield Note(HEADING, [Row(f"{who}:", last.comment)])
