"""What leads people somewhere: the numbers and addresses of every page, who is told, what is agreed to.

Managers alone write it. These functions are its only writers: each change is an event of the audit and a
mail to the owner, and nothing that stood once is lost.
"""

from .changing import ChangedMeanwhile, change, changed_names, owners_no_more, restore
from .current import current, in_facts, version_or_none, versions_before_event
from .refusing import note_attempt
from .wordings import newest_number, write_wording

__all__ = [
    "ChangedMeanwhile",
    "change",
    "changed_names",
    "current",
    "in_facts",
    "newest_number",
    "note_attempt",
    "owners_no_more",
    "restore",
    "versions_before_event",
    "version_or_none",
    "write_wording",
]
