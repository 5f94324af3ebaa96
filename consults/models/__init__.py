"""Models of consultation requests."""

from .appointments import Appointment
from .audit import AuditEvent, AuditTail
from .closures import ClosureMove, ReckonedHours
from .consents import ConsentReceipt, ConsentWording
from .contacts import StoppedContact
from .desk_start import DeskStart
from .emergencies import EmergencyAccess
from .flag_misses import FlagMiss
from .funnel import FunnelCount, FunnelRow, UncountedRemoval
from .guarded_facts import GuardedFacts
from .hand_overs import HandOver
from .heartbeats import Heartbeat
from .notes import ConsultNote
from .outbox import OutboxMessage
from .people import Decision, DeskGrant, DeskProfile, Invitation
from .replies import ReplyTemplate, SealedReply
from .requests import ConsultRequest
from .saved_views import SavedView
from .timeline import TimelineEvent

__all__ = [
    "Appointment",
    "AuditEvent",
    "AuditTail",
    "ClosureMove",
    "ConsentReceipt",
    "ConsentWording",
    "ConsultNote",
    "ConsultRequest",
    "Decision",
    "DeskGrant",
    "DeskProfile",
    "DeskStart",
    "EmergencyAccess",
    "FunnelCount",
    "FunnelRow",
    "GuardedFacts",
    "HandOver",
    "Heartbeat",
    "FlagMiss",
    "Invitation",
    "OutboxMessage",
    "ReckonedHours",
    "ReplyTemplate",
    "SealedReply",
    "SavedView",
    "StoppedContact",
    "TimelineEvent",
    "UncountedRemoval",
]
