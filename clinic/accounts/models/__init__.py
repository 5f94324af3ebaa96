"""What is kept about accounts of staff, beside Django's own table of users."""

from .email_changes import EmailChange
from .mails import AccountMail
from .sessions import StaffSession, hash_of, longest
from .tries import TryCount

__all__ = ["AccountMail", "EmailChange", "StaffSession", "TryCount", "hash_of", "longest"]
