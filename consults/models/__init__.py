"""Models of consultation requests."""

from .audit import AuditEvent, AuditTail
from .consents import ConsentReceipt, ConsentWording
from .contacts import StoppedContact
from .emergencies import EmergencyAccess
from .heartbeats import Heartbeat
from .notes import ConsultNote
from .outbox import OutboxMessage
from .requests import ConsultRequest
from .saved_views import SavedView
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
    "SavedView",
    "StoppedContact",
    "TimelineEvent",
]
