"""Models of consultation requests."""

from .consents import ConsentReceipt, ConsentWording
from .heartbeats import Heartbeat
from .notes import ConsultNote
from .outbox import OutboxMessage
from .requests import ConsultRequest
from .timeline import TimelineEvent

__all__ = [
    "ConsentReceipt",
    "ConsentWording",
    "ConsultNote",
    "ConsultRequest",
    "Heartbeat",
    "OutboxMessage",
    "TimelineEvent",
]
