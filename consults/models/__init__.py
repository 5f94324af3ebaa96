"""Models of consultation requests."""

from .audit import AuditEvent, AuditTail
from .consents import ConsentReceipt, ConsentWording
from .contacts import StoppedContact
from .emergencies import EmergencyAccess
from .heartbeats import Heartbeat
from .notes import ConsultNote
from .outbox import OutboxMessage
from .replies import ReplyTemplate, SealedReply
from .requests import ConsultRequest
from .timeline import TimelineEvent

__all__ = [
    "AuditEvent",
    "AuditTail",
    "ConsentReceipt",
    "ConsentWording",
    "ConsultNote",
    "ConsultRequest",
    "EmergencyAccess",
    "Heartbeat",
    "OutboxMessage",
    "ReplyTemplate",
    "SealedReply",
    "StoppedContact",
    "TimelineEvent",
]
