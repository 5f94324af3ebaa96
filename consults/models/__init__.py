"""Models of consultation requests."""

from .notes import ConsultNote
from .outbox import OutboxMessage
from .requests import ConsultRequest
from .timeline import TimelineEvent

__all__ = ["ConsultNote", "ConsultRequest", "OutboxMessage", "TimelineEvent"]
