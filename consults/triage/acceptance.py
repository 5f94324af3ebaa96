"""What stands beside a request that bears no good mark of the form: the same words wherever it is opened."""

from consults import audit
from consults.audit import Mark

WRONG = (
    "This request was not accepted by the form as it stands here: somebody who can write to the database put "
    "it in or changed it, or it is damaged. A person may be behind it all the same. Trust neither number nor "
    "address, and tell whoever runs the site."
)
BEFORE = (
    "It came before the site marked what its form accepts. Whoever runs the site has yet to confirm those."
)
WRONG_IN_FILE = "Not accepted by the form: trust neither number nor address."


def warning_of(consult) -> dict[str, str]:
    """Return, for a template, what is to be said of a request that is shown; empty where its mark is good."""
    if consult.purged_at:
        return {}
    return _in_words(audit.mark_of(consult))


def warnings_of(requests) -> dict[int, dict[str, str]]:
    """Return the same for many requests, by key, with as few questions as for one."""
    marks = audit.marks_of([consult for consult in requests if not consult.purged_at])
    return {consult.pk: _in_words(marks.get(consult.pk)) for consult in requests}


def _in_words(how):
    return {Mark.WRONG: {"unaccepted": WRONG}, Mark.BEFORE: {"of_before": BEFORE}}.get(how, {})
