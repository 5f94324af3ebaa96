"""The audit of all that staff do with requests, and of what was accepted at all: appending, verifying."""

from .acceptance import Mark, how_marked, is_closed, mark_of, marks_of, statement_of, unaccepted
from .chain import AuditProblem, append, hold
from .heads import logged_heads, publish_head, published_heads
from .protection import ALL_THERE, detail_of_change, renew_protection, unnoted_change
from .receipts import append_link, close, link_receipts, receipts_of
from .verification import Fault, Progress, begin_in_steps, go_on, verify
from .whole import Flaw, Found, look_at_everything

__all__ = [
    "ALL_THERE",
    "AuditProblem",
    "Fault",
    "Flaw",
    "Found",
    "Mark",
    "Progress",
    "append",
    "append_link",
    "begin_in_steps",
    "close",
    "detail_of_change",
    "go_on",
    "hold",
    "how_marked",
    "is_closed",
    "link_receipts",
    "logged_heads",
    "look_at_everything",
    "mark_of",
    "marks_of",
    "publish_head",
    "published_heads",
    "receipts_of",
    "renew_protection",
    "statement_of",
    "unaccepted",
    "unnoted_change",
    "verify",
]
