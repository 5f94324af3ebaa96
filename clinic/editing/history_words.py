"""What the history of a page says, where Wagtail's words are those of its makers."""

from dataclasses import dataclass

from wagtail.utils.timestamps import parse_datetime_localized, render_timestamp


@dataclass(frozen=True)
class Words:
    """A formatter as Wagtail asks for it: what was done.

    ``{}`` stands for what the entry tells at ``path``, as the name of a step.
    """

    label: str
    sentence: str
    path: str = ""
    is_time: bool = False
    # Where an old entry doesn't tell it.
    without: str = ""

    def format_message(self, log_entry):
        """Return the sentence about one entry."""
        told = log_entry.data
        for name in self.path.split(".") if self.path else ():
            told = told.get(name) if isinstance(told, dict) else None
        if self.path and not told:
            return self.without
        return self.sentence.format(self._said(told))

    def format_comment(self, log_entry):
        """Return what somebody wrote with it."""
        comment = log_entry.data.get("comment") if isinstance(log_entry.data, dict) else ""
        return comment if isinstance(comment, str) else ""

    def _said(self, told):
        return render_timestamp(parse_datetime_localized(told)) if self.is_time else told


WORDS = {
    "wagtail.publish.scheduled": Words("Publish at its time", "Went online at its time"),
    "wagtail.unpublish.scheduled": Words("Unpublish at its time", "Went offline at its time"),
    "wagtail.publish.schedule": Words(
        "Schedule", "Set to go online on {}", "revision.go_live_at", True, "Set to go online later"
    ),
    "wagtail.schedule.cancel": Words(
        "Unschedule", "No longer set to go online on {}", "revision.go_live_at", True, "No longer scheduled"
    ),
    "wagtail.revert": Words(
        "Bring back", "Brought back the version of {}", "revision.created", True, "Brought back a version"
    ),
    "wagtail.view_restriction.create": Words("Keep for some", "Kept from the public"),
    "wagtail.view_restriction.edit": Words("Change who may read", "Changed who may read it"),
    "wagtail.view_restriction.delete": Words("Open for all", "Opened for everybody"),
    "wagtail.workflow.start": Words(
        "Submit", "Submitted to “{}”", "workflow.title", without="Submitted for approval"
    ),
    "wagtail.workflow.resume": Words(
        "Submit again", "Submitted again to “{}”", "workflow.title", without="Submitted again"
    ),
    "wagtail.workflow.approve": Words(
        "Approve", "Approved at “{}”", "workflow.task.title", without="Approved"
    ),
    "wagtail.workflow.reject": Words(
        "Ask back", "Asked back at “{}”: changes are wanted", "workflow.task.title", without="Asked back"
    ),
    "wagtail.workflow.cancel": Words("End", "Ended “{}”", "workflow.title", without="Ended the approval"),
}


def say_it_plainly(actions):
    """Put our words in the place of Wagtail's; each action stays once in the filter of the history."""
    actions.formatters |= WORDS
    actions.choices = [(action, actions.formatters[action].label) for action, _label in actions.choices]
