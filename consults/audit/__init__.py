"""The audit of everything that staff do with requests: appending, reading along, verifying."""

from .chain import AuditProblem, append
from .heads import publish_head, published_heads
from .verification import Fault, verify

__all__ = ["AuditProblem", "Fault", "append", "publish_head", "published_heads", "verify"]
